using System.Collections.Frozen;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;

namespace Wfm.Api.Features.SampleOperation;

/// <summary>The made-up operation of <c>samples/operation</c>, parsed and checked. The files travel inside the assembly.</summary>
public sealed record SampleOperationFiles
{
    private const string Folder = "sample-operation/";

    private SampleOperationFiles(Func<string, Stream> open, bool withPeople)
    {
        List<T> Read<T>(string file, Func<SampleCsvRow, T> map)
        {
            using var stream = open(file);
            return SampleCsvRow.ReadAll(file, stream, map);
        }

        Hubs = Read("hubs.csv", r => new SampleHub(r.Text("code"), r.Text("name"), r.Text("time_zone"), r.Text("country"), r.Text("labour_policy"),
            r.Integer("seats"), r.Windows("opening_hours"), r.Number("planned_shrinkage"), r.Number("unplanned_shrinkage"), r.Time("nightly_at")));
        Queues = Read("queues.csv", ReadQueue);
        Contracts = Read("contracts.csv", r => new SampleContract(r.Text("code"), r.Text("name"), r.Text("country"), r.Number("min_weekly_hours"),
            r.Number("max_weekly_hours"), r.Integer("max_days_per_week"), r.Number("cost_per_hour"), r.List("templates")));
        ShiftTemplates = Read("shift-templates.csv", r => new SampleShiftTemplate(r.Text("code"), r.Text("hub"), r.Time("earliest_start"),
            r.Time("latest_start"), r.Integer("start_step_minutes"), r.Integer("length_minutes"), r.Days("days"), r.Breaks("breaks")));
        Teams = Read(
            "teams.csv",
            r => new SampleTeam(r.Text("hub"), r.Text("skill_group"), r.Integer("agents"), r.Counts("cross_skills"), r.Counts("contracts")));
        Events = Read("events.csv", r => new SampleEvent(r.Text("code"), r.Text("kind"), r.Text("name"), r.CodeOrAll("hub"), r.CodeOrAll("queue"),
            r.DateTime("start_local"), r.DateTime("end_local"), r.Flag("repeats"), r.Number("factor"), r.NumberOrNull("half_life_hours"),
            r.Flag("moves")));
        DailyShapes = Read("daily-shapes.csv", r => (Key: r.Text("key"), Hours: r.Numbers("hours"))).ToFrozenDictionary(s => s.Key, s => s.Hours);
        Series = Read("series.csv", ReadSeries);
        Policies = ReadPolicies(open);
        if (withPeople)
        {
            Agents = Read("agents.csv", r => new SampleAgent(r.Text("code"), r.Text("name"), r.Text("hub"), r.Text("contract"), r.Skills("skills"),
                r.Windows("availability"), r.List("opt_out_groups"), r.List("preferred_templates"), r.Days("preferred_days_off")));
            TimeOff = Read("time-off.csv", r => new SampleTimeOff(r.Text("agent"), r.Text("kind"), r.DateTime("start_local"), r.DateTime("end_local")));
        }
        HubsByCode = Hubs.ToFrozenDictionary(h => h.Code);
        QueuesByCode = Queues.ToFrozenDictionary(q => q.Code);
        SampleReferences.Check(this);
    }

    public IReadOnlyList<SampleHub> Hubs { get; }
    public IReadOnlyList<SampleQueue> Queues { get; }
    public IReadOnlyList<SampleContract> Contracts { get; }
    public IReadOnlyList<SampleShiftTemplate> ShiftTemplates { get; }

    /// <summary>Labour policies of countries, and last the organisation's wellbeing policy (no country).</summary>
    public IReadOnlyList<SamplePolicy> Policies { get; }
    public IReadOnlyList<SampleTeam> Teams { get; }
    public IReadOnlyList<SampleAgent> Agents { get; } = [];
    public IReadOnlyList<SampleTimeOff> TimeOff { get; private init; } = [];
    public IReadOnlyList<SampleEvent> Events { get; private init; }
    public IReadOnlyList<SampleSeries> Series { get; }

    /// <summary>When it happens; as written, unless it was moved.</summary>
    public SampleDates Dates { get; private init; } = SampleDates.Written;

    /// <summary>Weights of the 24 local hours by key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> DailyShapes { get; }
    public IReadOnlyDictionary<string, SampleHub> HubsByCode { get; }
    public IReadOnlyDictionary<string, SampleQueue> QueuesByCode { get; }

    /// <summary>Reads the operation from the assembly.</summary>
    public static SampleOperationFiles Load() => Load(Open);

    /// <summary>Reads an operation of the same format from elsewhere.</summary>
    /// <param name="open">Opens a file by its name, e.g. <c>hubs.csv</c>.</param>
    /// <param name="withPeople">False leaves out agents and time off, which the agent generator makes.</param>
    /// <exception cref="FormatException">A value cannot be read, or a code is used that no file defines; names file, line, column and value.</exception>
    public static SampleOperationFiles Load(Func<string, Stream> open, bool withPeople = true) => new(open, withPeople);

    /// <summary>The operation with a history up to the night before a day.</summary>
    public SampleOperationFiles On(LocalDate today)
    {
        var dates = new SampleDates(today);
        var days = dates.MovedDays - Dates.MovedDays;
        return this with { Dates = dates, Events = [.. Events.Select(e => e.MovedBy(days))], TimeOff = [.. TimeOff.Select(t => t.MovedBy(days))] };
    }

    /// <summary>The operation with the day after its history, and perhaps something more that happens on it.</summary>
    public SampleOperationFiles OneDayMore(SampleEvent? happening = null) =>
        this with { Dates = Dates.OneMore(), Events = happening is null ? Events : [.. Events, happening] };

    /// <summary>The local day that has begun at every hub: up to it all of them can have a history.</summary>
    public LocalDate DayAt(Instant now) => Hubs.Min(h => now.InZone(h.Zone).Date);

    /// <summary>Names of the files of the assembly.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. typeof(SampleOperationFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => name[Folder.Length..])];

    /// <summary>Opens one of the files of the assembly by its name.</summary>
    public static Stream Open(string file) => typeof(SampleOperationFiles).Assembly.GetManifestResourceStream(Folder + file)
        ?? throw new FileNotFoundException($"The sample operation has no file '{file}'.", file);

    private static SampleQueue ReadQueue(SampleCsvRow r) => new(r.Text("code"), r.Text("name"), r.Text("channel"),
        r.Text("kind") switch
        {
            "immediate" => true,
            "deferrable" => false,
            var kind => throw r.Error("kind", kind, "immediate or deferrable"),
        },
        r.Text("language"), r.Text("severity"), r.Integer("priority"), r.Text("exposure_class"), r.Text("skill_group"),
        new QueueGoal
        {
            ServiceLevel = r.NumberOrNull("service_level"),
            ThresholdSeconds = r.NumberOrNull("threshold_seconds"),
            MaximumAsaSeconds = r.NumberOrNull("maximum_asa_seconds"),
            MaximumOccupancy = r.NumberOrNull("maximum_occupancy"),
            PatienceSeconds = r.NumberOrNull("patience_seconds"),
            TurnaroundMinutes = r.NumberOrNull("turnaround_minutes"),
            TurnaroundFraction = r.NumberOrNull("turnaround_fraction"),
            JudgedFraction = r.NumberOrNull("judged_fraction"),
            ActionFraction = r.NumberOrNull("action_fraction"),
            LegalClock = r.Flag("legal_clock"),
        },
        r.Number("aht_seconds"), r.Integer("concurrency"), r.Integer("minimum_heads"));

    private static SampleSeries ReadSeries(SampleCsvRow r) => new(r.Text("queue"), r.Text("hub"), r.Number("level_per_week"), r.Number("growth_per_year"),
        r.Number("yearly_amplitude"), r.Integer("yearly_peak_day"), r.Numbers("weekly_shape"), r.Text("daily_shape"), r.Text("weekend_shape"),
        r.Number("dispersion"), r.Number("day_noise"), r.Number("aht_seconds"), r.Number("aht_variation"), r.Number("aht_trend_per_year"),
        r.NumberOrNull("abandon_rate"), r.Number("holiday_sensitivity"), r.Number("campaign_sensitivity"), r.Number("crisis_sensitivity"),
        r.NumberOrNull("capacity_margin"));

    private static List<SamplePolicy> ReadPolicies(Func<string, Stream> open)
    {
        using var stream = open("labour-policies.json");
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateArray().Select(policy => new SamplePolicy(Text(policy, "code"), Text(policy, "name"),
            policy.GetProperty("country").GetString(), Date(policy, "validFrom"), Text(policy, "note"),
            [.. policy.GetProperty("rules").EnumerateArray().Select(rule => new SampleRule(Text(rule, "kind"),
                rule.GetProperty("parameters").EnumerateObject().ToFrozenDictionary(p => p.Name, p => p.Value.GetDouble()),
                Text(rule, "text"), Text(rule, "source"), Date(rule, "asOf"), DateOrNull(rule, "validFrom"), DateOrNull(rule, "validTo"),
                OneOf<Scheduling.Problem.RuleAuthority>(rule, "authority")))],
            [.. policy.GetProperty("notExpressed").EnumerateArray().Select(gap => new LabourGapData(Text(gap, "text"), Text(gap, "source")))])
        {
            ExposureBasis = OneOf<Scheduling.Problem.ExposureBasis>(policy, "exposureBasis"),
        })];
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()
        ?? throw new FormatException($"labour-policies.json: '{name}' is null.");

    private static T OneOf<T>(JsonElement element, string name)
        where T : struct, Enum => element.TryGetProperty(name, out _) ? Enum.Parse<T>(Text(element, name), ignoreCase: true) : default;

    private static LocalDate? DateOrNull(JsonElement element, string name) => element.TryGetProperty(name, out _) ? Date(element, name) : null;

    private static LocalDate Date(JsonElement element, string name) => LocalDatePattern.Iso.Parse(Text(element, name)).GetValueOrThrow();
}
