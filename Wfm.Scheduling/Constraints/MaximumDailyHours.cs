using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of working time (unpaid breaks left out) in a day; the rule says which day it means.</summary>
/// <remarks>
/// A day is the shift that starts on it, or the local day between its midnights, or 24 hours from the start of each shift, or any 24 hours; the last are
/// tried from the start of every shift and up to the end of every one, between which no other 24 hours can hold more. Of a shift whose breaks are not known
/// the part in a day counts up to all its working time. The rule in force on the day on which the hours begin counts.
/// </remarks>
internal sealed class MaximumDailyHours : AgentRule
{
    private const int Day = 1440;

    private readonly int _minutes;
    private readonly DayBasis _basis;
    private readonly BreakPlacement[][][] _unpaid;

    public MaximumDailyHours(LabourRule rule, RuleContext context)
        : base(rule, context)
    {
        (_minutes, _basis) = (rule.Parameters.Minutes("hours"), (DayBasis)(int)(rule.Parameters.Find("dayBasis") ?? 0));
        _unpaid = [.. context.Shifts.Patterns.Select(patterns => patterns.Select(p => p.Where(b => !b.IsPaid).ToArray()).ToArray())];
    }

    private enum DayBasis
    {
        Shift,
        CalendarDay,
        Any24Hours,
        FromStart,
    }

    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } =
        new(
            "maximumDailyHours", "Paid work of a day.",
            [
                RuleParameter.Number("hours", 0, 24, "Most hours."),
                RuleParameter.Whole(
                        "dayBasis", 0, 3,
                        "Which day: 0, as when absent, the shift that starts on it; 1 the local day from midnight to midnight; 2 any 24 hours; 3 "
                            + "24 hours from the start of each shift.")
                    .Optional,
            ],
            (rule, context) => new MaximumDailyHours(rule, context))
        {
            DaysAround = _ => 3,
        };

    /// <inheritdoc/>
    public override bool IsPerShift => _basis == DayBasis.Shift;

    /// <inheritdoc/>
    public override bool ForbidsShifts => true;

    /// <inheritdoc/>
    public override int UnitsPerStep => _basis == DayBasis.Shift ? 1 : 480;

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        if (_basis != DayBasis.Shift)
            past.AddDays(2, (days, row, key) => key.AddRange([days[row].Start, days[row].End, days[row].Work, days[row].Template, days[row].Pattern]));
        return true;
    }

    /// <inheritdoc/>
    /// <returns>Minutes above the maximum, summed over the days looked at.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        switch (_basis)
        {
            case DayBasis.Shift:
                for (var row = first; row <= last; row++)
                {
                    if (days[row].IsWorking)
                        total += Above(days[row].Work, row, sink, "");
                }

                break;
            case DayBasis.CalendarDay:
                for (var row = first; row <= last + 1; row++) // a shift reaches into the next day
                {
                    total += Above(Worked(days, Calendar.Midnight(row), Calendar.Midnight(row + 1), row), row, sink, " between its midnights");
                }

                break;
            default:
                for (var row = Math.Max(0, first - 1); row <= last; row++)
                {
                    if (days[row].IsWorking)
                        total += Above(Worked(days, days[row].Start, days[row].Start + Day, row), row, sink, " in the 24 hours from the start of its shift");
                }

                if (_basis == DayBasis.Any24Hours)
                    total += UpToEnds(days, first, last, sink);
                break;
        }

        return total;
    }

    private long UpToEnds(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink)
    {
        long total = 0;
        for (var row = first; row <= Math.Min(last + 2, days.Length - 1); row++)
        {
            if (days[row].IsWorking)
                total += Above(Worked(days, days[row].End - Day, days[row].End, row), row, sink, " in the 24 hours to the end of its shift");
        }

        return total;
    }

    private long Above(int worked, int row, ViolationSink? sink, string which)
    {
        var at = Math.Min(row, Calendar.Rows - 1); // the day after the last that is known
        if (worked <= _minutes || !InForce(at)) return 0;
        sink?.Add(this, at, at, worked - _minutes,
            $"Working time of {Guard.Show(worked)} on {Calendar.Date(row)}{which}; at most {Guard.Show(_minutes)} is allowed.");
        return worked - _minutes;
    }

    // Shifts last 24 hours at most, so that those of two days before to one day after can lie in it. Hours without work of the period are no concern.
    private int Worked(ReadOnlySpan<DayCell> days, int from, int to, int around)
    {
        var (sum, inPeriod) = (0, 0);
        for (var row = Math.Max(0, around - 2); row <= Math.Min(around + 1, days.Length - 1); row++)
        {
            if (!days[row].IsWorking) continue;
            var worked = Worked(days[row], from, to);
            sum += worked;
            if (row >= Calendar.Offset && row < Calendar.End) inPeriod += worked;
        }

        return inPeriod > 0 ? sum : 0;
    }

    private int Worked(in DayCell cell, int from, int to)
    {
        var (start, end) = (Math.Max(from, cell.Start), Math.Min(to, cell.End));
        if (start >= end) return 0;
        if (start == cell.Start && end == cell.End) return cell.Work;
        if (cell.Variant <= 0 || cell.Variant >= Context.Shifts.FirstPinned)
        {
            return Context.Shifts.Work(cell)?.Unpaid is { } unpaid ? end - start - Stretches.Within(unpaid, start, end) : Math.Min(end - start, cell.Work);
        }

        var worked = end - start;
        foreach (var pause in _unpaid[Context.Shifts[cell.Variant].Shape][cell.Pattern])
        {
            worked -= Math.Max(0, Math.Min(end, cell.Start + pause.From + pause.Length) - Math.Max(start, cell.Start + pause.From));
        }

        return worked;
    }
}
