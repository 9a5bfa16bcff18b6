using NodaTime;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Editing;

/// <summary>Edits of one to three operations of every kind, most of which can be made.</summary>
internal sealed class RandomEdits(int seed)
{
    public const string Training = "training";

    private readonly Random _random = new(seed);

    public IReadOnlyList<EditOperation> Next(RosterDocument roster) => [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => One(roster))];

    private EditOperation One(RosterDocument roster)
    {
        var problem = roster.Problem;
        var agent = Any(problem.Agents).Id;
        var date = problem.Start.PlusDays(_random.Next(problem.Days));
        if (roster.Shifts.Count == 0 || _random.Next(6) == 0) return new EditOperation.Assign(Shift(problem, agent, date));
        var shift = Any(roster.Shifts);
        var hours = Duration.FromMinutes(30 * _random.Next(-8, 9));
        return _random.Next(7) switch
        {
            0 => new EditOperation.Remove(shift.AgentId, shift.Date),
            1 => new EditOperation.Move(shift.AgentId, shift.Date, shift.Start + (hours * _random.Next(1, 6))),
            2 => new EditOperation.Resize(shift.AgentId, shift.Date, shift.Start + hours, null),
            3 => new EditOperation.Resize(shift.AgentId, shift.Date, null, shift.End + hours),
            4 => new EditOperation.Segment(shift.AgentId, shift.Date, Segment(problem, shift)),
            5 => new EditOperation.Swap(shift.AgentId, shift.Date, agent, _random.Next(2) == 0 ? shift.Date : date),
            _ => new EditOperation.Away(shift.AgentId, shift.Start + hours, shift.End + hours + Duration.FromMinutes(30 * _random.Next(6))),
        };
    }

    private ShiftActivity Segment(RosterProblem problem, RosterShift shift)
    {
        var half = Duration.FromMinutes(30);
        var slots = Math.Max(1, (int)((shift.End - shift.Start) / half));
        var (from, count) = (_random.Next(slots), _random.Next(1, 5));
        var start = shift.Start + (half * from);
        var end = Instant.Min(shift.End, start + (half * count));
        return _random.Next(4) == 0
            ? new ShiftActivity(Training, null, start, end)
            : new ShiftActivity(ActivityKinds.Work, Any(problem.Demand).Group, start, end);
    }

    // A shift as a template makes it, its breaks as early as can be.
    private RosterShift Shift(RosterProblem problem, string agent, LocalDate date)
    {
        var template = Any(problem.Templates);
        var start = problem.Zone.AtLeniently(date.At(template.EarliestStart)).ToInstant();
        if (start.InZone(problem.Zone).Date != date) start = problem.Zone.AtStartOfDay(date).ToInstant();
        var (end, at, parts, group) = (start + template.Length, start, new List<ShiftActivity>(), Any(problem.Demand).Group);
        foreach (var pause in template.Breaks.OrderBy(b => b.EarliestAfterStart))
        {
            parts.Add(new ShiftActivity(ActivityKinds.Work, group, at, start + pause.EarliestAfterStart));
            parts.Add(new ShiftActivity(pause.Kind, null, parts[^1].End, at = parts[^1].End + pause.Length));
        }

        parts.Add(new ShiftActivity(ActivityKinds.Work, group, at, end));
        var unpaid = template.Breaks.Where(b => !b.Paid).Aggregate(Duration.Zero, (sum, b) => sum + b.Length);
        return new RosterShift(agent, date, template.Code, start, end, end - start - unpaid, parts);
    }

    private T Any<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];
}
