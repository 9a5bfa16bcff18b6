using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Tests.Scheduling.Rostering;

/// <summary>A roster and all that surrounds it as one long period whose days are all fixed: the plain reading of rules across an edge.</summary>
internal static class JoinedTimeline
{
    private static readonly string[] OfPeriods = ["maximumWeekends", "maximumShifts", "maximumPeriodHours", "minimumPeriodHours", "contractMinimumHours"];
    private static readonly string[] OfRuns = ["minimumConsecutiveDays", "minimumConsecutiveDaysOff"];

    public static IReadOnlyList<Violation> Violations(RosterProblem problem, IReadOnlyList<RosterShift> shifts)
    {
        var calendar = new CompiledProblem(problem).Calendar;
        var (start, days) = (calendar.Date(calendar.Known), calendar.Rows - calendar.Known);
        var count = RosterProblem.CountIntervals(problem.Zone, start, days, problem.Interval);
        var demand = problem.Demand.Select(d => new DemandLine(d.Group, new double[count], d.Priority, d.ExposureWeight) { Measure = d.Measure }).ToArray();
        var outside = problem.Surroundings.Select(s => Pinned(s, s.Start.InZone(problem.Zone).Date))
            .Where(s => s.Date >= start && s.Date < start.PlusDays(days));
        var joined = new RosterProblem(
            problem.Zone, start, days, problem.Interval, problem.Agents, problem.Templates, demand, problem.Policy, problem.Objective, [], []);
        var compiled = new CompiledProblem(joined);
        var agents = joined.Agents.Select((a, i) => (a.Id, i)).ToDictionary(p => p.Id, p => p.i);
        var cells = compiled.Start.Cells.ToArray(); // leave alone: nothing is pinned yet
        foreach (var shift in shifts.Concat(outside))
        {
            var at = (agents[shift.AgentId] * compiled.Calendar.Rows) + compiled.Calendar.Row(shift.Date);
            cells[at] = compiled.Start.Place(at, compiled.PinnedCell(compiled.Shifts.AddPinned(shift, compiled.Calendar), shift.Template, shift.Activities));
        }

        return Violations(compiled, cells);
    }

    private static List<Violation> Violations(CompiledProblem compiled, DayCell[] cells)
    {
        var violations = new List<Violation>();
        for (var agent = 0; agent < compiled.Agents; agent++)
        {
            foreach (var rule in compiled.Rules(agent).All)
            {
                rule.Penalize(cells.AsSpan(agent * compiled.Calendar.Rows, compiled.Calendar.Rows), compiled.Calendar.Offset, compiled.Calendar.End - 1,
                    new ViolationSink(compiled.Problem.Agents[agent].Id, compiled.Calendar, violations));
            }
        }

        return violations;
    }

    /// <summary>Whether a day of the period has a part in a violation: a minimum of days in a row is broken by the day beside the run too.</summary>
    public static bool Concerns(Violation violation, RosterProblem problem)
    {
        var beside = OfRuns.Contains(violation.Rule) ? 1 : 0;
        return IsComparable(Key(violation))
            && violation.From < problem.Start.PlusDays(problem.Days + beside)
            && violation.To >= problem.Start.PlusDays(-beside);
    }

    public static bool IsComparable((string? Agent, string Rule, LocalDate From, LocalDate To, double Amount) violation) =>
        violation.Agent is not null && !OfPeriods.Contains(violation.Rule);

    public static (string? Agent, string Rule, LocalDate From, LocalDate To, double Amount) Key(Violation v) => (v.AgentId, v.Rule, v.From, v.To, v.Amount);

    private static RosterShift Pinned(OutsideShift shift, LocalDate date)
    {
        // Unpaid time in the middle, as one meal.
        var unpaid = shift.End - shift.Start - shift.Paid;
        var noon = shift.Start + Duration.FromMinutes(Math.Floor((shift.Paid / 2).TotalMinutes));
        ShiftActivity Work(Instant from, Instant to) => new(ActivityKinds.Work, shift.Group, from, to);
        return new RosterShift(
            shift.AgentId, date, shift.Template!, shift.Start, shift.End, shift.Paid, unpaid == Duration.Zero
                ? [Work(shift.Start, shift.End)]
                : [Work(shift.Start, noon), new ShiftActivity(ActivityKinds.Meal, null, noon, noon + unpaid), Work(noon + unpaid, shift.End)]);
    }

}
