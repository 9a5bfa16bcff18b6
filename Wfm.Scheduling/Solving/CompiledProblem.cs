using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Solving;

/// <summary>Takes what a shift gives one group.</summary>
internal delegate void CoverTaker(int group, int first, ReadOnlySpan<double> profile, double percent);

/// <summary>A problem as arrays: what every solver, checker and explanation reads, built once and never changed.</summary>
internal sealed class CompiledProblem
{
    private readonly NightWindow _night;
    private readonly int[] _exposure;
    private readonly int[][] _pauses;
    private readonly bool[] _countsShifts;
    private readonly DayCell[] _cells;
    private Eligibility? _eligibility;

    /// <param name="problem">The problem.</param>
    /// <param name="isEdited">Whether shifts may be put in that no template yields: then two of them can overlap, and what only a search asks for is
    /// found when it is asked for, on one thread.</param>
    public CompiledProblem(RosterProblem problem, bool isEdited = false)
    {
        Problem = problem;
        Calendar = new RosterCalendar(problem, RuleSet.DaysAround(problem));
        Shifts = new ShiftCatalog(problem, Calendar, isEdited);
        Costs = CostsOf(problem);
        Due = new HoursDue(problem, Calendar);
        Goals = new AgentGoals(problem, Calendar, Shifts, Due);
        (RuleSets, RuleSetOf) = RuleSet.Of(problem, Due, new RuleContext(problem, Calendar, Shifts));
        _night = new NightWindow(problem.Objective.NightFrom, problem.Objective.NightTo, 180, Calendar);
        _countsShifts = [.. problem.Demand.Select(d => d.Measure == DemandMeasure.ShiftsStarting)];
        _exposure = [.. problem.Demand.Select(d => (int)Math.Round(d.ExposureWeight * 100))];
        _pauses = [.. Shifts.Patterns.Select(patterns => patterns.Select(p => p.Sum(b => b.Length)).ToArray())];
        _cells = [.. Enumerable.Range(0, Shifts.FirstPinned).Select(v => BaseCell(v))];
        Skills = new SkillTable(problem);
        Start = FixedDays.Of(this);
        if (!isEdited) _eligibility = new Eligibility(this);
        Grain = Math.Max(1, _countsShifts.Length > 0 && Array.TrueForAll(_countsShifts, c => c) ? Gcd(Goals.Grain, Costs.Grain(Money.HeadHour)) : 1);
    }

    public RosterProblem Problem { get; }

    public RosterCalendar Calendar { get; }

    public ShiftCatalog Shifts { get; }

    public CoverageCosts Costs { get; }

    /// <summary>Demand and its prices for a problem that has the same period and templates.</summary>
    public CoverageCosts CostsOf(RosterProblem problem) =>
        new(PeopleTogether.Raised(problem), Calendar, Math.Max(Shifts.LongestProfile, (1440 / Calendar.IntervalMinutes) + 8));

    /// <summary>Contract hours and leave.</summary>
    public HoursDue Due { get; }

    public AgentGoals Goals { get; }

    public RuleSet[] RuleSets { get; }

    public int[] RuleSetOf { get; }

    public SkillTable Skills { get; }

    public FixedDays Start { get; }

    public Eligibility Eligibility => _eligibility ??= new Eligibility(this);

    /// <summary>Coverage of one shift where shifts are counted: a head-hour at full proficiency.</summary>
    public static ReadOnlySpan<double> OneHead => [60, 0, 0, 0];

    /// <summary>Where a shift begins to cover a group: group × stride + interval.</summary>
    public int CoverAt(int variant, int group) => (group * Costs.Stride) + Shifts[variant].FirstInterval;

    /// <summary>Minutes of work per interval from there on, a multiple of four long.</summary>
    public ReadOnlySpan<double> Profile(int variant, int group, int pattern)
    {
        ref readonly var shift = ref Shifts[variant];
        return _countsShifts[group] ? OneHead : Shifts.Profiles.AsSpan(shift.Profile + (pattern * shift.ProfileLength), shift.ProfileLength);
    }

    /// <summary>What a shift of the catalog gives each group it serves.</summary>
    /// <param name="cell">The shift.</param>
    /// <param name="agent">Who works it.</param>
    /// <param name="add">Takes the group, the first interval, minutes of work per interval from there on, and the percent of a head that the agent is.</param>
    public void Cover(in DayCell cell, int agent, CoverTaker add)
    {
        ref readonly var shift = ref Shifts[cell.Variant];
        if (cell.Blocks == 0)
        {
            add(cell.Group, shift.FirstInterval, Profile(cell.Variant, cell.Group, cell.Pattern), Skills.Percent(agent, cell.Group));
            return;
        }

        Span<double> main = stackalloc double[shift.ProfileLength];
        Span<double> other = stackalloc double[shift.ProfileLength];
        Shifts.Split(cell, main, other);
        add(cell.Group, shift.FirstInterval, main, Skills.Percent(agent, cell.Group));
        add(cell.Other, shift.FirstInterval, other, Skills.Percent(agent, cell.Other));
    }

    /// <summary>Every cost of coverage and wishes is a multiple of this, in units of <see cref="Money"/>.</summary>
    public double Grain { get; }

    /// <summary>A lower bound on the cost, raised to the next cost that there can be.</summary>
    public double RoundUp(double bound) => double.IsFinite(bound) ? Math.Ceiling((bound - (1e-7 * Math.Abs(bound))) / Grain) * Grain : bound;

    public bool CountsShifts(int group) => _countsShifts[group];

    public int Agents => Problem.Agents.Count;

    public RuleSet Rules(int agent) => RuleSets[RuleSetOf[agent]];

    /// <summary>The cell of a shift without group and breaks.</summary>
    public DayCell Plain(int variant) => _cells[variant];

    /// <summary>The cell of a shift.</summary>
    public DayCell Cell(int variant, int group, int pattern)
    {
        ref readonly var shift = ref _cells[variant];
        var work = shift.End - shift.Start - _pauses[Shifts[variant].Shape][pattern];
        return shift with { Group = (short)group, Pattern = (short)pattern, Exposure = _exposure[group] * work };
    }

    /// <summary>The cell of a shift of two groups.</summary>
    /// <param name="variant">The shift.</param>
    /// <param name="group">Group of the first block.</param>
    /// <param name="other">The other group.</param>
    /// <param name="blocks">A bit for each block of the other; 0 for a shift of one group.</param>
    /// <param name="pattern">Where the breaks are.</param>
    public DayCell Cell(int variant, int group, int other, byte blocks, int pattern)
    {
        var cell = Cell(variant, group, pattern);
        if (blocks == 0) return cell;
        cell = cell with { Other = (short)other, Blocks = blocks };
        return cell with { Exposure = cell.Exposure + ((_exposure[other] - _exposure[group]) * Shifts.OtherMinutes(cell)) };
    }

    /// <summary>A shift of the catalog with its parts.</summary>
    public RosterShift ShiftOf(int agent, DayCell cell)
    {
        var activities = new List<ShiftActivity>();
        var (at, block) = (cell.Start, 0);
        foreach (var pause in Shifts.Breaks(cell))
        {
            Work(cell.Start + pause.From);
            activities.Add(new ShiftActivity(pause.Kind, null, Calendar.At(at), Calendar.At(at + pause.Length)));
            at += pause.Length;
        }

        Work(cell.End);
        return new RosterShift(Problem.Agents[agent].Id, Calendar.Date(Shifts[cell.Variant].Row), Shifts.TemplateCode(cell.Template),
            Calendar.At(cell.Start), Calendar.At(cell.End), Duration.FromMinutes(cell.Work), activities);

        void Work(int until)
        {
            if (until <= at) return;
            var group = Problem.Demand[cell.GroupOf(block++)].Group;
            activities.Add(new ShiftActivity(ActivityKinds.Work, group, Calendar.At(at), Calendar.At(until)));
            at = until;
        }
    }

    /// <summary>The cell of a pinned shift.</summary>
    public DayCell PinnedCell(int variant, string template, IReadOnlyList<ShiftActivity> activities)
    {
        ref readonly var shift = ref Shifts[variant];
        var work = activities.Where(a => a.Kind == ActivityKinds.Work).ToArray();
        var cell = new DayCell
        {
            Variant = variant,
            Start = shift.Start,
            End = shift.End,
            Work = shift.Work,
            Template = shift.Template,
            Group = (short)(work.Length == 0 ? -1 : Skills.Find(work.MaxBy(w => w.End - w.Start)!.Group!)),
            Clock = shift.StartClock,
            IsNight = _night.IsNight(shift.Row, shift.Start, shift.End),
        };
        var unpaid = Duration.FromMinutes(shift.End - shift.Start - shift.Work);
        return Shifts.Pinned(cell, new FixedWork([.. Exposure(activities)], [.. Parts(activities)], Shifts.Unpaid(template, activities, unpaid, Calendar)));
    }

    /// <summary>The cell of a shift before or after the period.</summary>
    public DayCell OutsideCell(OutsideShift shift)
    {
        var group = shift.Group is null ? -1 : Skills.Find(shift.Group);
        var cell = new DayCell
        {
            Start = Calendar.Minute(shift.Start),
            End = Calendar.Minute(shift.End),
            Work = (short)shift.Paid.TotalMinutes,
            Template = (short)(shift.Template is null ? -1 : Shifts.Find(shift.Template)),
            Group = (short)group,
            Clock = (short)(shift.Start.InZone(Calendar.Zone).TimeOfDay.TickOfDay / NodaConstants.TicksPerMinute),
            IsNight = _night.IsNight(Calendar.Row(shift.Start.InZone(Calendar.Zone).Date), Calendar.Minute(shift.Start), Calendar.Minute(shift.End)),
        };
        (int, int)[] exposures =
            shift.Activities.Count > 0 ? [.. Exposure(shift.Activities)]
            : group < 0 ? []
            : [(group, _exposure[group] * (int)shift.Paid.TotalMinutes)];
        var unpaid = Shifts.Unpaid(shift.Template, shift.Activities, shift.End - shift.Start - shift.Paid, Calendar);
        return Shifts.Outside(cell, new FixedWork(exposures, [.. Parts(shift.Activities)], unpaid));
    }

    // Whatever is done on a group shows what the group shows; groups that are no concern of the problem show nothing.
    private IEnumerable<(int Group, int Exposure)> Exposure(IEnumerable<ShiftActivity> activities) =>
        from activity in activities
        where activity.Group is not null
        group activity.End - activity.Start by Skills.Find(activity.Group!) into work
        where work.Key >= 0
        select (work.Key, _exposure[work.Key] * (int)work.Sum(w => w.TotalMinutes));

    // Training and the like are work on no group: they show nothing, and are no break.
    private IEnumerable<(int From, int To, int Group)> Parts(IEnumerable<ShiftActivity> activities) =>
        activities.Where(a => a.Group is not null || Problem.Activities.IsWorkingTime(a.Kind))
            .Select(a => (Calendar.Minute(a.Start), Calendar.Minute(a.End), a.Group is null ? -1 : Skills.Find(a.Group)));

    private static double Gcd(double a, double b) => b == 0 ? a : Gcd(b, a % b);

    private DayCell BaseCell(int variant)
    {
        ref readonly var shift = ref Shifts[variant];
        return variant == 0 ? default : new DayCell
        {
            Variant = variant,
            Start = shift.Start,
            End = shift.End,
            Work = shift.Work,
            Template = shift.Template,
            Clock = shift.StartClock,
            IsNight = _night.IsNight(shift.Row, shift.Start, shift.End),
        };
    }
}
