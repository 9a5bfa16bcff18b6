using NodaTime;
using Wfm.Scheduling.Explanation;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Tests.Scheduling.Explanation.Conflicts;

/// <summary>The problem of one agent under some of the facts that bind it, for the rules themselves to judge.</summary>
internal static class OneAgentProblem
{
    /// <summary>The agent alone, with the kept facts; demand, templates and history stay.</summary>
    public static RosterProblem Of(RosterProblem problem, int agent, IReadOnlyList<Fact> kept)
    {
        var person = problem.Agents[agent];
        var binding = kept.Where(f => f.Binds(agent)).ToArray();
        bool Keeps(ConflictFactKind kind, int index = 0) => Array.Exists(binding, f => f.Kind == kind && f.Index == index);
        IReadOnlyList<T> Kept<T>(ConflictFactKind kind, IReadOnlyList<T> items) => [.. items.Where((_, i) => Keeps(kind, i))];

        var contract = new Contract(person.Contract.Code, person.Contract.MinimumWeeklyHours,
            Keeps(ConflictFactKind.ContractMaximumHours) ? person.Contract.MaximumWeeklyHours : Duration.FromHours(168),
            Keeps(ConflictFactKind.ContractMaximumDays) ? person.Contract.MaximumDaysPerWeek : null,
            Keeps(ConflictFactKind.ContractTemplates) ? person.Contract.Templates : null)
        {
            WorkingDays = new CompiledProblem(problem).Due.Contracts(agent).All[0].Usual, // what leave is credited with stays
            Rules = Kept(ConflictFactKind.ContractRule, person.Contract.Rules),
        };
        var alone = new RosterAgent(person.Id, contract, person.Skills, Keeps(ConflictFactKind.Availability) ? person.Availability : [],
            Kept(ConflictFactKind.TimeOff, person.TimeOff), Kept(ConflictFactKind.OptOut, person.OptOutGroups));
        return new RosterProblem(problem.Zone, problem.Start, problem.Days, problem.Interval, [alone], problem.Templates, problem.Demand,
            new LabourPolicy(problem.Policy.Code, problem.Policy.ValidFrom, Kept(ConflictFactKind.Rule, problem.Policy.Rules)), problem.Objective,
            [.. problem.Surroundings.Where(h => h.AgentId == person.Id)], Kept(ConflictFactKind.Pinned, problem.Pinned));
    }
}
