using NodaTime;
using Wfm.Scheduling.Compiled;
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
    public RosterResult Build(StopReason stopReason, long moves, int seed, bool explain = true)
    {
        var shifts = Shifts();
        var violations = Violations(shifts);
        return new RosterResult(
            shifts, Score(), CoverageLines.Of(compiled.Problem, compiled.Calendar, compiled.Costs, state.Coverage.Scheduled, state.Coverage.People()),
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
                shifts.Add(cell.Variant >= compiled.Shifts.FirstPinned ? compiled.Start.PinnedShifts[cell.Variant] : Shift(agent, row, cell));
            }
        }

        return shifts;
    }

    private RosterShift Shift(int agent, int row, DayCell cell)
    {
        var activities = new List<ShiftActivity>();
        var (at, block) = (cell.Start, 0);
        foreach (var pause in compiled.Shifts.Breaks(cell))
        {
            Work(cell.Start + pause.From);
            activities.Add(new ShiftActivity(pause.Kind, null, compiled.Calendar.At(at), compiled.Calendar.At(at + pause.Length)));
            at += pause.Length;
        }

        Work(cell.End);
        return new RosterShift(compiled.Problem.Agents[agent].Id, compiled.Calendar.Date(row), compiled.Shifts.TemplateCode(cell.Template),
            compiled.Calendar.At(cell.Start), compiled.Calendar.At(cell.End), Duration.FromMinutes(cell.Work), activities);

        void Work(int until)
        {
            if (until <= at) return;
            var group = compiled.Problem.Demand[cell.GroupOf(block++)].Group;
            activities.Add(new ShiftActivity(ActivityKinds.Work, group, compiled.Calendar.At(at), compiled.Calendar.At(until)));
            at = until;
        }
    }

    private RosterScore Score()
    {
        var coverage = state.Coverage.Recount();
        var agents = Enumerable.Range(0, compiled.Agents).Aggregate(default(AgentScore), (sum, a) => sum + state.Score(a));
        return new RosterScore(coverage.Under / Money.Unit, coverage.MissedPresence / Money.Unit, coverage.Over / Money.Unit, agents.Missing / Money.Unit,
            agents.Extra / Money.Unit, agents.Preferences / Money.Unit, agents.StartChanges / Money.Unit, agents.Fairness / Money.Unit)
        {
            Late = coverage.Late / Money.Unit,
            Undone = coverage.Undone / Money.Unit,
            LoneDaysOff = agents.LoneDaysOff / Money.Unit,
            LoneNights = agents.LoneNights / Money.Unit,
            SplitWeekends = agents.SplitWeekends / Money.Unit,
            NoFreeWeekends = agents.NoFreeWeekends / Money.Unit,
            BackwardRotations = agents.BackwardRotations / Money.Unit,
        };
    }

    private List<Violation> Violations(List<RosterShift> shifts)
    {
        var violations = RuleCheck.Of(compiled, state);
        violations.AddRange(new UnmetHours(compiled, state).Violations());
        violations.AddRange(new MissedPresence(compiled, state.Coverage.People()).Violations());
        violations.AddRange(SeatsTaken.Violations(compiled.Problem, shifts));
        return violations;
    }
}
