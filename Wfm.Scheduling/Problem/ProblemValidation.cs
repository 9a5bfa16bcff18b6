using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>The checks of a problem that look at several parts at once.</summary>
internal static class ProblemValidation
{
    public static IReadOnlyList<DemandLine> Demand(IReadOnlyList<DemandLine> demand, int intervals)
    {
        foreach (var line in demand)
        {
            Length(line.Heads, nameof(line.Heads));
            Length(line.MinimumPresence, nameof(line.MinimumPresence));
            Length(line.UnderCosts, nameof(line.UnderCosts));
            Length(line.OverCosts, nameof(line.OverCosts));
            Length(line.MaximumHeads, nameof(line.MaximumHeads));
            Length(line.BusyHeads, nameof(line.BusyHeads));

            void Length(double[]? values, string field)
            {
                if (values is null || values.Length == intervals) return;
                throw new SchedulingDataException($"demand line '{line.Group}': {field} has {values.Length} values, the period has {intervals} intervals.");
            }
        }

        DeferrableValidation.Check(demand, intervals);
        return demand;
    }

    public static IReadOnlyList<OutsideShift> Surroundings(
        IReadOnlyList<OutsideShift> shifts, IReadOnlyList<RosterAgent> agents, DateTimeZone zone, LocalDate start, int days)
    {
        var known = Ids(agents);
        var (from, to) = (zone.AtStartOfDay(start).ToInstant(), zone.AtStartOfDay(start.PlusDays(days)).ToInstant());
        foreach (var shift in shifts)
        {
            if (!known.Contains(shift.AgentId))
                throw new SchedulingDataException($"shift outside the period at {shift.Start}: AgentId '{shift.AgentId}' is not in the problem.");
            if (shift.Start < from || shift.Start >= to) continue;
            throw new SchedulingDataException(
                $"shift outside the period of agent '{shift.AgentId}': Start {shift.Start} lies inside the period, {from} to {to}. Maybe pin it instead.");
        }

        foreach (var agent in shifts.GroupBy(h => h.AgentId, StringComparer.Ordinal))
        {
            var ordered = agent.OrderBy(h => h.Start).ToArray();
            for (var i = 1; i < ordered.Length; i++)
            {
                if (ordered[i].Start >= ordered[i - 1].End) continue;
                throw new SchedulingDataException(
                    $"shifts outside the period of agent '{agent.Key}' at {ordered[i - 1].Start} and {ordered[i].Start} overlap.");
            }
        }

        return shifts;
    }

    public static IReadOnlyList<PinnedShift> Pinned(
        IReadOnlyList<PinnedShift> pinned, IReadOnlyList<RosterAgent> agents, IReadOnlyList<DemandLine> demand, DateTimeZone zone,
        LocalDate start, int days, IReadOnlyList<ShiftTemplate> templates)
    {
        var known = Ids(agents);
        var groups = demand.Select(d => d.Group).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<(string, LocalDate)>();
        foreach (var pin in pinned)
        {
            var owner = $"pinned shift of agent '{pin.AgentId}' on {pin.Date}";
            if (!known.Contains(pin.AgentId)) throw new SchedulingDataException($"{owner}: AgentId is not in the problem.");
            if (pin.Date < start || pin.Date >= start.PlusDays(days)) throw new SchedulingDataException($"{owner}: Date lies outside the period.");
            if (!seen.Add((pin.AgentId, pin.Date))) throw new SchedulingDataException($"{owner}: Date is pinned twice.");
            if (pin.Shift is not { } shift) continue;
            if (shift.Start.InZone(zone).Date != pin.Date) throw new SchedulingDataException($"{owner}: Start {shift.Start} is not on Date in {zone.Id}.");
            var foreign = shift.Activities.FirstOrDefault(a => a.Group is not null && !groups.Contains(a.Group));
            if (foreign is not null) throw new SchedulingDataException($"{owner}: Group '{foreign.Group}' has no demand line.");
        }

        foreach (var agent in pinned.Where(p => p.Shift is not null).GroupBy(p => p.AgentId, StringComparer.Ordinal))
        {
            var ordered = agent.OrderBy(p => p.Date).ToArray();
            for (var i = 1; i < ordered.Length; i++)
            {
                if (ordered[i].Shift!.Start >= ordered[i - 1].Shift!.End) continue;
                throw new SchedulingDataException($"pinned shifts of agent '{agent.Key}' on {ordered[i - 1].Date} and {ordered[i].Date} overlap.");
            }
        }

        return Codes(agents, templates) is { } complaint ? throw new SchedulingDataException(complaint) : pinned;
    }

    private static string? Codes(IReadOnlyList<RosterAgent> agents, IReadOnlyList<ShiftTemplate> templates)
    {
        var codes = templates.Select(t => t.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var agent in agents)
        {
            var used = agent.Terms.Select(t => t.Contract).Prepend(agent.Contract).SelectMany(c => c.Templates ?? [])
                .Concat(agent.Preferences.Templates.Select(t => t.Template))
                .Concat(agent.Preferences.Wishes.Select(w => w.Template).OfType<string>());
            if (used.FirstOrDefault(c => !codes.Contains(c)) is { } unknown) return $"agent '{agent.Id}': template '{unknown}' is not in the problem.";
        }

        return null;
    }

    private static HashSet<string> Ids(IReadOnlyList<RosterAgent> agents) => agents.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Refuses a longer problem that is not the period and days after it.</summary>
    /// <exception cref="SchedulingDataException">It begins on another day, is no longer, or has other people or shifts.</exception>
    public static RosterProblem? Ahead(RosterProblem period, RosterProblem? ahead)
    {
        if (ahead is null) return null;
        if (ahead.Start != period.Start || ahead.Days <= period.Days || ahead.Zone.Id != period.Zone.Id || ahead.Interval != period.Interval)
        {
            throw new SchedulingDataException(
                $"look ahead: it covers {ahead.Days} days from {ahead.Start} by {ahead.Interval}; it must begin with the period, {period.Days} days from "
                + $"{period.Start} by {period.Interval}, and be longer.");
        }

        if (!period.Agents.Select(a => a.Id).SequenceEqual(ahead.Agents.Select(a => a.Id))
            || !period.Templates.Select(t => t.Code).SequenceEqual(ahead.Templates.Select(t => t.Code)))
        {
            throw new SchedulingDataException("look ahead: its people and templates must be those of the period.");
        }

        return ahead;
    }
}
