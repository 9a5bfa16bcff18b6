using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Repair;

/// <summary>The published shifts, checked against the problem they were made for.</summary>
internal sealed class PublishedRoster
{
    private readonly Dictionary<(string Agent, LocalDate Date), RosterShift> _byDay = [];

    public PublishedRoster(RosterProblem problem, IReadOnlyList<RosterShift> shifts)
    {
        Shifts = shifts;
        var known = problem.Agents.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var shift in shifts)
        {
            var owner = $"published shift of agent '{shift.AgentId}' on {shift.Date}";
            if (!known.Contains(shift.AgentId)) throw new SchedulingDataException($"{owner}: AgentId is not in the problem; is it the roster of another hub?");
            if (shift.Date < problem.Start || shift.Date >= problem.Start.PlusDays(problem.Days))
            {
                throw new SchedulingDataException($"{owner}: Date lies outside the period of {problem.Days} days from {problem.Start}.");
            }

            if (shift.Start.InZone(problem.Zone).Date != shift.Date)
            {
                throw new SchedulingDataException($"{owner}: Start {shift.Start} is not on Date in {problem.Zone.Id}; is it the roster of another hub?");
            }

            if (!_byDay.TryAdd((shift.AgentId, shift.Date), shift)) throw new SchedulingDataException($"{owner}: there are two shifts on that date.");
        }
    }

    public IReadOnlyList<RosterShift> Shifts { get; }

    public RosterShift? Find(string agent, LocalDate date) => _byDay.GetValueOrDefault((agent, date));

    /// <summary>The published days that must stay: those before a moment, and those whose shift had begun by then.</summary>
    public IEnumerable<PinnedShift> Begun(RosterProblem problem, Instant from)
    {
        var pinned = problem.Pinned.Select(p => (p.AgentId, p.Date)).ToHashSet();
        for (var date = problem.Start; date < problem.Start.PlusDays(problem.Days); date = date.PlusDays(1))
        {
            if (problem.Zone.AtStartOfDay(date).ToInstant() >= from) yield break;
            var isOver = problem.Zone.AtStartOfDay(date.PlusDays(1)).ToInstant() <= from;
            foreach (var agent in problem.Agents)
            {
                var shift = Find(agent.Id, date);
                if ((isOver || shift?.Start < from) && !pinned.Contains((agent.Id, date))) yield return new PinnedShift(agent.Id, date, shift);
            }
        }
    }
}
