using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Benchmarks.Rostering;

/// <summary>How the made-up hub's deferrable work is given to the solver.</summary>
internal enum BandDemand
{
    /// <summary>Heads where the work arrives, as if it could not wait.</summary>
    Arrivals,

    /// <summary>Heads of the smoothest staffing inside the band (taut string).</summary>
    Curve,

    /// <summary>The band itself.</summary>
    Band,
}

/// <summary>The made-up hub with four of its six groups deferrable, and any roster of it judged against the same bands.</summary>
internal sealed class BandStudy
{
    // Hours until the work of a group is due; the others cannot wait.
    private static readonly Dictionary<string, int> Deadlines = new(StringComparer.Ordinal)
    {
        ["german"] = 24,
        ["appeals"] = 48,
        ["severe"] = 4,
        ["minors"] = 2,
    };

    private readonly RosterProblem _hub;

    public BandStudy(int agents, int days, double load)
    {
        var hub = HubProblem.Create(agents, days, 7);
        _hub = With(hub, [.. hub.Demand.Select(d => new DemandLine(d.Group, [.. d.Heads.Select(h => h * load)], d.Priority, d.ExposureWeight))], []);
    }

    public static bool IsDeferrable(string group) => Deadlines.ContainsKey(group);

    public RosterProblem Problem(BandDemand kind) => With(_hub, [.. _hub.Demand.Select(d => IsDeferrable(d.Group) ? Line(d, kind) : d)], []);

    /// <summary>The roster against the bands, as it stands.</summary>
    public RosterResult Judge(RosterResult roster)
    {
        var problem = Problem(BandDemand.Band);
        var shifts = roster.Shifts.ToDictionary(s => (s.AgentId, s.Date));
        var pinned = problem.Agents.SelectMany(a => Enumerable.Range(0, problem.Days).Select(d => new PinnedShift(
            a.Id, problem.Start.PlusDays(d), shifts.GetValueOrDefault((a.Id, problem.Start.PlusDays(d))))));
        return new RosterSolver().Solve(With(problem, problem.Demand, [.. pinned]), new SolveLimits(1, 0));
    }

    private DemandLine Line(DemandLine line, BandDemand kind)
    {
        if (kind == BandDemand.Arrivals) return line;
        var (hours, open) = (_hub.Interval.TotalHours, line.Heads.Select(_ => true).ToArray());
        DeferrableClass[] work = [new(line.Group, [.. line.Heads.Select(h => h * hours)], Duration.FromHours(Deadlines[line.Group]))];
        var plan = DeferrableStaffing.Smooth(work, _hub.Interval, open, closingBacklogHours: 0);
        if (kind == BandDemand.Curve) return new DemandLine(line.Group, plan.Agents, line.Priority, line.ExposureWeight);
        var due = plan.Band.DueHours.ToArray();
        due[^1] = plan.Band.ArrivedHours[^1]; // the curve leaves nothing for the next period, so the band may not either
        var band = new DeferrableDemand([new DeadlineDemand(line.Group, due, plan.Band.ArrivedHours, line.Priority)
        {
            GiveUpAfter = Duration.FromHours(Math.Min(24, Deadlines[line.Group])),
            LateCost = RosterObjective.Default.UndoneCost / Math.Min(24, Deadlines[line.Group]),
        }], [.. line.Heads.Select(_ => 1.0)]);
        return new DemandLine(line.Group, new double[line.Heads.Length], line.Priority, line.ExposureWeight) { Band = band };
    }

    private static RosterProblem With(RosterProblem p, IReadOnlyList<DemandLine> demand, IReadOnlyList<PinnedShift> pinned) =>
        new(p.Zone, p.Start, p.Days, p.Interval, p.Agents, p.Templates, demand, p.Policy, p.Objective, p.Surroundings, pinned);
}
