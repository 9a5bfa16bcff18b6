using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;

namespace Wfm.Scheduling.Crises;

/// <summary>One hub's part in one surge: how much it could be asked, and how much it has to spare.</summary>
internal sealed class SurgePart
{
    /// <summary>Somebody who is not at work counts so much against somebody who is: a call is dearer than a change of work.</summary>
    private const double OffDuty = 0.2;

    private readonly RosterProblem _problem;
    private readonly SharedSurge _surge;
    private readonly DemandLine? _own;

    public SurgePart(SurgeHub hub, SharedSurge surge)
    {
        (_problem, _surge) = (hub.Problem, surge);
        _own = surge.Hub is null || surge.Hub == hub.Code ? hub.Problem.Demand.FirstOrDefault(d => d.Group == surge.Group) : null;
        Potential = new double[surge.Heads.Length];
        if (_own is null) return;
        var shifts = hub.Published.ToLookup(s => s.AgentId, StringComparer.Ordinal);
        foreach (var agent in hub.Problem.Agents.Where(a => !a.OptOutGroups.Contains(surge.Group)))
        {
            if (agent.Skills.FirstOrDefault(s => s.Group == surge.Group) is not { } skill) continue;
            for (var k = 0; k < Potential.Length; k++)
            {
                var (start, end) = (Start(k), Start(k + 1));
                if (agent.TimeOff.Any(o => o.Start < end && start < o.End)) continue;
                Potential[k] += skill.Proficiency * (shifts[agent.Id].Any(s => s.Start < end && start < s.End) ? 1 : OffDuty);
            }
        }
    }

    /// <summary>Heads it could give per interval of the surge, as a weight.</summary>
    public double[] Potential { get; }

    /// <summary>Heads on the group per interval of the surge that its own demand does not need. Of work that may wait, a roster tells when there is none to
    /// do.</summary>
    /// <param name="roster">The hub's roster, with or without a share of the surge in its demand.</param>
    public double[] Spare(RosterResult roster)
    {
        var spare = new double[_surge.Heads.Length];
        if (_own is null || roster.Coverage.FirstOrDefault(c => c.Group == _surge.Group) is not { } line) return spare;
        for (var k = 0; k < spare.Length; k++)
        {
            spare[k] = Mean(k, i => _own.Band is null ? Math.Max(0, line.Scheduled[i] - _own.Heads[i])
                : Math.Max(0, Math.Min(line.Scheduled[i], line.Required[i]) - _own.Heads[i]) + line.Superfluous[i]);
        }

        return spare;
    }

    /// <summary>Whether the hub has a part in it.</summary>
    public bool Takes => _own is not null;

    /// <summary>Adds a share to the demand of the group.</summary>
    public DemandLine With(DemandLine line, double[] share)
    {
        var (heads, costs) = (line.Heads.ToArray(), line.UnderCosts?.ToArray() ?? [.. line.Heads.Select(_ => _problem.Objective.UnderCost)]);
        for (var i = 0; i < heads.Length; i++)
        {
            var added = Added(i, share);
            heads[i] += added;
            if (added > 0) costs[i] *= _surge.Urgency;
        }

        return line with { Heads = heads, UnderCosts = costs };
    }

    /// <summary>Heads of a group as the roster tells them; none where it has no such line.</summary>
    public static double[] Scheduled(RosterResult roster, string group, int intervals) =>
        roster.Coverage.FirstOrDefault(c => c.Group == group)?.Scheduled ?? new double[intervals];

    private Instant Start(int k) => _surge.Start + (_surge.Interval * k);

    // Over the intervals of the hub that lie in one of the surge, by the time they have in common.
    private double Mean(int k, Func<int, double> value)
    {
        var (from, to, sum) = (Start(k), Start(k + 1), 0.0);
        var first = Math.Max(0, (int)Math.Floor((from - _problem.Origin) / _problem.Interval));
        for (var i = first; i < _own!.Heads.Length && _problem.Origin + (_problem.Interval * i) < to; i++)
        {
            var start = _problem.Origin + (_problem.Interval * i);
            var common = Instant.Min(to, start + _problem.Interval) - Instant.Max(from, start);
            if (common > Duration.Zero) sum += value(i) * (common / _surge.Interval);
        }

        return sum;
    }

    private double Added(int i, double[] share)
    {
        var (from, to, sum) = (_problem.Origin + (_problem.Interval * i), _problem.Origin + (_problem.Interval * (i + 1)), 0.0);
        var first = Math.Max(0, (int)Math.Floor((from - _surge.Start) / _surge.Interval));
        for (var k = first; k < share.Length && Start(k) < to; k++)
        {
            var common = Instant.Min(to, Start(k + 1)) - Instant.Max(from, Start(k));
            if (common > Duration.Zero) sum += share[k] * (common / _problem.Interval);
        }

        return sum;
    }
}
