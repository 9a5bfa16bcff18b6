using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>Contract hours that a roster does not give, week by week, with what stands in the way.</summary>
internal sealed class UnmetHours(CompiledProblem compiled, RosterState state)
{
    /// <summary>The hours a contract owes in a week.</summary>
    public static RuleKind ContractMinimum { get; } =
        new GivenRule("contractMinimumHours", "The contract's minimum of paid time in a week.") { IsHard = false };

    public IEnumerable<Violation> Violations()
    {
        for (var agent = 0; agent < compiled.Agents; agent++)
        {
            for (var week = compiled.Calendar.Week(compiled.Calendar.Offset); week <= compiled.Calendar.LastWeek; week++)
            {
                if (Unmet(agent, week) is { } violation) yield return violation;
            }
        }
    }

    private Violation? Unmet(int agent, int week)
    {
        var (start, end) = (compiled.Calendar.WeekStart(week), compiled.Calendar.WeekEnd(week));
        var worked = Enumerable.Range(start, end - start).Sum(row => state.At(agent, row).Work);
        var due = compiled.Due.Of(agent, week);
        if (worked >= due) return null;
        var (from, to) = compiled.Calendar.OpenDays(week);
        var contract = compiled.Due.Contracts(agent).On(to - 1).Contract;
        return new Violation(compiled.Problem.Agents[agent].Id, ContractMinimum, compiled.Calendar.Date(from),
            compiled.Calendar.Date(to - 1), due - worked, "minutes",
            $"{Guard.Show(worked)} of the {Guard.Show(due)} due in the week of {compiled.Calendar.Date(start)}. {Reason(agent, from, to)}",
            $"contract {contract.Code}");
    }

    // Every shift of every free day is tested; the most frequent obstacle is the reason.
    private string Reason(int agent, int start, int end)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var any = false;
        for (var row = start; row < end; row++)
        {
            if (state.At(agent, row).IsWorking) continue;
            foreach (var variant in compiled.Shifts.DayVariants[row])
            {
                any = true;
                var words = Words(agent, variant, row);
                counts[words] = counts.GetValueOrDefault(words) + 1;
            }
        }

        if (!any) return "No shift template starts on the free days of the week.";
        return counts.ContainsKey("") ? "A further shift would be legal but costs more than the missing hours." : counts.MaxBy(c => c.Value).Key;
    }

    private string Words(int agent, int variant, int row)
    {
        switch (compiled.Eligibility.WhyNot(agent, variant))
        {
            case Blocker.Pinned: return "The free days are pinned.";
            case Blocker.Employment: return "The agent is not employed on the free days.";
            case Blocker.TimeOff: return "The agent is on leave on the free days.";
            case Blocker.Availability: return "No shift fits the agent's availability on the free days.";
            case Blocker.Contract: return "The contract allows no shift template on the free days.";
        }

        var groups = compiled.Skills.GroupsOn(agent, compiled.Shifts[variant].Template);
        if (groups.Length == 0) return "The agent has no skill that a shift template serves.";
        var cell = default(DayCell);
        if (!Array.Exists(groups, g => compiled.Eligibility.First(agent, variant, g, out cell)))
            return $"Every shift breaks {compiled.Eligibility.Forbids(agent, compiled.Cell(variant, groups[0], 0))?.Code ?? "a rule"} by itself.";
        state.Begin();
        state.Set(agent, row, cell);
        return state.FirstBrokenCap() is { } rule ? $"A further shift would break {rule.Code} ({rule.Source})." : "";
    }
}
