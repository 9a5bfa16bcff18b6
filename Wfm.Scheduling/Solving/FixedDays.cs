using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Solving;

/// <summary>What stands before the search: leave, pinned days and those around the period as cells, and the coverage they give.</summary>
internal sealed record FixedDays(DayCell[] Cells, bool[] Pinned, Covered Covered, IReadOnlyDictionary<int, RosterShift> PinnedShifts)
{
    /// <summary>What they cover: group × stride + interval.</summary>
    public double[] Scheduled => Covered.Scheduled;

    public static FixedDays Of(CompiledProblem compiled)
    {
        var (problem, calendar) = (compiled.Problem, compiled.Calendar);
        var agents = problem.Agents.Select((a, i) => (a.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        var cells = new DayCell[problem.Agents.Count * calendar.Rows];
        var pinned = new bool[cells.Length];
        var covered = new Covered(compiled.Costs);
        var shifts = new Dictionary<int, RosterShift>();
        foreach (var shift in problem.Surroundings.OrderBy(s => s.Start))
        {
            var (agent, row) = (agents[shift.AgentId], calendar.Row(shift.Start.InZone(calendar.Zone).Date));
            if (row < calendar.Offset) Cover(compiled, covered, agent, WorkOf(shift), isOutside: true);

            if (row < 0 || row >= calendar.Rows) continue; // further off than any rule looks
            var at = (agent * calendar.Rows) + row;
            cells[at] = Joined(compiled.Shifts, cells[at], compiled.OutsideCell(shift), isBefore: row < calendar.Offset);
        }

        foreach (var pin in problem.Pinned)
        {
            var at = (agents[pin.AgentId] * calendar.Rows) + calendar.Row(pin.Date);
            pinned[at] = true;
            if (pin.Shift is null) continue;
            var variant = compiled.Shifts.AddPinned(pin.Shift, calendar);
            cells[at] = compiled.PinnedCell(variant, pin.Shift.Template, pin.Shift.Activities);
            shifts.Add(variant, pin.Shift);
            Cover(compiled, covered, agents[pin.AgentId], pin.Shift.Activities.Where(a => a.Kind == ActivityKinds.Work), isOutside: false);
        }

        for (var at = 0; at < cells.Length; at++)
        {
            cells[at] = cells[at] with { Leave = compiled.Due.Leave(at / calendar.Rows, at % calendar.Rows) };
        }

        return new FixedDays(cells, pinned, covered, shifts);
    }

    /// <summary>A cell put on a day: the leave of the day stays.</summary>
    /// <param name="at">Agent × rows + row.</param>
    /// <param name="cell">The cell; none is a day off.</param>
    public DayCell Place(int at, in DayCell cell = default) => cell with { Leave = Cells[at].Leave };

    private static IEnumerable<ShiftActivity> WorkOf(OutsideShift shift) => shift.Activities.Count > 0
        ? shift.Activities.Where(a => a.Kind == ActivityKinds.Work)
        : shift.Group is null ? [] : [new ShiftActivity(ActivityKinds.Work, shift.Group, shift.Start, shift.End)];

    // Two shifts on one date: the days know their outer ends and the sum of their work, and are of the kind of the shift nearer to the period.
    private static DayCell Joined(ShiftCatalog shifts, DayCell earlier, DayCell later, bool isBefore)
    {
        if (!earlier.IsWorking) return later;
        var (first, second) = (shifts.Work(earlier)!, shifts.Work(later)!);
        var cell = (isBefore ? later : earlier) with
        {
            Start = earlier.Start,
            End = later.End,
            Clock = earlier.Clock,
            Work = (short)(earlier.Work + later.Work),
            IsNight = earlier.IsNight || later.IsNight,
        };
        return shifts.Outside(
            cell,
            new FixedWork(
                [.. first.Exposures, .. second.Exposures], [.. first.Parts, .. second.Parts],
                first.Unpaid is { } before && second.Unpaid is { } after ? [.. before, (earlier.End, later.Start), .. after] : null));
    }

    /// <summary>Adds what a shift covers, or takes it away.</summary>
    /// <param name="compiled">The problem.</param>
    /// <param name="covered">What is covered.</param>
    /// <param name="agent">Who works it.</param>
    /// <param name="work">The work of the shift.</param>
    /// <param name="isOutside">Whether it begins before the period.</param>
    /// <param name="sign">1, or −1 to take it away.</param>
    public static void Cover(
        CompiledProblem compiled, Covered covered, int agent, IEnumerable<ShiftActivity> work, bool isOutside, int sign = 1)
    {
        var (calendar, intervals) = (compiled.Calendar, compiled.Costs.Intervals);
        var seated = new double[intervals];
        foreach (var part in work)
        {
            var g = compiled.Skills.Find(part.Group!);
            if (g < 0) continue;
            var (from, to) = (calendar.Minute(part.Start), calendar.Minute(part.End));
            var line = covered.Scheduled.AsSpan(g * compiled.Costs.Stride, intervals);
            var people = covered.People.AsSpan(g * compiled.Costs.Stride, intervals);
            if (compiled.Problem.Demand[g].Measure == DemandMeasure.ShiftsStarting)
            {
                if (!isOutside && from >= 0 && from / calendar.IntervalMinutes < line.Length) line[from / calendar.IntervalMinutes] += sign * Money.HeadHour;
                continue;
            }

            if (to <= 0) continue;
            var percent = compiled.Skills.HasSkill(agent, g) ? compiled.Skills.Percent(agent, g) : 100; // whoever was put there works there
            ShiftCatalog.AddMinutes(line, Math.Max(0, from), to, calendar.IntervalMinutes, sign * percent);
            ShiftCatalog.AddMinutes(people, Math.Max(0, from), to, calendar.IntervalMinutes, sign * 100);
            ShiftCatalog.AddMinutes(seated, Math.Max(0, from), to, calendar.IntervalMinutes, 1);
        }

        for (var i = 0; i < intervals; i++)
        {
            if (seated[i] > 0) covered.Seated[i] += sign * calendar.IntervalMinutes * 100;
        }
    }
}
