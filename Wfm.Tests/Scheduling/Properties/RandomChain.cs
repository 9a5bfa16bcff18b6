using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Tests.Support;

namespace Wfm.Tests.Scheduling.Properties;

/// <summary>
/// Rosters of one operation made and published one after another: each over a period that overlaps those before, with what is in force around it. Somebody may
/// work at another hub in between.
/// </summary>
internal static class RandomChain
{
    private const int Rosters = 2;

    /// <returns>The complaints with the case they are about; none when all is well.</returns>
    public static IReadOnlyList<(RandomCase Case, IReadOnlyList<string> Complaints)> Run(int seed, int moves)
    {
        var operation = new RandomOperation(seed);
        var imported = operation.Chance(3) ? operation.Imported(operation.First) : [];
        var layers = new List<AuditedLayer>();
        var sources = new Dictionary<AuditedShift, RosterShift>(ReferenceEqualityComparer.Instance);
        var failures = new List<(RandomCase, IReadOnlyList<string>)>();
        var start = operation.First;
        for (var i = 0; i < Rosters; i++)
        {
            var days = operation.Days();
            RosterAgent[] agents = [.. operation.Agents.Where(_ => i == 0 || !operation.Chance(5)).DefaultIfEmpty(operation.Agents[0])];
            var made = operation.Case(seed, start, days, moves, agents, Around(operation.Zone, start, days, agents, layers, sources, imported));
            var result = made.Solve();
            if (RosterComplaints.About(made, result) is { Count: > 0 } complaints) failures.Add((made, complaints));
            layers.Add(Publish(layers.Count, made, result.Shifts, sources));
            if (RosterAuditorLayers.Check(layers).Select(f => f.ToString()).ToArray() is { Length: > 0 } doubles)
                failures.Add((made, doubles));
            start = start.PlusDays(operation.Next(days + 3) - (i == 0 ? 3 : 0));
        }

        return failures;
    }

    private static AuditedLayer Publish(int published, RandomCase made, IReadOnlyList<RosterShift> shifts, Dictionary<AuditedShift, RosterShift> sources)
    {
        var templates = made.Templates.ToDictionary(t => t.Code);
        foreach (var shift in shifts)
        {
            sources[AuditedProblem.ToShift(shift, templates)] = shift;
        }

        return new AuditedLayer(
            published, "hub", made.Zone, made.Start, made.Days,
            made.Agents.Select(a => a.Id).ToHashSet(),
            [.. sources.Where(s => shifts.Contains(s.Value)).Select(s => s.Key)]);
    }

    private static OutsideShift[] Around(
        DateTimeZone zone, LocalDate start, int days, RosterAgent[] agents, List<AuditedLayer> layers, Dictionary<AuditedShift, RosterShift> sources,
        IReadOnlyList<OutsideShift> imported)
    {
        var (from, to) = (zone.AtStartOfDay(start).ToInstant(), zone.AtStartOfDay(start.PlusDays(days)).ToInstant());
        var known = agents.Select(a => a.Id).ToHashSet();
        OutsideShift[] inForce =
        [
            .. RosterAuditorLayers.InForce(layers).Select(s => sources[s])
                .Select(s => new OutsideShift(s.AgentId, s.Start, s.End, s.Paid, s.Activities.FirstOrDefault(a => a.Group is not null)?.Group, s.Template)
                {
                    Activities = s.Activities,
                }),
        ];
        var kept = imported.Where(i => !Array.Exists(inForce, s => s.AgentId == i.AgentId && s.Start < i.End && i.Start < s.End)); // nobody works two at once
        return [.. kept.Concat(inForce).Where(s => known.Contains(s.AgentId) && (s.Start < from || s.Start >= to))];
    }
}
