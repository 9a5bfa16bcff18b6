using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Benchmarks.Rostering;

/// <summary>A made-up hub: day-and-night demand of six groups, ten templates, four contracts, the working-time rules of the EU and exposure limits.</summary>
internal static class HubProblem
{
    private static readonly LocalDate Start = new(2026, 3, 16); // a Monday; the clocks change on the 29th
    private static readonly LocalDate AsOf = new(2026, 1, 1);

    public static RosterProblem Create(
        int agents, int days, int seed, int intervalMinutes = 30, SegmentedShifts segmented = SegmentedShifts.WhereLimited, string zoneId = "Europe/Dublin")
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var random = new Random(seed);
        var interval = Duration.FromMinutes(intervalMinutes);
        var groups = new[]
        {
            ("english", 1.0, 0.0),
            ("german", 0.5, 0.0),
            ("appeals", 0.4, 0.0),
            ("severe", 0.35, 3.0),
            ("minors", 0.2, 4.0),
            ("arabic", 0.25, 1.0),
        };
        var demand = groups.Select((g, i) => Line(g.Item1, g.Item2 * agents / groups.Sum(x => x.Item2) * 0.27, g.Item3, zone, days, interval, random))
            .ToArray();
        return new RosterProblem(zone, Start, days, interval, [.. Enumerable.Range(0, agents).Select(i => Agent(i, groups, days, random, zone))],
            Templates(), demand, Policy() with { SegmentedShifts = segmented }, RosterObjective.Default, [], []);
    }

    /// <summary>Coverage, hours and nothing else.</summary>
    public static RosterObjective Bare { get; } = new()
    {
        LoneDayOffCost = 0,
        SplitWeekendCost = 0,
        NoFreeWeekendCost = 0,
        LoneNightCost = 0,
        StartChangeCost = 0,
        BackwardRotationCost = 0,
        NightFairnessCost = 0,
        WeekendFairnessCost = 0,
    };

    private static DemandLine Line(string group, double heads, double weight, DateTimeZone zone, int days, Duration interval, Random random)
    {
        var origin = zone.AtStartOfDay(Start).ToInstant();
        var curve = Enumerable.Range(0, RosterProblem.CountIntervals(zone, Start, days, interval)).Select(i =>
        {
            var local = (origin + (interval * i)).InZone(zone).LocalDateTime;
            var hour = local.Hour + (local.Minute / 60.0);
            var day = 0.35 + (1.1 * Math.Exp(-Math.Pow((hour - 11) / 3.2, 2))) + (0.9 * Math.Exp(-Math.Pow((hour - 18.5) / 2.6, 2)));
            var weekend = local.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday ? 0.7 : 1.0;
            return Math.Round(heads * day * weekend * (0.92 + (0.16 * random.NextDouble())), 2);
        });
        return new DemandLine(group, [.. curve], weight > 0 ? 1.5 : 1, weight);
    }

    private static RosterAgent Agent(int index, (string Name, double, double)[] groups, int days, Random random, DateTimeZone zone)
    {
        var skills = new List<AgentSkill> { new("english", 1) };
        foreach (var group in groups.Skip(1))
        {
            if (random.NextDouble() < 0.35) skills.Add(new AgentSkill(group.Name, Math.Round(0.7 + (0.3 * random.NextDouble()), 2)));
        }

        var contract = (index % 10) switch
        {
            < 6 => new Contract("full", Duration.FromHours(40), Duration.FromHours(40), 5, null),
            < 8 => new Contract("part", Duration.FromHours(20), Duration.FromHours(28), 4, null),
            8 => new Contract("flex", Duration.FromHours(24), Duration.FromHours(45), 5, null),
            _ => new Contract("days", Duration.FromHours(32), Duration.FromHours(40), 5, ["early", "day", "late", "ten", "short-am", "short-pm"]),
        };
        var off = random.NextDouble() < 0.25 ? random.Next(days) : -1;
        TimeOff[] leave =
            off < 0
                ? []
                : [new TimeOff(zone.AtStartOfDay(Start.PlusDays(off)).ToInstant(), zone.AtStartOfDay(Start.PlusDays(off + 1 + random.Next(5))).ToInstant())];
        AvailabilityWindow[] windows =
            index % 10 != 7 ? [] : [.. Enumerable.Range(1, 7).Select(d => new AvailabilityWindow((IsoDayOfWeek)d, new LocalTime(7, 0), new LocalTime(22, 0)))];
        return new RosterAgent($"A{index:000}", contract, skills, windows, leave, random.NextDouble() < 0.1 ? ["minors"] : [])
        {
            Preferences = new AgentPreferences(random.NextDouble() < 0.4 ? [new TemplatePreference("night", 3)] : [],
                random.NextDouble() < 0.5 ? [new ShiftWish(Start.PlusDays(random.Next(days)), null, Wanted: false, 5)] : []),
        };
    }

    private static ShiftTemplate[] Templates()
    {
        BreakRule[] full = [Pause("break", 15, 90, 180, paid: true), Pause("meal", 60, 210, 330, paid: false), Pause("wellness", 15, 390, 480, paid: true)];
        BreakRule[] half = [Pause("break", 15, 90, 180, paid: true)];
        return
        [
            new("early", new(6, 0), new(8, 0), Duration.FromMinutes(30), Duration.FromHours(9), full, DaysOfWeek.All),
            new("day", new(8, 0), new(10, 30), Duration.FromMinutes(30), Duration.FromHours(9), full, DaysOfWeek.All),
            new("late", new(12, 0), new(15, 0), Duration.FromMinutes(30), Duration.FromHours(9), full, DaysOfWeek.All),
            new("evening", new(15, 30), new(17, 0), Duration.FromMinutes(30), Duration.FromHours(9), full, DaysOfWeek.All),
            new("night", new(21, 0), new(23, 0), Duration.FromMinutes(60), Duration.FromHours(9), full, DaysOfWeek.All),
            new("ten", new(7, 0), new(9, 0), Duration.FromMinutes(60), Duration.FromHours(11), full, DaysOfWeek.All),
            new("short-am", new(8, 0), new(12, 0), Duration.FromMinutes(30), Duration.FromHours(5), half, DaysOfWeek.All),
            new("short-pm", new(14, 0), new(19, 0), Duration.FromMinutes(30), Duration.FromHours(5), half, DaysOfWeek.All),
        ];
    }

    private static BreakRule Pause(string kind, int minutes, int from, int to, bool paid) =>
        new(kind, Duration.FromMinutes(minutes), Duration.FromMinutes(from), Duration.FromMinutes(to), paid);

    private static LabourPolicy Policy() =>
        new(
            "made-up EU hub", AsOf,
            [
                Rule("minimumDailyRest", new() { ["hours"] = 11 }, "Directive 2003/88/EC art. 3", "11 h of rest between shifts"),
                Rule("minimumWeeklyRest", new() { ["hours"] = 35 }, "Directive 2003/88/EC art. 5", "35 h of rest in a week"),
                Rule("maximumDailyHours", new() { ["hours"] = 10 }, "hub policy", "10 h of work a day"),
                Rule("maximumAverageWeeklyHours", new() { ["hours"] = 48, ["weeks"] = 17 }, "Directive 2003/88/EC art. 6", "48 h on average"),
                Rule("maximumConsecutiveDays", new() { ["days"] = 6 }, "hub policy", "six days in a row"),
                Rule(
                    "breakAfter", new()
                    {
                        ["minutes"] = 30,
                        ["afterHours"] = 6,
                        ["withinHours"] = 6,
                    },
                    "OWTA 1997 s. 12", "30 min by 6 h"),
                Rule(
                    "maximumNightHours", new()
                    {
                        ["hours"] = 8,
                        ["nightFromHour"] = 0,
                        ["nightToHour"] = 7,
                        ["minimumNightHours"] = 3,
                    },
                    "Directive 2003/88/EC art. 8", "8 h in a night shift"),
                Rule(
                    "maximumConsecutiveNights", new()
                    {
                        ["nights"] = 4,
                        ["nightFromHour"] = 0,
                        ["nightToHour"] = 6,
                        ["minimumNightHours"] = 3,
                    },
                    "hub policy", "four nights in a row"),
                Rule("maximumExposure", new() { ["minutes"] = 4800, ["days"] = 7 }, "hub wellbeing policy", "weighted exposure in a week"),
            ]);

    private static LabourRule Rule(string kind, RuleParameters parameters, string source, string text) =>
        ConstraintCatalog.Known.Rule(kind, parameters, source, AsOf, text);
}
