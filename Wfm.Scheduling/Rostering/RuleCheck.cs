using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Rostering;

/// <summary>Which rules days break that nobody is about to change.</summary>
public static class RuleCheck
{
    /// <summary>Checks the pinned days of a problem together with what surrounds the period; days that are not pinned count as days off. No search.</summary>
    /// <returns>The breaches in which a day of the period has a part, by agent; empty when every rule is kept. Contract hours that nobody was given are no
    /// breach.</returns>
    /// <exception cref="SchedulingDataException">A rule names what the problem does not have.</exception>
    public static IReadOnlyList<Violation> Of(RosterProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var compiled = new CompiledProblem(problem);
        return Of(compiled, new RosterState(compiled));
    }

    internal static List<Violation> Of(CompiledProblem compiled, RosterState state)
    {
        var violations = new List<Violation>();
        for (var agent = 0; agent < compiled.Agents; agent++)
        {
            var sink = new ViolationSink(compiled.Problem.Agents[agent].Id, compiled.Calendar, violations);
            foreach (var rule in compiled.Rules(agent).All)
            {
                rule.Penalize(state.Days(agent), compiled.Calendar.Offset, compiled.Calendar.End - 1, sink);
            }
        }

        return violations;
    }
}
