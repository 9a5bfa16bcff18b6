using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Problem;

/// <summary>Builds small problems, in UTC from a Monday unless told otherwise.</summary>
internal static class RosterProblems
{
    public static readonly LocalDate Monday = new(2026, 3, 2);

    public static readonly Duration HalfHour = Duration.FromMinutes(30);

    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    public static Contract Contract(
        double minimum = 0, double maximum = 168, int? days = null, IReadOnlyList<string>? templates = null, params LabourRule[] rules
    ) => new("standard", Duration.FromHours(minimum), Duration.FromHours(maximum), days, templates) { Rules = rules };

    public static RosterAgent Agent(string id, Contract? contract = null, params string[] groups) =>
        new(id, contract ?? Contract(), [.. (groups.Length == 0 ? ["chat"] : groups).Select(g => new AgentSkill(g, 1))], [], [], []);

    public static ShiftTemplate Template(string code, int fromHour, int toHour, double hours, params BreakRule[] breaks) =>
        new(code, new LocalTime(fromHour, 0), new LocalTime(toHour, 0), Duration.FromHours(1), Duration.FromHours(hours), breaks, DaysOfWeek.All);

    public static BreakRule Meal(int minutes, double from, double to) =>
        new(ActivityKinds.Meal, Duration.FromMinutes(minutes), Duration.FromHours(from), Duration.FromHours(to), Paid: false);

    public static BreakRule Pause(int minutes, double at) =>
        new(ActivityKinds.Break, Duration.FromMinutes(minutes), Duration.FromHours(at), Duration.FromHours(at), Paid: true);

    public static LabourPolicy Policy(params LabourRule[] rules) => new("test", new LocalDate(2020, 1, 1), rules);

    public static LabourRule Rule(string kind, RuleParameters parameters) =>
        ConstraintCatalog.Known.Rule(kind, parameters, "test law §1", new LocalDate(2026, 1, 1), kind);

    public static DemandLine Demand(string group, int days, Func<int, double> heads, Duration? interval = null, string zone = "UTC", LocalDate? start = null)
    {
        var count = RosterProblem.CountIntervals(Zone(zone), start ?? Monday, days, interval ?? HalfHour);
        return new DemandLine(group, [.. Enumerable.Range(0, count).Select(heads)]);
    }

    public static RosterProblem Hub(
        IReadOnlyList<RosterAgent> agents, IReadOnlyList<ShiftTemplate> templates, IReadOnlyList<DemandLine> demand, int days = 7, LabourPolicy? policy = null,
        IReadOnlyList<OutsideShift>? surroundings = null, IReadOnlyList<PinnedShift>? pinned = null, string zone = "UTC", LocalDate? start = null,
        RosterObjective? objective = null, Duration? interval = null) =>
        new(
            Zone(zone), start ?? Monday, days, interval ?? HalfHour, agents, templates, demand, policy ?? Policy(), objective ?? RosterObjective.Default,
            surroundings ?? [], pinned ?? []);

    /// <summary>A random hub with every kind of rule, break, leave, wish and pin, and shifts before and after the period.</summary>
    public static RosterProblem Random(int seed, int agents = 8, int days = 14, string zone = "Europe/Dublin")
    {
        var random = new Random(seed);
        var start = new LocalDate(2026, 3, 19).PlusDays(random.Next(7)); // the clocks change on the 29th
        string[] groups = ["chat", "mail", "severe"];
        var interval = Duration.FromMinutes(random.Next(2) == 0 ? 30 : 15);
        var demand = groups.Select((g, i) => Demand(g, days, k => Math.Round(random.NextDouble() * 3, 2), interval, zone, start) with { }).ToArray();
        demand[2] = new DemandLine("severe", demand[2].Heads, 1.5, 3) { MinimumPresence = [.. demand[2].Heads.Select(_ => 0.5)] };
        BreakRule[] breaks = [new("break", Duration.FromMinutes(15), Duration.FromHours(1), Duration.FromHours(2.5), Paid: true), Meal(45, 3, 5)];
        ShiftTemplate[] templates =
        [
            Template("early", 6, 9, 8.5, breaks),
            Template("late", 13, 16, 8.5, breaks),
            Template("night", 21, 23, 9, breaks),
            Template("short", 9, 17, 4),
        ];
        var origin = Zone(zone).AtStartOfDay(start).ToInstant();
        var people = Enumerable.Range(0, agents).Select(i => new RosterAgent(
                $"A{i}", Contract(i % 3 == 0 ? 30 : 10, 40, i % 2 == 0 ? 5 : null, i % 5 == 4 ? ["early", "short"] : null),
                [.. groups.Where((_, g) => g == i % 3 || random.Next(2) == 0).Select(g => new AgentSkill(g, 0.6 + (0.4 * random.NextDouble())))],
                i % 6 == 5 ? [.. Enumerable.Range(1, 7).Select(d => new AvailabilityWindow((IsoDayOfWeek)d, new LocalTime(5, 0), new LocalTime(23, 0)))] : [],
                i % 4 == 1 ? [new TimeOff(origin + Duration.FromDays(random.Next(days)), origin + Duration.FromDays(days))] : [], i % 7 == 6 ? ["severe"] : [])
        {
            Preferences = new AgentPreferences(
                    [new TemplatePreference("night", 2)], [new ShiftWish(start.PlusDays(random.Next(days)), null, Wanted: false, 4)]),
            Ledger = new FairnessLedger(random.Next(3), random.Next(3)),
        })
            .ToArray();
        var before = people.Where((_, i) => i % 2 == 0).SelectMany(a =>
                Enumerable.Range(1, 4).Select(d => new OutsideShift(
                        a.Id, origin - Duration.FromDays(d) + Duration.FromHours(14), origin - Duration.FromDays(d) + Duration.FromHours(22),
                        Duration.FromHours(7), d == 2 ? "severe" : "chat", "late")))
            .ToArray();
        var (end, following) = (Zone(zone).AtStartOfDay(start.PlusDays(days)).ToInstant(), new Random(-seed));
        var after = people.Where((_, i) => i % 3 > 0 && i % 4 != 1).SelectMany(a => // leave to the end of a week leaves no hours for the rest of it
        {
            var (first, count, hour) = (following.Next(3), following.Next(2, 4), following.Next(3) == 0 ? 21 : 7); // by itself legal
            return Enumerable.Range(first, count).Select(d => end + Duration.FromHours((24 * d) + hour)).Select(from =>
                new OutsideShift(a.Id, from, from + Duration.FromHours(9), Duration.FromHours(8), "chat", hour == 7 ? "early" : "night"));
        }).ToArray();
        PinnedShift[] pinned =
        [
            new(people[1].Id, start, null),
            new(people[2].Id, start.PlusDays(2), Shift(people[2].Id, zone, start.PlusDays(2), 10, 6, "mail")),
        ];
        return Hub(people, templates, demand, days, AllRules(), [.. before, .. after], pinned, zone, start, interval: interval);
    }

    /// <summary>The random hub with fewer seats than people, contracts that change, employment that begins and ends, leave of parts of a day, presence told in
    /// people of any proficiency, split shifts, and ends kept on the wall clock.</summary>
    public static RosterProblem RandomPeople(int seed, int agents = 8, int days = 14, string zone = "Europe/Dublin")
    {
        var (problem, random) = (Random(seed, agents, days, zone), new Random(seed + 1_000));
        LocalDate Day() => problem.Start.PlusDays(random.Next(days));
        TimeOff Part(LocalDate date) =>
            new(
                problem.Zone.AtLeniently(date + new LocalTime(random.Next(6, 12), 0)).ToInstant(),
                problem.Zone.AtLeniently(date + new LocalTime(random.Next(13, 20), 0)).ToInstant(), (LeaveKind)random.Next(6));
        var people = problem.Agents.Select(
                (a, i) =>
                    new RosterAgent(
                        a.Id, a.Contract,
                        [.. a.Skills.Select(s => new AgentSkill(s.Group, Math.Round(0.5 + random.NextDouble(), 2)))],
                        a.Availability, [.. a.TimeOff, .. i % 2 == 0 ? [Part(Day()), Part(Day())] : Array.Empty<TimeOff>()], a.OptOutGroups)
                    {
                        Preferences = a.Preferences,
                        Ledger = a.Ledger,
                        Terms =
                            i % 3 == 0
                                ?
                                [
                                    new ContractTerm(
                                        Day(),
                                        new Contract("later", Duration.FromHours(16), Duration.FromHours(24), 4, i % 2 == 0 ? null : ["early", "late", "split"])
                                    ),
                                ]
                                : [],
                        EmployedFrom = i % 4 == 3 ? Day() : null,
                        EmployedTo = i % 5 == 4 ? problem.Start.PlusDays(days / 2) : null,
                    })
            .ToArray();
        ShiftTemplate[] templates =
        [
            .. problem.Templates,
            new("wall", new LocalTime(21, 0), new LocalTime(23, 0), Duration.FromHours(1), Duration.FromHours(8), [Meal(30, 3, 7)], DaysOfWeek.All)
            {
                EndsAt = new LocalTime(5, 0),
            },
            Template("split", 8, 9, 11, new BreakRule(ActivityKinds.Gap, Duration.FromHours(3), Duration.FromHours(3), Duration.FromHours(5), Paid: false)),
        ];
        DemandLine[] demand =
        [
            problem.Demand[0] with
            {
                MinimumPresence = [.. problem.Demand[0].Heads.Select(_ => 1.0)],
            },
            problem.Demand[1] with
            {
                MaximumHeads = [.. problem.Demand[1].Heads.Select(_ => 2.0)],
            },
            problem.Demand[2],
        ];
        return new RosterProblem(
            problem.Zone, problem.Start, days, problem.Interval, people, templates, demand, problem.Policy, problem.Objective, problem.Surroundings,
            problem.Pinned)
        {
            Seats = Math.Max(2, agents / 3),
        };
    }

    /// <summary>A problem whose shifts may serve two groups, under further rules.</summary>
    public static RosterProblem Segmented(RosterProblem problem, SegmentedShifts when, params LabourRule[] rules) =>
        new(
            problem.Zone, problem.Start, problem.Days, problem.Interval, problem.Agents, problem.Templates, problem.Demand,
            new LabourPolicy(problem.Policy.Code, problem.Policy.ValidFrom, [.. problem.Policy.Rules, .. rules]) { SegmentedShifts = when },
            problem.Objective, problem.Surroundings, problem.Pinned)
        {
            Seats = problem.Seats,
        };

    /// <summary>At most so many minutes of severe work in a shift.</summary>
    public static LabourRule AtMostSevere(int minutes) => Rule("maximumExposure", new() { ["minutes"] = minutes, ["minimumExposureClass"] = 3 });

    /// <summary>A random problem of days and kinds of shift, with rules on runs, weekends, hours and successions.</summary>
    public static RosterProblem DayLevel(int seed, int agents = 5, int days = 14, double hoursPerDay = 4, bool surrounded = false)
    {
        var random = new Random(seed);
        string[] codes = ["E", "L", "N"];
        var demand = codes.Select(c => new DemandLine(c, [.. Enumerable.Range(0, days).Select(_ => (double)random.Next((agents / 3) + 2))])
        {
            Measure = DemandMeasure.ShiftsStarting,
            UnderCosts = [.. Enumerable.Repeat(100.0, days)],
            OverCosts = [.. Enumerable.Repeat(1.0, days)],
        }).ToArray();
        var templates = codes.Select(
                (c, i) =>
                    new ShiftTemplate(c, LocalTime.Midnight, LocalTime.Midnight, Duration.FromDays(1), Duration.FromHours(i == 2 ? 10 : 8), [], DaysOfWeek.All)
                    {
                        Groups = [c],
                    })
            .ToArray();
        LabourRule[] rules =
        [
            Rule("forbiddenSuccession", new() { Successions = [new("L", ["E"]), new("N", ["E", "L"])] }),
            Rule("maximumShifts", new() { Templates = [new("N", 2)] }),
            Rule("maximumPeriodHours", new() { ["hours"] = hoursPerDay * days }),
            Rule("minimumPeriodHours", new() { ["hours"] = hoursPerDay * days * 0.7 }),
            Rule("maximumConsecutiveDays", new() { ["days"] = 4 }),
            Rule("minimumConsecutiveDays", new() { ["days"] = 2 }),
            Rule("minimumConsecutiveDaysOff", new() { ["days"] = 2 }),
            Rule("maximumWeekends", new() { ["weekends"] = Math.Max(1, days / 14) }),
            .. seed % 2 == 0 ? new[] { Rule("maximumWeeklyHours", new() { ["hours"] = 42 }), Rule("minimumDaysOffPerWeek", new() { ["days"] = 2 }) } : [],
        ];
        var objective = new RosterObjective
        {
            UnderCost = 0,
            DeepUnderCost = 0,
            OverCost = 0,
            ExtraHourCost = 0,
            MissingContractHourCost = 0,
            LoneDayOffCost = 0,
            SplitWeekendCost = 0,
            NoFreeWeekendCost = 0,
            LoneNightCost = 0,
            StartChangeCost = 0,
            BackwardRotationCost = 0,
            NightFairnessCost = 0,
            WeekendFairnessCost = 0,
        };
        var people = Enumerable.Range(0, agents).Select(i =>
                Agent($"A{i}", Contract(rules: rules), codes) with
                {
                    Preferences = new AgentPreferences(
                        [],
                        [
                            .. Enumerable.Range(0, 4)
                                .Select(_ => new ShiftWish(Monday.PlusDays(random.Next(days)), codes[random.Next(3)], random.Next(2) == 0, random.Next(1, 4))),
                        ]),
                })
            .ToArray();
        return Hub(
            people, templates, demand, days, objective: objective, interval: Duration.FromDays(1),
            surroundings: surrounded ? Around(people, codes, seed, days) : []);
    }

    // Runs of shifts in the week before the first Monday and the one after the last day.
    private static OutsideShift[] Around(RosterAgent[] people, string[] codes, int seed, int days)
    {
        var random = new Random(-seed);
        return
        [
            .. people.SelectMany(a =>
                Run(-7).Concat(Run(days)).Select(day =>
                    {
                        var (code, start) = (random.Next(codes.Length), Monday.PlusDays(day).AtMidnight().InUtc().ToInstant());
                        return new OutsideShift(
                            a.Id, start, start + Duration.FromHours(code == 2 ? 10 : 8), Duration.FromHours(code == 2 ? 10 : 8), codes[code], codes[code]);
                    })),
        ];

        IEnumerable<int> Run(int from)
        {
            var works = random.Next(2) == 0;
            for (var day = from; day < from + 7; day++)
            {
                if (random.Next(3) == 0) works = !works;
                if (works) yield return day;
            }
        }
    }

    /// <summary>A year of days for one agent, with little room between its least and its most hours and half of the weekends free.</summary>
    public static RosterProblem YearOfShifts() => OneAgent(
        364,
        Rule("forbiddenSuccession", new() { Successions = [new("L", ["E"])] }),
        Rule("maximumShifts", new() { Templates = [new("L", 60)] }),
        Rule("minimumPeriodHours", new() { ["hours"] = 232 * 8 }),
        Rule("maximumPeriodHours", new() { ["hours"] = 234 * 8 }),
        Rule("maximumConsecutiveDays", new() { ["days"] = 5 }),
        Rule("minimumConsecutiveDays", new() { ["days"] = 2 }),
        Rule("minimumConsecutiveDaysOff", new() { ["days"] = 2 }),
        Rule("maximumWeekends", new() { ["weekends"] = 26 }));

    /// <summary>One agent, whose days are off or one of two shifts of eight hours.</summary>
    public static RosterProblem OneAgent(int days, params LabourRule[] rules)
    {
        string[] codes = ["E", "L"];
        var demand = codes.Select(c => new DemandLine(c, [.. Enumerable.Repeat(1.0, days)]) { Measure = DemandMeasure.ShiftsStarting }).ToArray();
        var templates = codes
            .Select(c => new ShiftTemplate(c, LocalTime.Midnight, LocalTime.Midnight, Duration.FromDays(1), Duration.FromHours(8), [], DaysOfWeek.All)
            {
                Groups = [c],
            })
            .ToArray();
        return Hub([Agent("A0", Contract(rules: rules), codes)], templates, demand, days, interval: Duration.FromDays(1));
    }

    public static RosterShift Shift(string agent, string zone, LocalDate date, int hour, int hours, string group, string template = "pinned")
    {
        var from = Zone(zone).AtLeniently(date + new LocalTime(hour, 0)).ToInstant();
        var to = from + Duration.FromHours(hours);
        return new RosterShift(agent, date, template, from, to, to - from, [new ShiftActivity(ActivityKinds.Work, group, from, to)]);
    }

    public static LabourPolicy AllRules() => Policy(
        Rule("minimumDailyRest", new() { ["hours"] = 11 }),
        Rule("minimumWeeklyRest", new() { ["hours"] = 35, ["perDays"] = 7 }),
        Rule("maximumDailyHours", new() { ["hours"] = 10 }),
        Rule("maximumWeeklyHours", new() { ["hours"] = 45 }),
        Rule("maximumAverageWeeklyHours", new() { ["hours"] = 38, ["weeks"] = 2 }),
        Rule("maximumConsecutiveDays", new() { ["days"] = 5 }),
        Rule("minimumDaysOffPerWeek", new() { ["days"] = 1 }),
        Rule("breakAfter", new() { ["minutes"] = 30, ["afterHours"] = 6, ["withinHours"] = 4.5 }),
        Rule("maximumContinuousWork", new() { ["minutes"] = 300 }),
        Rule("maximumNightHours", new() { ["hours"] = 9, ["nightFromHour"] = 0, ["nightToHour"] = 6 }),
        Rule("maximumConsecutiveNights", new() { ["nights"] = 3, ["nightFromHour"] = 0, ["nightToHour"] = 6 }),
        Rule("maximumSpread", new() { ["hours"] = 12 }),
        Rule("maximumExposure", new() { ["minutes"] = 3600, ["days"] = 7 }),
        Rule("maximumWeekends", new() { ["weekends"] = 2 }),
        Rule("minimumConsecutiveDays", new() { ["days"] = 2 }),
        Rule("minimumConsecutiveDaysOff", new() { ["days"] = 2 }));
}
