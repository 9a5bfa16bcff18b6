using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>A published roster as a layer over those its hub published before it: it covers its days, in its hub's zone, for the people it was made
/// for.</summary>
/// <param name="Published">Place in the order of publication, over all hubs.</param>
internal sealed record AuditedLayer(
    int Published,
    string Hub,
    DateTimeZone Zone,
    LocalDate Start,
    int Days,
    IReadOnlySet<string> Agents,
    IReadOnlyList<AuditedShift> Shifts)
{
    public bool Covers(string agent, Instant at) =>
        Agents.Contains(agent) && Zone.AtStartOfDay(Start).ToInstant() <= at && at < Zone.AtStartOfDay(Start.PlusDays(Days)).ToInstant();
}

/// <summary>Which shifts are in force when rosters lie over one another: on a day of a person at a hub those of the roster it published last that covers
/// it.</summary>
internal static class RosterAuditorLayers
{
    public static List<AuditedShift> InForce(IReadOnlyList<AuditedLayer> layers) =>
        [.. Decided(layers).Select(d => d.Shift).OrderBy(s => s.Agent).ThenBy(s => s.Start)];

    /// <summary>What is wrong with what is in force: two shifts of a person at once, or two that begin on one day, at whatever hubs. The day is that of the hub
    /// that published last: it knew of the other shift.</summary>
    public static IEnumerable<AuditFinding> Check(IReadOnlyList<AuditedLayer> layers) =>
        from agent in Decided(layers).GroupBy(d => d.Shift.Agent)
        let shifts = agent.OrderBy(d => d.Shift.Start).ToList()
        from pair in shifts.Zip(shifts.Skip(1))
        let zone = (pair.First.Layer.Published > pair.Second.Layer.Published ? pair.First : pair.Second).Layer.Zone
        let first = pair.First.Shift
        let second = pair.Second.Shift
        where second.Start < first.End || first.Start.InZone(zone).Date == second.Start.InZone(zone).Date
        select new AuditFinding(
            "one shift in force", agent.Key, second.Date,
            $"{first.Start} to {first.End} at {pair.First.Layer.Hub} and {second.Start} to {second.End} at {pair.Second.Layer.Hub}");

    private static IEnumerable<(AuditedLayer Layer, AuditedShift Shift)> Decided(IReadOnlyList<AuditedLayer> layers) =>
        from layer in layers
        from shift in layer.Shifts
        where !layers.Any(later => later.Hub == layer.Hub && later.Published > layer.Published && later.Covers(shift.Agent, shift.Start))
        select (layer, shift);
}
