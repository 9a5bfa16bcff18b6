namespace Wfm.Scheduling.Floor.Actions;

/// <summary>Finds what can be done now.</summary>
/// <remarks>For every kind of action and every gap, people are taken one after the other, always the one whose step is worth most after those before, as long
/// as one is worth anything; then all steps are checked together as an edit, and the last are left out until no rule is broken.</remarks>
public static class FloorActions
{
    private const int Most = 20; // of those who could do it too

    /// <summary>Everything that is worth doing, the best first: by what missing head-hours taken away are worth less what it costs.</summary>
    /// <param name="floor">The day as it stands.</param>
    /// <returns>Empty where nothing is missing or spare, or nothing can be done. The same for the same input.</returns>
    public static IReadOnlyList<FloorAction> Find(FloorSituation floor)
    {
        ArgumentNullException.ThrowIfNull(floor);
        return
        [
            .. FloorActionCatalog.All
                .SelectMany(kind => (kind.ReleasesPeople ? floor.Spare : floor.Missing).Select(gap => Of(floor, kind, gap))).OfType<FloorAction>()
                .OrderByDescending(a => a.Worth),
        ];
    }

    private static FloorAction? Of(FloorSituation floor, IFloorAction kind, FloorGap gap)
    {
        var (ledger, taken, open) = (new HeadLedger(floor), new List<FloorStep>(), kind.Steps(floor, gap).ToList());
        var before = ledger.Missing();
        while (taken.Count < floor.Terms.MostPeople && Best(floor, kind, ledger, open) is { } best)
        {
            Take(ledger, best);
            taken.Add(best);
            open.RemoveAll(s => s.Days.Any(d => best.Days.Any(b => b.AgentId == d.AgentId)));
        }

        var allowed = taken.Count;
        while (taken.Count > 1 && Broken(floor, taken)) taken.RemoveAt(taken.Count - 1);
        if (taken.Count == 0 || (taken.Count == 1 && Broken(floor, taken))) return null;
        if (taken.Count < allowed)
        {
            ledger = new HeadLedger(floor);
            taken.ForEach(s => Take(ledger, s));
        }

        var (missing, cost) = (ledger.Missing() - before, taken.Sum(s => s.Cost));
        return new FloorAction(
            kind.Kind, gap, taken, missing, taken.Sum(s => s.PaidHours), cost, (-missing * floor.Terms.MissingHour) - cost,
            taken.Min(s => s.Start) - floor.Now)
        {
            Others = kind.AsksPeople ? Others(floor, kind, open) : [],
        };
    }

    private static FloorStep? Best(FloorSituation floor, IFloorAction kind, HeadLedger ledger, IReadOnlyList<FloorStep> open) =>
        Worth(floor, kind, ledger, open).FirstOrDefault();

    // Whoever could do it alone, whatever those who were taken do.
    private static IReadOnlyList<FloorStep> Others(FloorSituation floor, IFloorAction kind, IReadOnlyList<FloorStep> open) =>
        [.. Worth(floor, kind, new HeadLedger(floor), open).Where(s => !Broken(floor, [s])).Take(Most)];

    private static IEnumerable<FloorStep> Worth(FloorSituation floor, IFloorAction kind, HeadLedger ledger, IReadOnlyList<FloorStep> open) => open
        .Select(s => (Step: s, Change: ledger.Change(s.Days))).Where(s => kind.ReleasesPeople || -s.Change >= floor.Terms.SmallestEffect)
        .Select(s => (s.Step, Worth: (-s.Change * floor.Terms.MissingHour) - s.Step.Cost)).Where(s => s.Worth > 0).OrderByDescending(s => s.Worth)
        .ThenBy(s => s.Step.Day.AgentId, StringComparer.Ordinal).Select(s => s.Step);

    private static bool Broken(FloorSituation floor, IReadOnlyList<FloorStep> steps) =>
        floor.Roster.Check([.. steps.SelectMany(s => s.Edits)]).Broken.Count > 0;

    private static void Take(HeadLedger ledger, FloorStep step)
    {
        foreach (var day in step.Days) ledger.Take(day);
    }
}
