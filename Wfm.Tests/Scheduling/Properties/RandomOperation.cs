using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Tests.Support;

namespace Wfm.Tests.Scheduling.Properties;

/// <summary>A small random hub: its zone and calendar, people, templates, policy. Rosters of different periods are made for it.</summary>
internal sealed class RandomOperation
{
    private const int Horizon = 56;
    private static readonly string[] Zones =
    [
        "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "Asia/Kolkata", "Asia/Singapore", "Pacific/Apia",
    ];

    private static readonly string[] Groups = ["calm", "mixed", "severe"];
    private readonly Random _random;
    private readonly ShiftTemplate[] _templates;
    private readonly RosterAgent[] _agents;
    private readonly AuditedRule[] _rules;
    private readonly DaysOfWeek _weekend;
    private readonly IsoDayOfWeek _firstDayOfWeek;
    private readonly ExposureBasis _basis;
    private readonly int? _seats;
    private readonly int _interval;

    public RandomOperation(int seed)
    {
        _random = new Random(seed);
        Zone = DateTimeZoneProviders.Tzdb[Any(Zones)];
        First = Beginning();
        _interval = Any(30, 60);
        _templates = [.. Templates()];
        _rules = [.. RandomPolicy.Rules(_random, First.PlusDays(-7), Horizon)];
        _weekend = Any(DaysOfWeek.Weekend, DaysOfWeek.Weekend, DaysOfWeek.Friday | DaysOfWeek.Saturday, DaysOfWeek.Sunday);
        _firstDayOfWeek = Any(IsoDayOfWeek.Monday, IsoDayOfWeek.Monday, IsoDayOfWeek.Sunday, IsoDayOfWeek.Saturday);
        _basis = Any(ExposureBasis.WorstCase, ExposureBasis.Expected);
        _agents = [.. Enumerable.Range(0, _random.Next(2, 6)).Select(Agent)];
        _seats = Chance(6) ? _random.Next(1, 4) : null;
    }

    public DateTimeZone Zone { get; }

    /// <summary>A day some days before a change of the clocks, where the zone has any.</summary>
    public LocalDate First { get; }

    public IReadOnlyList<RosterAgent> Agents => _agents;

    /// <summary>A roster of a period with what is in force around it.</summary>
    public RandomCase Case(int seed, LocalDate start, int days, int moves, IReadOnlyList<RosterAgent> agents, IReadOnlyList<OutsideShift> around)
    {
        var count = RosterProblem.CountIntervals(Zone, start, days, Duration.FromMinutes(_interval));
        var made = new RandomCase(seed, Zone, start, days, _interval, moves)
        {
            Agents = agents,
            Templates = _templates,
            Demand = [.. Groups.Select((g, i) => Demand(g, i, count))],
            Rules = _rules,
            Around = around,
            FirstDayOfWeek = _firstDayOfWeek,
            WeekendDays = _weekend,
            ExposureBasis = _basis,
            SegmentedShifts = (SegmentedShifts)(seed % 3),
            Seats = _seats,
        };
        return Chance(3) ? made with { Pinned = [.. Pins(made)] } : made;
    }

    /// <summary>Shifts imported from before the first roster, some of unknown activities, some worked at a hub far away.</summary>
    public IReadOnlyList<OutsideShift> Imported(LocalDate until)
    {
        var far = DateTimeZoneProviders.Tzdb[Any("Asia/Singapore", "America/Chicago", Zone.Id)];
        var edge = Zone.AtStartOfDay(until).ToInstant();
        var shifts = new List<OutsideShift>();
        foreach (var agent in _agents.Where(_ => Chance(2)))
        {
            var free = Instant.MinValue;
            for (var day = until.PlusDays(-_random.Next(3, 22)); day <= until; day = day.PlusDays(1))
            {
                var start = far.AtLeniently(day.At(new LocalTime(Any(6, 9, 14, 22), 0))).ToInstant();
                if (start >= edge || start < free + Duration.FromHours(8) || Chance(3)) continue;
                var hours = _random.Next(4, 11);
                var paid = hours > 6 && Chance(2) ? Duration.FromMinutes((hours * 60) - 30) : Duration.FromHours(hours);
                shifts.Add(new OutsideShift(agent.Id, start, start + Duration.FromHours(hours), paid, Any(Groups)));
                free = start + Duration.FromHours(hours);
            }
        }

        return shifts;
    }

    public int Days() => Any(7, 7, 10, 14, 14, 21, 28);

    public int Next(int below) => _random.Next(below);

    public bool Chance(int one) => _random.Next(one) == 0;

    private LocalDate Beginning()
    {
        var year = Instant.FromUtc(2026, 1, 1, 0, 0);
        var changes = Zone.GetZoneIntervals(year, year + Duration.FromDays(365)).Skip(1).Select(z => z.IsoLocalStart.Date).ToArray();
        return changes.Length == 0 || Chance(3) ? new LocalDate(2026, 1, 1).PlusDays(_random.Next(365)) : Any(changes).PlusDays(-_random.Next(14));
    }

    private IEnumerable<ShiftTemplate> Templates()
    {
        BreakRule Break(int minutes, int from, int to) =>
            new(ActivityKinds.Break, Duration.FromMinutes(minutes), Duration.FromMinutes(from), Duration.FromMinutes(to), Paid: Chance(2));
        BreakRule Meal(int minutes, int from, int to) =>
            new(ActivityKinds.Meal, Duration.FromMinutes(minutes), Duration.FromMinutes(from), Duration.FromMinutes(to), Paid: false);
        BreakRule[] Breaks() =>
            Any<BreakRule[]>(
                [], [Meal(30, 180, 300)], [Break(15, 90, 120), Break(15, 300, 330)], [Break(15, 60, 120), Meal(45, 210, 240), Break(15, 360, 390)]);
        DaysOfWeek days() => Chance(4) ? Random7() : DaysOfWeek.All;

        yield return Template("early", _random.Next(5, 8), _random.Next(0, 3), 8.5, Breaks(), days());
        if (Chance(2)) yield return Template("late", _random.Next(12, 15), _random.Next(0, 3), Any(8, 9.0), Breaks(), DaysOfWeek.All);
        if (Chance(2)) yield return Template("night", _random.Next(20, 23), _random.Next(0, 2), Any(8, 9.0), Breaks(), days());
        if (Chance(3)) yield return OnTheClock(Template("clock", _random.Next(21, 24), 0, 8, Breaks(), DaysOfWeek.All));
        if (Chance(2)) yield return Template("short", _random.Next(8, 11), _random.Next(0, 5), 4, [], DaysOfWeek.All);
        if (Chance(4))
            yield return Template(
                "split", 8, 1, 11, [new BreakRule(ActivityKinds.Gap, Duration.FromHours(3), Duration.FromHours(4), Duration.FromHours(4), Paid: false)],
                DaysOfWeek.All);
    }

    private ShiftTemplate Template(string code, int from, int hours, double length, BreakRule[] breaks, DaysOfWeek days) =>
        new(
            code, new LocalTime(from, 0), new LocalTime(Math.Min(23, from + hours), 0), Duration.FromMinutes(Any(30, 60)), Duration.FromHours(length), breaks,
            days);

    private static ShiftTemplate OnTheClock(ShiftTemplate template) =>
        template with
        {
            EndsAt = template.EarliestStart.PlusHours((long)template.Length.TotalHours),
        };

    private RosterAgent Agent(int number)
    {
        var groups = Groups.Where(_ => Chance(2)).DefaultIfEmpty("calm").ToList();
        return new RosterAgent(
            $"A{number}", Contract(), [.. groups.Select(g => new AgentSkill(g, _random.Next(50, 151) / 100.0))], Chance(4) ? [.. Windows()] : [],
            Chance(2) ? [.. Leave()] : [], groups.Count > 1 && Chance(6) ? [groups[0]] : [])
        {
            Terms = Chance(3) ? [new ContractTerm(First.PlusDays(_random.Next(30)), Contract())] : [],
            EmployedFrom = Chance(6) ? First.PlusDays(_random.Next(14)) : null,
            EmployedTo = Chance(6) ? First.PlusDays(14 + _random.Next(21)) : null,
        };
    }

    private Contract Contract()
    {
        var (least, days) = (Any(0, 0, 8, 16, 24, 32, 40), Chance(2) ? _random.Next(3, 7) : (int?)null);
        var usual = Random7(Math.Min(days ?? 5, 5));
        return new Contract(
            "contract", Duration.FromHours(least), Duration.FromHours(least + Any(0, 8, 20)) + (least == 0 ? Duration.FromHours(16) : Duration.Zero), days,
            Chance(4) ? [_templates[_random.Next(_templates.Length)].Code] : null)
        {
            WorkingDays = Chance(3) ? usual : null,
        };
    }

    private IEnumerable<AvailabilityWindow> Windows() =>
        from day in Enumerable.Range(1, 7)
        where !Chance(4)
        select Chance(2)
            ? new AvailabilityWindow((IsoDayOfWeek)day, LocalTime.Midnight, LocalTime.Midnight)
            : new AvailabilityWindow((IsoDayOfWeek)day, new LocalTime(_random.Next(4, 10), 0), new LocalTime(_random.Next(18, 24), 0));

    private IEnumerable<TimeOff> Leave()
    {
        var day = First.PlusDays(_random.Next(-14, 10));
        for (var i = 0; i < 3; i++)
        {
            var kind = Any(Enum.GetValues<LeaveKind>());
            var isPart = Chance(3);
            var (from, to) = isPart
                ? (day.At(new LocalTime(_random.Next(0, 13), 0)), day.At(new LocalTime(_random.Next(13, 24), 0)))
                : (day.AtMidnight(), day.PlusDays(_random.Next(1, 12)).AtMidnight());
            yield return new TimeOff(Zone.AtLeniently(from).ToInstant(), Zone.AtLeniently(to).ToInstant(), kind);
            day = to.Date.PlusDays(_random.Next(1, 12));
        }
    }

    private DemandLine Demand(string group, int index, int count)
    {
        double[] heads = [.. Enumerable.Range(0, count).Select(_ => _random.Next(5) / 2.0)];
        return new DemandLine(group, heads, 1, index switch { 0 => 0, 1 => 3, _ => 4 })
        {
            ExposureShares = index == 1 ? [0.75, 0, 0.1, 0.15] : null,
            MinimumPresence = Chance(4) ? [.. heads.Select(h => Math.Min(1, h))] : null,
        };
    }

    // Shifts that the person could have had, whatever the rules say of them.
    private IEnumerable<PinnedShift> Pins(RandomCase made)
    {
        var roster = AuditedProblem.Of(made.Problem(), []);
        for (var i = 0; i < 3; i++)
        {
            var (agent, date, template) = (Any<RosterAgent>([.. made.Agents]), made.Start.PlusDays(_random.Next(made.Days)), Any(_templates));
            if (i > 0 && Chance(2)) continue;
            if (Chance(4))
            {
                yield return new PinnedShift(agent.Id, date, null);
                yield break;
            }

            if (RandomShift.Of(roster, agent, template, date, i) is { } shift)
            {
                yield return new PinnedShift(agent.Id, date, shift);
                yield break;
            }
        }
    }

    private DaysOfWeek Random7(int most = 6)
    {
        var days = Enumerable.Range(0, 7).OrderBy(_ => _random.Next()).Take(_random.Next(1, most + 1)).Select(d => (DaysOfWeek)(1 << d));
        return days.Aggregate(DaysOfWeek.None, (all, day) => all | day);
    }

    private T Any<T>(params T[] values) => values[_random.Next(values.Length)];
}
