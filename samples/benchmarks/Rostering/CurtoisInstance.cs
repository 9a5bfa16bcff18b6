using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;

namespace Wfm.Benchmarks.Rostering;

/// <summary>Reads an instance of Curtois &amp; Qu (2014), schedulingbenchmarks.org, into the roster problem that serves the hubs.</summary>
/// <remarks>
/// A kind of shift is a template and a group of its own whose demand counts shifts per day; an employee is an agent whose contract carries the
/// limits as rules. Day 0 is a Monday; the penalty is exactly the soft cost.
/// </remarks>
internal sealed class CurtoisInstance
{
    private static readonly LocalDate Start = new(2024, 1, 1);
    private static readonly LocalDate AsOf = new(2014, 1, 1);
    private readonly Dictionary<string, List<string[]>> _sections = new(StringComparer.Ordinal);

    private CurtoisInstance(string path)
    {
        var section = "";
        foreach (var line in File.ReadLines(path).Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith('#')))
        {
            if (line.StartsWith("SECTION_", StringComparison.Ordinal)) section = line[8..];
            else Rows(section).Add(line.Split(',', StringSplitOptions.TrimEntries));
        }
    }

    public static RosterProblem Read(string path) => new CurtoisInstance(path).Problem();

    /// <summary>One line per employee: id and a cell per day, as the public verifier reads it.</summary>
    public static IEnumerable<string> Csv(RosterProblem problem, RosterResult result)
    {
        var shifts = result.Shifts.ToDictionary(s => (s.AgentId, s.Date), s => s.Template);
        return problem.Agents.Select(a =>
            a.Id + "," + string.Join(',', Enumerable.Range(0, problem.Days).Select(d => shifts.GetValueOrDefault((a.Id, problem.Start.PlusDays(d)), ""))));
    }

    private List<string[]> Rows(string section)
    {
        if (!_sections.TryGetValue(section, out var rows)) _sections.Add(section, rows = []);
        return rows;
    }

    private RosterProblem Problem()
    {
        var days = int.Parse(Rows("HORIZON")[0][0]);
        var policy = new LabourPolicy("Curtois & Qu", AsOf,
            [Rule("forbiddenSuccession", new() { Successions = [.. Rows("SHIFTS").Select(s => new TemplateSuccession(s[0], Split(s[2])))] })]);
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
        return new RosterProblem(
            DateTimeZone.Utc, Start, days, Duration.FromDays(1), Agents(), Templates(),
            [.. Rows("SHIFTS").Select(s => Demand(s[0], days))],
            policy, objective, [], []);
    }

    private ShiftTemplate[] Templates() =>
        [
            .. Rows("SHIFTS").Select(s => new ShiftTemplate(
                    s[0], LocalTime.Midnight, LocalTime.Midnight, Duration.FromDays(1), Duration.FromMinutes(int.Parse(s[1])), [], DaysOfWeek.All)
                {
                    Groups = [s[0]],
                }),
        ];

    private DemandLine Demand(string shift, int days)
    {
        var (heads, under, over) = (new double[days], new double[days], new double[days]);
        foreach (var row in Rows("COVER").Where(r => r[1] == shift))
        {
            var day = int.Parse(row[0]);
            (heads[day], under[day], over[day]) = (double.Parse(row[2]), double.Parse(row[3]), double.Parse(row[4]));
        }

        return new DemandLine(shift, heads) { Measure = DemandMeasure.ShiftsStarting, UnderCosts = under, OverCosts = over };
    }

    private RosterAgent[] Agents()
    {
        var off = Rows("DAYS_OFF").ToLookup(r => r[0], r => r.Skip(1).Where(c => c.Length > 0).Select(int.Parse), StringComparer.Ordinal);
        var wishes = Rows("SHIFT_ON_REQUESTS").Select(r => (r, true)).Concat(Rows("SHIFT_OFF_REQUESTS").Select(r => (r, false)))
            .ToLookup(p => p.r[0], p => new ShiftWish(Start.PlusDays(int.Parse(p.r[1])), p.r[2], p.Item2, double.Parse(p.r[3])), StringComparer.Ordinal);
        var skills = Rows("SHIFTS").Select(s => new AgentSkill(s[0], 1)).ToArray();
        return [.. Rows("STAFF").Select(row => new RosterAgent(row[0], Contract(row), skills, [], [.. off[row[0]].SelectMany(d => d).Select(DayOff)], [])
        {
            Preferences = new AgentPreferences([], [.. wishes[row[0]]]),
        })];
    }

    private static Contract Contract(string[] row) => new(row[0], Duration.Zero, Duration.FromHours(168), null, null)
    {
        Rules =
        [
            Rule("maximumShifts", new() { Templates = [.. Split(row[1]).Select(m => m.Split('=')).Select(m => new TemplateLimit(m[0], int.Parse(m[1])))] }),
            Rule("maximumPeriodHours", new() { ["hours"] = int.Parse(row[2]) / 60.0 }),
            .. row[3] == "0" ? Array.Empty<LabourRule>() : [Rule("minimumPeriodHours", new() { ["hours"] = int.Parse(row[3]) / 60.0 })],
            Rule("maximumConsecutiveDays", new() { ["days"] = int.Parse(row[4]) }),
            Rule("minimumConsecutiveDays", new() { ["days"] = int.Parse(row[5]) }),
            Rule("minimumConsecutiveDaysOff", new() { ["days"] = int.Parse(row[6]) }),
            Rule("maximumWeekends", new() { ["weekends"] = int.Parse(row[7]) }),
        ],
    };

    private static TimeOff DayOff(int day)
    {
        var start = Start.PlusDays(day).AtMidnight().InUtc().ToInstant();
        return new TimeOff(start, start + Duration.FromDays(1));
    }

    private static string[] Split(string list) => list.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static LabourRule Rule(string kind, RuleParameters parameters) => ConstraintCatalog.Known.Rule(kind, parameters, "Curtois & Qu (2014)", AsOf, kind);
}
