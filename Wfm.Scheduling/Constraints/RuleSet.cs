using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>The rules of one contract under the policy, compiled and sorted by how the search uses them.</summary>
internal sealed class RuleSet
{
    public RuleSet(Contract contract, RuleContext context)
    {
        Contract = contract;
        All = [.. Compile(contract, context.Problem.Policy.Rules.Concat(contract.Rules), context).OrderBy(ConstraintCatalog.Known.Order)];
        PerShift = [.. All.Where(r => r.IsPerShift)];
        Caps = [.. All.Where(r => !r.IsPerShift && !r.IsFloor)];
        Floors = [.. All.Where(r => r.IsFloor)];
        var empty = new DayCell[context.Calendar.Rows];
        if (Array.Find(Caps, r => r.Penalize(empty, context.Calendar.Offset, context.Calendar.End - 1) > 0) is { } impossible)
        {
            throw new SchedulingDataException($"Rule '{impossible.Code}' ({impossible.Source}) cannot be kept even by an agent who never works; check its limit.");
        }
    }

    public Contract Contract { get; }

    public AgentRule[] All { get; }

    /// <summary>Applied before the search: shifts that break one are left out.</summary>
    public AgentRule[] PerShift { get; }

    /// <summary>Never broken in the search.</summary>
    public AgentRule[] Caps { get; }

    /// <summary>Broken only on the way.</summary>
    public AgentRule[] Floors { get; }

    /// <summary>One rule set per different contract of the problem.</summary>
    public static (RuleSet[] Sets, int[] OfAgent) Of(RosterProblem problem, RuleContext context)
    {
        var sets = new List<RuleSet>();
        var index = new Dictionary<object, int>();
        var ofAgent = problem.Agents.Select(agent =>
        {
            var c = agent.Contract;
            object key = c.Rules.Count > 0 ? c
                : (c.Code, c.MinimumWeeklyHours, c.MaximumWeeklyHours, c.MaximumDaysPerWeek, c.Templates is null ? null : string.Join('|', c.Templates));
            if (index.TryGetValue(key, out var at)) return at;
            sets.Add(new RuleSet(c, context));
            index.Add(key, sets.Count - 1);
            return sets.Count - 1;
        }).ToArray();
        return ([.. sets], ofAgent);
    }

    /// <summary>Days before the period, and after it, that any rule of the problem has to know.</summary>
    public static int DaysAround(RosterProblem problem) =>
        ConstraintCatalog.DaysAround(problem.Policy.Rules.Concat(problem.Agents.SelectMany(a => a.Contract.Rules)));

    /// <summary>The rules of a contract and of some laws.</summary>
    public static IEnumerable<AgentRule> Compile(Contract contract, IEnumerable<LabourRule> laws, RuleContext context)
    {
        if (contract.MaximumWeeklyHours < NodaTime.Duration.FromHours(168)) yield return new MaximumWeeklyHours(contract, context);
        if (contract.MaximumDaysPerWeek is not null) yield return new MinimumDaysOff(contract, context);
        if (context.Shifts.CanOverlap) yield return new MinimumDailyRest(context);
        foreach (var rule in laws)
        {
            yield return RuleDefinition.Of(rule).Compile(rule, context);
        }
    }
}
