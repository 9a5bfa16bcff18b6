using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Explanation;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Rostering;

/// <summary>Turns the state of a search back into shifts, figures and reasons.</summary>
internal sealed class ResultBuilder(CompiledProblem compiled, RosterState state)
{
    /// <param name="explain">Whether gaps and conflicts are looked behind; shifts, figures and violations are there without.</param>
    /// <param name="known">The shifts, where they are known; they are read from the days otherwise.</param>
    public RosterResult Build(StopReason stopReason, long moves, int seed, bool explain = true, IReadOnlyList<RosterShift>? known = null)
    {
        var shifts = known ?? Shifts();
        var violations = Violations(shifts);
        return new RosterResult(
            shifts, RosterScore.Of(state.Coverage.Recount(), state.AgentScores()),
            CoverageLines.Of(compiled.Problem, compiled.Calendar, compiled.Costs, state.Coverage.Scheduled, state.Coverage.People()),
            violations, explain ? new Explainer(compiled, state).Uncovered() : [], stopReason, moves, seed)
        {
            Ergonomics = ErgonomicFigures.Of(compiled, state),
            Deferrable = [.. compiled.Costs.Bands.SelectMany(b => DeferrableCoverage.Of(compiled.Problem, compiled.Calendar, b, state.Coverage.Scheduled))],
            Excluded = [.. compiled.Eligibility.Excluded.Select(e => new ExcludedTemplate(e.Contract, compiled.Shifts.TemplateCode(e.Template), e.Reason))],
            Conflicts = explain ? new ConflictFinder(compiled).Find(violations, state.Coverage.People()) : [],
        };
    }

    private List<RosterShift> Shifts()
    {
        var shifts = new List<RosterShift>();
        for (var agent = 0; agent < compiled.Agents; agent++)
        {
            for (var row = compiled.Calendar.Offset; row < compiled.Calendar.End; row++)
            {
                ref readonly var cell = ref state.At(agent, row);
                if (!cell.IsWorking) continue;
                shifts.Add(cell.Variant >= compiled.Shifts.FirstPinned ? compiled.Start.PinnedShifts[cell.Variant] : compiled.ShiftOf(agent, cell));
            }
        }

        return shifts;
    }

    private List<Violation> Violations(IReadOnlyList<RosterShift> shifts)
    {
        var violations = RuleCheck.Of(compiled, state);
        violations.AddRange(new UnmetHours(compiled, state).Violations());
        violations.AddRange(new MissedPresence(compiled, state.Coverage.People()).Violations());
        violations.AddRange(AloneOnSevere.Violations(compiled.Problem, shifts));
        violations.AddRange(SeatsTaken.Violations(compiled.Problem, shifts));
        return violations;
    }
}
