using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Repair;

/// <summary>The problem after a change.</summary>
internal static class ChangedProblem
{
    public static RosterProblem Of(RosterProblem problem, RosterChange change, PublishedRoster published, Instant? from)
    {
        CheckAbsences(problem, change, from);
        var open = published.Shifts.Where(s => !(s.Start < from)).ToLookup(s => s.AgentId, StringComparer.Ordinal);
        var agents = problem.Agents.Select(a => WithAbsences(a, change.Absences, open[a.Id])).Concat(change.AddedAgents).ToArray();
        return With(problem, agents, Demand(problem, change), change.Policy ?? problem.Policy, problem.Pinned);
    }

    public static RosterProblem WithPins(RosterProblem problem, IEnumerable<PinnedShift> pins) =>
        With(problem, problem.Agents, problem.Demand, problem.Policy, [.. problem.Pinned, .. pins]);

    public static RosterProblem WithDemand(RosterProblem problem, IReadOnlyList<DemandLine> demand) =>
        With(problem, problem.Agents, demand, problem.Policy, problem.Pinned);

    /// <summary>The problem with every day pinned to a roster.</summary>
    public static RosterProblem PinnedTo(RosterProblem problem, PublishedRoster roster)
    {
        var dates = Enumerable.Range(0, problem.Days).Select(problem.Start.PlusDays).ToArray();
        var pins = problem.Agents.SelectMany(a => dates.Select(date => new PinnedShift(a.Id, date, roster.Find(a.Id, date))));
        return With(problem, problem.Agents, problem.Demand, problem.Policy, [.. pins]);
    }

    private static RosterProblem With(
        RosterProblem p, IReadOnlyList<RosterAgent> agents, IReadOnlyList<DemandLine> demand, LabourPolicy policy, IReadOnlyList<PinnedShift> pinned) =>
        new(p.Zone, p.Start, p.Days, p.Interval, agents, p.Templates, demand, policy, p.Objective, p.Surroundings, pinned)
        {
            Seats = p.Seats,
            Holidays = p.Holidays,
            Activities = p.Activities,
        };

    private static void CheckAbsences(RosterProblem problem, RosterChange change, Instant? from)
    {
        var known = problem.Agents.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        var start = from is { } moment && moment > problem.Origin ? moment : problem.Origin;
        for (var i = 0; i < change.Absences.Count; i++)
        {
            var absence = change.Absences[i];
            if (!known.Contains(absence.AgentId)) throw new SchedulingDataException($"absence {i}: AgentId '{absence.AgentId}' is not in the problem.");
            if (absence.Start >= problem.EndOfPeriod || absence.End <= start)
            {
                throw new SchedulingDataException(
                    $"absence {i} of agent '{absence.AgentId}': {absence.Start} to {absence.End} lies outside what may change, {start} to "
                        + $"{problem.EndOfPeriod}.");
            }

            var pin = problem.Pinned.FirstOrDefault(p => p.AgentId == absence.AgentId && p.Shift is { } s && s.Start < absence.End && absence.Start < s.End);
            if (pin is not null)
                throw new SchedulingDataException($"absence {i} of agent '{absence.AgentId}': the shift on {pin.Date} is pinned; unpin it first.");
        }
    }

    // Leave that meets a published shift came after the roster, like the absences: it takes what was rostered in it.
    private static RosterAgent WithAbsences(RosterAgent agent, IReadOnlyList<Absence> absences, IEnumerable<RosterShift> published)
    {
        RosterShift[] In(Instant start, Instant end) => [.. published.Where(s => s.Start < end && start < s.End)];
        TimeOff[] leave =
        [
            .. agent.TimeOff.Select(o => In(o.Start, o.End) is { Length: > 0 } taken ? o with { Rostered = taken } : o),
            .. absences.Where(a => a.AgentId == agent.Id).Select(a => new TimeOff(a.Start, a.End, a.Kind) { Rostered = In(a.Start, a.End) }),
        ];
        return leave.Length == 0 ? agent : agent with { TimeOff = leave };
    }

    private static IReadOnlyList<DemandLine> Demand(RosterProblem problem, RosterChange change)
    {
        var lines = (change.Demand ?? problem.Demand).ToArray();
        for (var i = 0; i < change.Surges.Count; i++)
        {
            var surge = change.Surges[i];
            if (surge.Start >= problem.EndOfPeriod || surge.End <= problem.Origin)
            {
                throw new SchedulingDataException(
                    $"demand surge {i}: {surge.Start} to {surge.End} lies outside the period, {problem.Origin} to {problem.EndOfPeriod}.");
            }

            if (surge.Group is not null && !Array.Exists(lines, l => l.Group == surge.Group))
            {
                throw new SchedulingDataException($"demand surge {i}: Group '{surge.Group}' has no demand line.");
            }

            lines = [.. lines.Select(l => surge.Group is null || l.Group == surge.Group ? Surged(problem, l, surge) : l)];
        }

        return lines;
    }

    private static DemandLine Surged(RosterProblem problem, DemandLine line, DemandSurge surge)
    {
        double[] Scaled(double[] heads) => [.. heads.Select((h, i) => h * (1 + ((surge.Factor - 1) * Share(problem, surge, i))))];
        return line with
        {
            Heads = Scaled(line.Heads),
            BusyHeads = line.BusyHeads is { } busy ? Scaled(busy) : null,
            Band = line.Band is { } band
                ? new DeferrableDemand([.. band.Classes.Select(c => Surged(problem, c, surge))], band.Productive) { AlsoServedBy = band.AlsoServedBy }
                : null,
        };
    }

    // What arrives within the surge grows; it is due when what arrived with it is due, first in first out.
    private static DeadlineDemand Surged(RosterProblem problem, DeadlineDemand demand, DemandSurge surge)
    {
        var (arrived, growth) = (new double[demand.ArrivedHours.Length], new double[demand.ArrivedHours.Length]);
        var added = 0.0;
        for (var i = 0; i < arrived.Length; i++)
        {
            var before = i > 0 ? demand.ArrivedHours[i - 1] : 0;
            // What the period opens with is there already.
            added += i > 0 ? (surge.Factor - 1) * Share(problem, surge, i) * (demand.ArrivedHours[i] - before) : 0;
            (arrived[i], growth[i]) = (demand.ArrivedHours[i] + added, added);
        }

        double[] due = [.. demand.DueHours.Select(hours => hours + GrowthOf(hours))];
        return new DeadlineDemand(demand.Name, due, arrived, demand.Priority)
        {
            GiveUpAfter = demand.GiveUpAfter,
            LateCost = demand.LateCost,
            UndoneCost = demand.UndoneCost,
        };

        double GrowthOf(double hours)
        {
            var i = Array.FindIndex(demand.ArrivedHours, a => a >= hours);
            if (i <= 0) return i < 0 ? added : 0;
            var (from, to) = (demand.ArrivedHours[i - 1], demand.ArrivedHours[i]);
            return growth[i - 1] + ((growth[i] - growth[i - 1]) * (hours - from) / (to - from));
        }
    }

    private static double Share(RosterProblem problem, DemandSurge surge, int interval)
    {
        var start = problem.Origin + (problem.Interval * interval);
        var touched = Instant.Min(surge.End, start + problem.Interval) - Instant.Max(surge.Start, start);
        return touched > Duration.Zero ? touched / problem.Interval : 0;
    }
}
