using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>The rules of the contracts of an agent under the policy, compiled and sorted by how the search uses them.</summary>
internal sealed class RuleSet
{
    public RuleSet(ContractSpans contracts, RosterAgent agent, RuleContext context)
    {
        Contracts = [.. contracts.All.Select(s => s.Contract)];
        All =
        [
            .. Compile(contracts, true, true, Laws(contracts, context), agent, context)
                .OrderBy(ConstraintCatalog.Known.Order),
        ];
        PerShift = [.. All.Where(r => r.IsPerShift)];
        Caps = [.. All.Where(r => !r.IsPerShift && !r.IsFloor)];
        Floors = [.. All.Where(r => r.IsFloor)];
        var empty = new DayCell[context.Calendar.Rows];
        if (Array.Find(Caps, r => r.Penalize(empty, context.Calendar.Offset, context.Calendar.End - 1) > 0) is { } impossible)
        {
            throw new SchedulingDataException(
                $"Rule '{impossible.Code}' ({impossible.Source}) cannot be kept even by an agent who never works; check its limit.");
        }
    }

    /// <summary>One contract, or those that follow one another.</summary>
    public IReadOnlyList<Contract> Contracts { get; }

    public AgentRule[] All { get; }

    /// <summary>Applied before the search: shifts that break one are left out.</summary>
    public AgentRule[] PerShift { get; }

    /// <summary>Never broken in the search.</summary>
    public AgentRule[] Caps { get; }

    /// <summary>Broken only on the way.</summary>
    public AgentRule[] Floors { get; }

    /// <summary>One rule set per different contract of the problem; agents whose contract changes have one of their own, and those whose rules are not those of
    /// all share one with whom they have the same.</summary>
    public static (RuleSet[] Sets, int[] OfAgent) Of(RosterProblem problem, HoursDue due, RuleContext context)
    {
        var sets = new List<RuleSet>();
        var index = new Dictionary<object, int>();
        var ofAgent = problem.Agents.Select((agent, i) =>
        {
            var contracts = due.Contracts(i);
            var c = contracts.All[0].Contract;
            object key = contracts.All.Count > 1 ? agent : c.Rules.Count > 0 ? c
                : (c.Code, c.MinimumWeeklyHours, c.MaximumWeeklyHours, c.MaximumDaysPerWeek, c.Templates is null ? null : string.Join('|', c.Templates));
            if (PersonalKey(contracts, agent, context) is { Length: > 0 } personal) key = (key, personal);
            if (index.TryGetValue(key, out var at)) return at;
            sets.Add(new RuleSet(contracts, agent, context));
            index.Add(key, sets.Count - 1);
            return sets.Count - 1;
        }).ToArray();
        return ([.. sets], ofAgent);
    }

    /// <summary>Days before the period, and after it, that any rule of the problem has to know.</summary>
    public static int DaysAround(RosterProblem problem) => ConstraintCatalog.DaysAround(problem.Policy.Rules
        .Concat(problem.Agents.SelectMany(a => a.Terms.Select(t => t.Contract).Prepend(a.Contract)).SelectMany(c => c.Rules)));

    /// <summary>The rules of contracts' own, each while its contract is in force.</summary>
    public static IEnumerable<LabourRule> Own(ContractSpans contracts, RosterCalendar calendar)
    {
        foreach (var (first, end, contract, _) in contracts.All)
        {
            foreach (var rule in contract.Rules)
            {
                if (contracts.All.Count == 1)
                {
                    yield return rule;
                    continue;
                }

                var from = LocalDate.Max(calendar.Date(first), rule.ValidFrom ?? LocalDate.MinIsoValue);
                var to = LocalDate.Min(end == int.MaxValue ? LocalDate.MaxIsoValue : calendar.Date(end - 1), rule.ValidTo ?? LocalDate.MaxIsoValue);
                if (from <= to) yield return rule.Between(from, to);
            }
        }
    }

    /// <summary>The rules of contracts and of some laws.</summary>
    /// <param name="contracts">The contracts.</param>
    /// <param name="hours">Whether their maximum of hours is one.</param>
    /// <param name="days">Whether their maximum of days is one.</param>
    /// <param name="laws">The laws.</param>
    /// <param name="agent">Whose.</param>
    /// <param name="context">The problem.</param>
    public static IEnumerable<AgentRule> Compile(
        ContractSpans contracts, bool hours, bool days, IEnumerable<LabourRule> laws, RosterAgent agent, RuleContext context)
    {
        if (hours && contracts.All.Any(s => s.Contract.MaximumWeeklyHours < Duration.FromHours(168))) yield return new ContractMaximumHours(contracts, context);
        if (days && contracts.All.Any(s => s.Contract.MaximumDaysPerWeek is not null)) yield return new ContractMaximumDays(contracts, context);
        if (context.Shifts.CanOverlap) yield return new MinimumDailyRest(context);
        foreach (var rule in laws.SelectMany(l => RuleDefinition.Of(l).Personal?.Invoke(l, agent, context.Calendar.Zone) ?? [l]))
        {
            if (!RuleDefinition.Of(rule).BindsDays) continue;
            var compiled = RuleDefinition.Of(rule).Compile(rule, context);
            if (compiled.IsEverInForce) yield return compiled;
        }
    }

    private static IEnumerable<LabourRule> Laws(ContractSpans contracts, RuleContext context) =>
        context.Problem.Policy.Rules.Concat(Own(contracts, context.Calendar));

    /// <summary>What an agent's own rules are on the days of the calendar; empty for somebody who has the rules of all.</summary>
    private static string PersonalKey(ContractSpans contracts, RosterAgent agent, RuleContext context)
    {
        var (first, last) = (context.Calendar.Date(0), context.Calendar.Date(context.Calendar.Rows - 1));
        var own = Laws(contracts, context).Select((rule, i) => (Rule: rule, Index: i)).Where(l => RuleDefinition.Of(l.Rule).Personal is not null)
            .SelectMany(l => RuleDefinition.Of(l.Rule).Personal!(l.Rule, agent, context.Calendar.Zone).Select(r => (Rule: r, l.Index)))
            .Where(l => !(l.Rule.ValidTo < first) && !(l.Rule.ValidFrom > last));
        return string.Join('|', own.Select(l => $"{l.Index} {l.Rule.ValidFrom} {l.Rule.ValidTo}"));
    }
}
