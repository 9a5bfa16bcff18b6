using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Editing;

/// <summary>The days of a roster as the operations of an edit change them one after the other.</summary>
internal sealed class ProposedDays(RosterDocument roster, ShiftPay pay)
{
    private readonly Dictionary<(string Agent, LocalDate Date), RosterShift?> _changed = [];
    private readonly List<OperationRefusal> _refusals = [];
    private int _operation;

    public IReadOnlyList<OperationRefusal> Refusals => _refusals;

    /// <summary>What has come of it, days that came back to what they were left out.</summary>
    public IReadOnlyList<DayEdit> Edits =>
        [
            .. _changed.Where(c => !RosterDocument.IsSame(c.Value, roster.Find(c.Key.Agent, c.Key.Date)))
                .OrderBy(c => c.Key.Agent, StringComparer.Ordinal).ThenBy(c => c.Key.Date).Select(c => new DayEdit(c.Key.Agent, c.Key.Date, c.Value)),
        ];

    public void Apply(IReadOnlyList<EditOperation> operations)
    {
        for (_operation = 0; _operation < operations.Count; _operation++)
        {
            Apply(operations[_operation]);
        }
    }

    private void Apply(EditOperation operation)
    {
        switch (operation)
        {
            case EditOperation.Assign assign:
                Assign(assign.Shift);
                break;
            case EditOperation.Remove remove:
                if (ShiftOf(remove.AgentId, remove.Date) is not null) Set(remove.AgentId, remove.Date, null);
                break;
            case EditOperation.Move move:
                Move(move);
                break;
            case EditOperation.Resize resize:
                Resize(resize);
                break;
            case EditOperation.Segment segment:
                Segment(segment);
                break;
            case EditOperation.Swap swap:
                Swap(swap);
                break;
            case EditOperation.Away leave:
                Leave(leave);
                break;
        }
    }

    private void Assign(RosterShift shift)
    {
        if (!shift.Activities.All(a => IsMinute(a.Start) && IsMinute(a.End))) return;
        if (shift.Start.InZone(roster.Problem.Zone).Date is var date && date != shift.Date)
        {
            Refuse("unusableTimes", $"A shift of {shift.Date} cannot start at {shift.Start}, which is on {date} in {roster.Problem.Zone.Id}.");
            return;
        }

        if (IsLength(shift.Start, shift.End) && IsFree(shift.AgentId, shift.Date)) Set(shift.AgentId, shift.Date, shift);
    }

    private void Move(EditOperation.Move move)
    {
        if (ShiftOf(move.AgentId, move.Date) is not { } shift || !IsMinute(move.Start)) return;
        var date = move.Start.InZone(roster.Problem.Zone).Date;
        var moved = ShiftSurgery.Moved(shift.Activities, move.Start - shift.Start);
        if (date != move.Date)
        {
            if (!IsFree(move.AgentId, date)) return;
            Set(move.AgentId, move.Date, null);
        }

        Set(move.AgentId, date, pay.With(shift, date, moved));
    }

    private void Resize(EditOperation.Resize resize)
    {
        if (ShiftOf(resize.AgentId, resize.Date) is not { } shift) return;
        var (start, end) = (resize.Start ?? shift.Start, resize.End ?? shift.End);
        if (!IsMinute(start) || !IsMinute(end) || !IsLength(start, end)) return;
        var resized = ShiftSurgery.Resized(shift.Activities, start, end);
        if (resized.Count == 0)
        {
            Refuse("unusableTimes", $"Between {start} and {end} no work of the shift is left; remove it instead.");
            return;
        }

        var date = resized[0].Start.InZone(roster.Problem.Zone).Date;
        if (date != resize.Date && !IsFree(resize.AgentId, date)) return;

        if (date != resize.Date) Set(resize.AgentId, resize.Date, null);
        Set(resize.AgentId, date, pay.With(shift, date, resized));
    }

    private void Segment(EditOperation.Segment segment)
    {
        if (ShiftOf(segment.AgentId, segment.Date) is not { } shift) return;
        var activity = segment.Activity;
        if (!IsMinute(activity.Start) || !IsMinute(activity.End)) return;
        if (activity.Start < shift.Start || activity.End > shift.End)
        {
            Refuse("notInShift", $"{activity.Start} to {activity.End} does not lie within the shift, {shift.Start} to {shift.End}; resize it first.");
            return;
        }

        Set(segment.AgentId, segment.Date, pay.With(shift, segment.Date, ShiftSurgery.Overlaid(shift.Activities, activity)));
    }

    private void Swap(EditOperation.Swap swap)
    {
        if (swap.AgentId == swap.OtherId)
        {
            Refuse("sameAgent", $"'{swap.AgentId}' cannot swap with oneself; move the shift instead.");
            return;
        }

        if (!IsOpen(swap.AgentId, swap.Date) || !IsOpen(swap.OtherId, swap.OtherDate)) return;
        var (mine, theirs) = (Now(swap.AgentId, swap.Date), Now(swap.OtherId, swap.OtherDate));
        if (mine is null && theirs is null)
        {
            Refuse("noShift", $"Neither '{swap.AgentId}' on {swap.Date} nor '{swap.OtherId}' on {swap.OtherDate} has a shift.");
            return;
        }

        Set(swap.AgentId, swap.Date, null);
        Set(swap.OtherId, swap.OtherDate, null);
        Give(theirs, swap.AgentId);
        Give(mine, swap.OtherId);

        void Give(RosterShift? shift, string to)
        {
            if (shift is not null && IsFree(to, shift.Date))
                Set(to, shift.Date, new RosterShift(to, shift.Date, shift.Template, shift.Start, shift.End, shift.Paid, shift.Activities));
        }
    }

    private void Leave(EditOperation.Away leave)
    {
        if (!Knows(leave.AgentId) || !IsMinute(leave.Start) || !IsMinute(leave.End)) return;
        if (leave.End <= leave.Start)
        {
            Refuse("unusableTimes", $"Leave from {leave.Start} to {leave.End} cannot be: it ends after it starts.");
            return;
        }

        var first = leave.Start.InZone(roster.Problem.Zone).Date.PlusDays(-1);
        for (var date = LocalDate.Max(first, roster.Problem.Start); date < roster.Problem.Start.PlusDays(roster.Problem.Days); date = date.PlusDays(1))
        {
            if (Now(leave.AgentId, date) is not { } shift || shift.Start >= leave.End || shift.End <= leave.Start) continue;
            if (roster.IsLocked(leave.AgentId, date)) continue; // another roster's to free
            var left = ShiftSurgery.Without(shift.Activities, leave.Start, leave.End);
            Set(leave.AgentId, date, null);
            if (left.Count == 0) continue;
            var at = left[0].Start.InZone(roster.Problem.Zone).Date;
            // The rest of a night may fall on a day that has a shift of its own: then the whole of it goes.
            if (at == date || IsVacant(leave.AgentId, at)) Set(leave.AgentId, at, pay.With(shift, at, left));
        }
    }

    private bool IsVacant(string agent, LocalDate date) =>
        date < roster.Problem.Start.PlusDays(roster.Problem.Days) && !roster.IsLocked(agent, date) && Now(agent, date) is null;

    private bool IsLength(Instant start, Instant end)
    {
        if (end > start && end - start <= Duration.FromHours(24)) return true;
        Refuse("unusableTimes", $"A shift from {start} to {end} cannot be: it ends after it starts, within 24 hours.");
        return false;
    }

    private RosterShift? ShiftOf(string agent, LocalDate date)
    {
        if (!IsOpen(agent, date)) return null;
        var shift = Now(agent, date);
        if (shift is null) Refuse("noShift", $"'{agent}' has no shift that starts on {date}.");
        return shift;
    }

    private bool IsFree(string agent, LocalDate date)
    {
        if (!IsOpen(agent, date)) return false;
        if (Now(agent, date) is not { } shift) return true;
        Refuse("dayTaken", $"'{agent}' has a shift on {date} already, from {shift.Start} to {shift.End}.");
        return false;
    }

    private bool IsOpen(string agent, LocalDate date)
    {
        if (!Knows(agent)) return false;
        if (date < roster.Problem.Start || date >= roster.Problem.Start.PlusDays(roster.Problem.Days))
        {
            Refuse("outsidePeriod", $"{date} is not in the {roster.Problem.Days} days from {roster.Problem.Start}.");
            return false;
        }

        if (!roster.IsLocked(agent, date)) return true;
        Refuse("lockedDay", $"{date} of '{agent}' is decided elsewhere: by another roster, or at another hub.");
        return false;
    }

    private bool Knows(string agent)
    {
        if (roster.Knows(agent)) return true;
        Refuse("unknownAgent", $"The roster has no agent '{agent}'.");
        return false;
    }

    private bool IsMinute(Instant instant)
    {
        if (instant.ToUnixTimeTicks() % NodaConstants.TicksPerMinute == 0) return true;
        Refuse("notWholeMinutes", $"{instant} is no whole minute.");
        return false;
    }

    private RosterShift? Now(string agent, LocalDate date) => _changed.TryGetValue((agent, date), out var shift) ? shift : roster.Find(agent, date);

    private void Set(string agent, LocalDate date, RosterShift? shift) => _changed[(agent, date)] = shift;

    private void Refuse(string code, string message) => _refusals.Add(new OperationRefusal(_operation, code, message));
}
