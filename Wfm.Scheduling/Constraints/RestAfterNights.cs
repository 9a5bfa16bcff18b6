using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A minimum elapsed rest after a row of at least so many night shifts, from the end of the last of them to the start of the next shift.</summary>
/// <remarks>
/// The next night is part of the row and needs no such rest. To take a night out of a row can cut it short of its rest, so that the rule is a floor. The
/// rule in force on the later shift's date counts.
/// </remarks>
internal sealed class RestAfterNights(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "restAfterNights", "Elapsed rest after a row of night shifts.",
        [
            RuleParameter.Whole("nights", 1, 14, "Night shifts in a row from which the rest is due."),
            RuleParameter.Number("hours", 0.25, 336, "Least rest after the last of them, hours."),
            .. NightWindow.Parameters,
        ],
        (rule, context) => new RestAfterNights(rule, context))
    {
        DaysAround = p => p.Whole("nights") + Reach(p),
        Check = NightWindow.Check,
    };

    private readonly int _nights = rule.Parameters.Whole("nights");
    private readonly int _minutes = rule.Parameters.Minutes("hours");
    private readonly int _reach = Reach(rule.Parameters);
    private readonly NightWindow _night = NightWindow.Of(rule.Parameters, context.Calendar);

    /// <inheritdoc/>
    public override bool IsFloor => true;

    /// <inheritdoc/>
    public override int UnitsPerStep => 480;

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.Add((days, row) => PastNumbers.Run(days, row, (r, cell) => _night.IsNight(r, cell)));
        past.Add((days, row) => Math.Max(0, Owed(days, row) - Calendar.Midnight(row)));
        return true;
    }

    /// <inheritdoc/>
    /// <returns>Minutes of missing rest.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        var to = last;
        while (to + 1 < days.Length && _night.IsNight(to + 1, days[to + 1]))
        {
            to++; // a row that goes on beyond the change is longer or shorter by it
        }

        for (var row = Math.Max(0, first - _reach); row <= to; row++)
        {
            if (!_night.IsNight(row, days[row]) || (row + 1 < days.Length && _night.IsNight(row + 1, days[row + 1]))) continue;
            var start = Start(days, row);
            if (row - start + 1 >= _nights) total += Missing(days, start, row, sink);
        }

        return total;
    }

    private static int Reach(RuleParameters parameters) => 2 + (parameters.Minutes("hours") / 1440);

    // First night of the row that ends with a night.
    private int Start(ReadOnlySpan<DayCell> days, int row)
    {
        while (row > 0 && _night.IsNight(row - 1, days[row - 1]))
        {
            row--;
        }

        return row;
    }

    private long Missing(ReadOnlySpan<DayCell> days, int start, int end, ViolationSink? sink)
    {
        var next = end + 1;
        while (next < days.Length && next <= end + _reach && !days[next].IsWorking)
        {
            next++;
        }

        if (next >= days.Length || !days[next].IsWorking || !InForce(next) || !Calendar.Meets(start, next + 1)) return 0;
        var rest = days[next].Start - days[end].End;
        if (rest >= _minutes) return 0;
        sink?.Add(
            this, end, next, _minutes - rest,
            $"Rest of {Guard.Show(Math.Max(0, rest))} after the {end - start + 1} night shifts from {Calendar.Date(start)}; at least "
                + $"{Guard.Show(_minutes)} is due before the shift of {Calendar.Date(next)}.");
        return _minutes - rest;
    }

    // Until when the rest lasts that the last row of nights before a row owes.
    private int Owed(DayCell[] days, int row)
    {
        for (var past = row - 1; past >= Math.Max(0, row - _reach); past--)
        {
            if (!days[past].IsWorking) continue;
            return _night.IsNight(past, days[past]) && past - Start(days, past) + 1 >= _nights ? days[past].End + _minutes : int.MinValue / 2;
        }

        return int.MinValue / 2;
    }
}
