using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Repair;

/// <summary>Lists the days that differ from the published roster, each with its reason.</summary>
internal sealed class ShiftChanges(CompiledProblem compiled, PublishedCells cells, PublishedRoster published, OpenedGaps gaps, Closeness closeness)
{
    /// <summary>Less than a quarter of an hour is no reason to call somebody in.</summary>
    private const double Noticeable = 0.25;

    public IReadOnlyList<ShiftChange> List(RosterState state, IReadOnlyList<RosterShift> repaired)
    {
        var now = repaired.ToDictionary(s => (s.AgentId, s.Date));
        var dropped = cells.Dropped.ToDictionary(d => (d.Agent, d.Row));
        var changes = new List<ShiftChange>();
        for (var agent = 0; agent < compiled.Agents; agent++)
        {
            for (var row = compiled.Calendar.Offset; row < compiled.Calendar.End; row++)
            {
                var forced = dropped.GetValueOrDefault((agent, row));
                if (forced is null && !closeness.Differs(agent, row, state.At(agent, row))) continue;
                var (id, date) = (compiled.Problem.Agents[agent].Id, compiled.Calendar.Date(row));
                var (from, to) = (published.Find(id, date), now.GetValueOrDefault((id, date)));
                var (reason, why) = Why(state, agent, row, forced);
                changes.Add(new ShiftChange(id, date, from, to, ShiftChangeKinds.Of(from, to), reason, why, closeness.IsInvolved(agent)));
            }
        }

        return changes;
    }

    private (ShiftChangeReason Reason, string Why) Why(RosterState state, int agent, int row, Dropped? forced)
    {
        if (forced is not null) return Forced(agent, forced);
        var cell = state.At(agent, row);
        if (Covered(agent, row, cell) is var (group, hours) && hours >= Noticeable)
        {
            return (ShiftChangeReason.Covers, $"Covers {hours:0.0} head-hours of '{compiled.Problem.Demand[group].Group}' that the change left missing.");
        }

        if (Rule(agent, row) is { } rule) return (ShiftChangeReason.Rule, $"What was published breaks the rule {rule.Code} ({rule.Source}).");
        var (from, to) = compiled.Calendar.OpenDays(compiled.Calendar.Week(row));
        for (var other = from; other < to; other++)
        {
            if (other == row || !closeness.Differs(agent, other, state.At(agent, other)) || Covered(agent, other, state.At(agent, other)).Hours < Noticeable)
                continue;
            return (ShiftChangeReason.MakesRoom, $"Makes room for the changed shift on {compiled.Calendar.Date(other):uuuu-MM-dd}.");
        }

        return (ShiftChangeReason.Balances, "Balances contract hours, coverage or wishes around the other changes.");
    }

    private (ShiftChangeReason Reason, string Why) Forced(int agent, Dropped forced)
    {
        if (forced.Blocker == Blocker.TimeOff)
        {
            var away = compiled.Problem.Agents[agent].TimeOff.First(o => o.Start < forced.Shift.End && forced.Shift.Start < o.End);
            return (ShiftChangeReason.Absence, $"Absent from {away.Start} to {away.End}.");
        }

        return forced.Rule is { } rule ? (ShiftChangeReason.Rule, $"The rule {rule.Code} ({rule.Source}) forbids the published shift.")
            : (ShiftChangeReason.NotAllowed, forced.Blocker switch
            {
                Blocker.Availability => "The published shift lies outside the availability.",
                Blocker.Contract => "The contract does not have the template of the published shift.",
                _ => "The published shift cannot be worked by this person any more.",
            });
    }

    // Head-hours of the opened gaps that the day covers and the published day did not, in the group in which they are most.
    private (int Group, double Hours) Covered(int agent, int row, in DayCell cell)
    {
        if (cell.Variant <= 0 || cell.Group < 0) return (cell.Group, 0);
        var was = cells.Dropped.Any(d => d.Agent == agent && d.Row == row) ? default : closeness.Published(agent, row);
        var (main, other) = (Hours(cell, cell.Group) - Hours(was, cell.Group), cell.Blocks == 0 ? 0 : Hours(cell, cell.Other) - Hours(was, cell.Other));
        return main >= other ? (cell.Group, main) : (cell.Other, other);
    }

    private double Hours(in DayCell cell, int group)
    {
        var hours = 0.0;
        foreach (var part in compiled.Shifts.Parts(cell))
        {
            if (part.Group == group) hours += gaps.HeadHours(group, part.From, part.To);
        }

        return hours;
    }

    // The first rule that what can stay of the published days breaks around a day.
    private AgentRule? Rule(int agent, int row)
    {
        var days = cells.Kept.AsSpan(agent * compiled.Calendar.Rows, compiled.Calendar.Rows);
        foreach (var rule in compiled.Rules(agent).All)
        {
            var violations = new List<Violation>();
            var sink = new ViolationSink(compiled.Problem.Agents[agent].Id, compiled.Calendar, violations);
            if (rule.Penalize(days, compiled.Calendar.Offset, compiled.Calendar.End - 1, sink) == 0) continue;
            if (violations.Exists(v => v.From.PlusDays(-1) <= compiled.Calendar.Date(row) && compiled.Calendar.Date(row) <= v.To.PlusDays(1))) return rule;
        }

        return null;
    }
}
