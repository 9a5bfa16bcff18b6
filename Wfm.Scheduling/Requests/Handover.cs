using NodaTime;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Requests;

/// <summary>A shift, or a part of one, that passes from one person to another; or two shifts that change places.</summary>
/// <param name="From">Who gives the shift.</param>
/// <param name="Date">Local date on which it starts.</param>
/// <param name="To">Who takes it.</param>
/// <param name="Against">Local date of the shift that the taker gives in return; <see langword="null"/> for none.</param>
/// <param name="Start">First moment of the part that passes; <see langword="null"/> for the start of the shift.</param>
/// <param name="End">First moment after the part; <see langword="null"/> for the end of the shift.</param>
public sealed record Handover(string From, LocalDate Date, string To, LocalDate? Against = null, Instant? Start = null, Instant? End = null)
{
    /// <summary>Why a part of a shift cannot pass; <see langword="null"/> when it can.</summary>
    /// <param name="shift">The shift.</param>
    public string? Fault(RosterShift shift)
    {
        ArgumentNullException.ThrowIfNull(shift);
        var (start, end) = (Start ?? shift.Start, End ?? shift.End);
        if (start >= end) return $"The part ends at {end}, which is not after its start {start}.";
        if (start < shift.Start || end > shift.End) return $"{start} to {end} does not lie within the shift, {shift.Start} to {shift.End}.";
        if (!IsMinute(start) || !IsMinute(end)) return $"{start} to {end} does not begin and end on whole minutes.";
        if (start > shift.Start && end < shift.End)
            return $"{start} to {end} leaves a hole in the shift, {shift.Start} to {shift.End}; a part begins or ends with it.";
        return Trimmed(shift, start, end).Count == 0 ? $"Between {start} and {end} of the shift there is no work to pass." : null;
    }

    /// <summary>The operations of an edit that do it. What passes to somebody at work right before or after it makes that shift longer, else it becomes a
    /// shift of its own.</summary>
    /// <param name="roster">The roster.</param>
    /// <returns>Operations that the roster refuses where it cannot be done.</returns>
    /// <exception cref="SchedulingDataException">The part is none of the shift (<see cref="Fault"/>).</exception>
    public IReadOnlyList<EditOperation> Operations(RosterDocument roster)
    {
        ArgumentNullException.ThrowIfNull(roster);
        if (Against is { } date) return [new EditOperation.Swap(From, Date, To, date)];
        var shift = roster.Find(From, Date);
        if (shift is null || IsWhole(shift))
            return shift is null ? [new EditOperation.Remove(From, Date)] : [new EditOperation.Remove(From, Date), new EditOperation.Assign(Of(shift, To))];
        return [Giving(shift), .. Take(roster, shift, Trimmed(shift, Start ?? shift.Start, End ?? shift.End))];
    }

    /// <summary>What the giver's day becomes, whoever takes it.</summary>
    /// <param name="shift">The shift.</param>
    /// <exception cref="SchedulingDataException">The part is none of the shift (<see cref="Fault"/>).</exception>
    public EditOperation Giving(RosterShift shift)
    {
        ArgumentNullException.ThrowIfNull(shift);
        if (IsWhole(shift)) return new EditOperation.Remove(From, Date);
        if (Fault(shift) is { } fault) throw new SchedulingDataException(fault);
        return (Start ?? shift.Start) == shift.Start ? new EditOperation.Resize(From, Date, End, null) : new EditOperation.Resize(From, Date, null, Start);
    }

    /// <summary>A shift as another person works it.</summary>
    /// <param name="shift">The shift.</param>
    /// <param name="agent">The other person.</param>
    public static RosterShift Of(RosterShift shift, string agent)
    {
        ArgumentNullException.ThrowIfNull(shift);
        return new RosterShift(agent, shift.Date, shift.Template, shift.Start, shift.End, shift.Paid, shift.Activities);
    }

    private IEnumerable<EditOperation> Take(RosterDocument roster, RosterShift shift, List<ShiftActivity> part)
    {
        var (start, end) = (part[0].Start, part[^1].End);
        var dates = new[] { -1, 0, 1 }.Select(Date.PlusDays);
        if (dates.Select(d => roster.Find(To, d)).OfType<RosterShift>().FirstOrDefault(s => s.End == start || s.Start == end) is { } beside)
        {
            yield return beside.End == start
                ? new EditOperation.Resize(To, beside.Date, null, end) : new EditOperation.Resize(To, beside.Date, start, null);
            var date = beside.End == start ? beside.Date : start.InZone(roster.Problem.Zone).Date; // an earlier start may lie on the day before
            foreach (var activity in part)
            {
                yield return new EditOperation.Segment(To, date, activity);
            }

            yield break;
        }

        var paid = Duration.Min(end - start, new ShiftPay(roster.Problem.Templates).Of(shift.Template, part));
        yield return new EditOperation.Assign(
            new RosterShift(To, start.InZone(roster.Problem.Zone).Date, shift.Template, start, end, paid, part));
    }

    private bool IsWhole(RosterShift shift) => (Start ?? shift.Start) <= shift.Start && (End ?? shift.End) >= shift.End;

    /// <summary>What lies between two moments, without breaks at its ends; empty when that is no work.</summary>
    private static List<ShiftActivity> Trimmed(RosterShift shift, Instant start, Instant end)
    {
        var part = shift.Activities.Where(a => a.Start < end && start < a.End)
            .Select(a => new ShiftActivity(a.Kind, a.Group, Instant.Max(a.Start, start), Instant.Min(a.End, end))).ToList();
        var (first, last) = (part.FindIndex(a => a.Kind == ActivityKinds.Work), part.FindLastIndex(a => a.Kind == ActivityKinds.Work));
        return first < 0 ? [] : part[first..(last + 1)];
    }

    private static bool IsMinute(Instant instant) => instant.ToUnixTimeTicks() % NodaConstants.TicksPerMinute == 0;
}
