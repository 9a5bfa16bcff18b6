using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Solving;

/// <summary>What stands before the search: pinned days and those around the period as cells, and the coverage they give.</summary>
internal sealed record FixedDays(DayCell[] Cells, bool[] Pinned, double[] Scheduled, IReadOnlyDictionary<int, RosterShift> PinnedShifts)
{
    public static FixedDays Of(CompiledProblem compiled)
    {
        var (problem, calendar) = (compiled.Problem, compiled.Calendar);
        var agents = problem.Agents.Select((a, i) => (a.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        var cells = new DayCell[problem.Agents.Count * calendar.Rows];
        var pinned = new bool[cells.Length];
        var scheduled = new double[compiled.Costs.Groups * compiled.Costs.Stride];
        var shifts = new Dictionary<int, RosterShift>();
        foreach (var shift in problem.Surroundings.OrderBy(s => s.Start))
        {
            var (agent, row) = (agents[shift.AgentId], calendar.Row(shift.Start.InZone(calendar.Zone).Date));
            foreach (var work in row < calendar.Offset ? WorkOf(shift) : [])
            {
                Cover(compiled, scheduled, agent, work.Group!, work.Start, work.End, isOutside: true);
            }

            if (row < 0 || row >= calendar.Rows) continue; // further off than any rule looks
            var at = (agent * calendar.Rows) + row;
            cells[at] = Joined(cells[at], compiled.OutsideCell(shift), isBefore: row < calendar.Offset);
        }

        foreach (var pin in problem.Pinned)
        {
            var at = (agents[pin.AgentId] * calendar.Rows) + calendar.Row(pin.Date);
            pinned[at] = true;
            if (pin.Shift is null) continue;
            var variant = compiled.Shifts.AddPinned(pin.Shift, calendar);
            cells[at] = compiled.PinnedCell(variant, pin.Shift.Activities);
            shifts.Add(variant, pin.Shift);
            foreach (var work in pin.Shift.Activities.Where(a => a.Kind == ActivityKinds.Work))
            {
                Cover(compiled, scheduled, agents[pin.AgentId], work.Group!, work.Start, work.End, isOutside: false);
            }
        }

        return new FixedDays(cells, pinned, scheduled, shifts);
    }

    private static IEnumerable<ShiftActivity> WorkOf(OutsideShift shift) => shift.Activities.Count > 0
        ? shift.Activities.Where(a => a.Kind == ActivityKinds.Work)
        : shift.Group is null ? [] : [new ShiftActivity(ActivityKinds.Work, shift.Group, shift.Start, shift.End)];

    // Two shifts on one date: the days know their outer ends and the sum of their work, and are of the kind of the shift nearer to the period.
    private static DayCell Joined(DayCell earlier, DayCell later, bool isBefore) => !earlier.IsWorking ? later : (isBefore ? later : earlier) with
    {
        Start = earlier.Start,
        End = later.End,
        Clock = earlier.Clock,
        Work = (short)(earlier.Work + later.Work),
        Exposure = earlier.Exposure + later.Exposure,
        IsNight = earlier.IsNight || later.IsNight,
    };

    public static void Cover(CompiledProblem compiled, double[] scheduled, int agent, string group, Instant start, Instant end, bool isOutside)
    {
        var g = compiled.Skills.Find(group);
        if (g < 0) return;
        var calendar = compiled.Calendar;
        var (from, to) = (calendar.Minute(start), calendar.Minute(end));
        var line = scheduled.AsSpan(g * compiled.Costs.Stride, compiled.Costs.Intervals);
        if (compiled.Problem.Demand[g].Measure == DemandMeasure.ShiftsStarting)
        {
            if (!isOutside && from >= 0 && from / calendar.IntervalMinutes < line.Length) line[from / calendar.IntervalMinutes] += Money.HeadHour;
            return;
        }

        var percent = compiled.Skills.HasSkill(agent, g) ? compiled.Skills.Percent(agent, g) : 100; // whoever was put there works there
        if (to > 0) ShiftCatalog.AddMinutes(line, Math.Max(0, from), to, calendar.IntervalMinutes, percent);
    }
}
