using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>A published roster as a layer over those published before it: it covers its days, in its hub's zone, for the people it was made for.</summary>
/// <param name="Published">Place in the order of publication.</param>
internal sealed record AuditedLayer(
    int Published,
    DateTimeZone Zone,
    LocalDate Start,
    int Days,
    IReadOnlySet<string> Agents,
    IReadOnlyList<AuditedShift> Shifts)
{
    public bool Covers(string agent, Instant at) =>
        Agents.Contains(agent) && Zone.AtStartOfDay(Start).ToInstant() <= at && at < Zone.AtStartOfDay(Start.PlusDays(Days)).ToInstant();
}

/// <summary>Which shifts are in force when rosters lie over one another: on a day of a person those of the latest published roster that covers it.</summary>
internal static class RosterAuditorLayers
{
    public static List<AuditedShift> InForce(IReadOnlyList<AuditedLayer> layers) =>
    [
        .. from layer in layers
           from shift in layer.Shifts
           where !layers.Any(later => later.Published > layer.Published && later.Covers(shift.Agent, shift.Start))
           orderby shift.Agent, shift.Start
           select shift,
    ];

    /// <summary>What is wrong with what is in force: two shifts of a person at once, or two that begin on one day.</summary>
    public static IEnumerable<AuditFinding> Check(IEnumerable<AuditedShift> inForce) =>
        from agent in inForce.GroupBy(s => s.Agent)
        let shifts = agent.OrderBy(s => s.Start).ToList()
        from pair in shifts.Zip(shifts.Skip(1))
        where pair.Second.Start < pair.First.End || pair.Second.Date == pair.First.Date
        select new AuditFinding(
            "one shift in force", agent.Key, pair.Second.Date, $"{pair.First.Start} to {pair.First.End} and {pair.Second.Start} to {pair.Second.End}");
}
