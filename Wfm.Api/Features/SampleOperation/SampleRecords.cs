using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;

namespace Wfm.Api.Features.SampleOperation;

/// <summary>Open from <paramref name="From"/> to <paramref name="To"/> local time; a To at or before From ends on the next day.</summary>
public sealed record SampleWindow(IsoDayOfWeek Day, LocalTime From, LocalTime To);

/// <summary>A row of <c>hubs.csv</c>. Shrinkages are fractions; no opening hours mean always open.</summary>
public sealed record SampleHub(string Code, string Name, string TimeZone, string Country, string LabourPolicy, int Seats,
    IReadOnlyList<SampleWindow> OpeningHours, double PlannedShrinkage, double UnplannedShrinkage, LocalTime NightlyAt)
{
    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[TimeZone];

    /// <summary>Whether the hub is open at a local time.</summary>
    public bool IsOpen(LocalDateTime local) => OpeningHours.Count == 0 || OpeningHours.Any(w => w.From < w.To
        ? w.Day == local.DayOfWeek && w.From <= local.TimeOfDay && local.TimeOfDay < w.To
        : (w.Day == local.DayOfWeek && w.From <= local.TimeOfDay) || (w.Day == local.PlusDays(-1).DayOfWeek && local.TimeOfDay < w.To));
}

/// <summary>A row of <c>queues.csv</c>. A goal field that does not apply to the kind of work is null.</summary>
public sealed record SampleQueue(string Code, string Name, string Channel, bool Immediate, string Language, string Severity, int Priority,
    string ExposureClass, string SkillGroup, QueueGoal Goal, double AhtSeconds, int Concurrency, int MinimumHeads);

/// <summary>A row of <c>contracts.csv</c>; cost in US dollars per paid hour.</summary>
public sealed record SampleContract(string Code, string Name, string Country, double MinimumWeeklyHours, double MaximumWeeklyHours,
    int MaximumDaysPerWeek, double CostPerHour, IReadOnlyList<string> Templates);

/// <summary>A row of <c>shift-templates.csv</c>; no days mean every day.</summary>
public sealed record SampleShiftTemplate(string Code, string Hub, LocalTime EarliestStart, LocalTime LatestStart, int StartStepMinutes,
    int LengthMinutes, IReadOnlyList<IsoDayOfWeek> Days, IReadOnlyList<SampleBreak> Breaks)
{
    public int PaidMinutes => LengthMinutes - Breaks.Where(b => !b.Paid).Sum(b => b.LengthMinutes);

    /// <summary>Minutes on the work itself, after all breaks.</summary>
    public int WorkMinutes => LengthMinutes - Breaks.Sum(b => b.LengthMinutes);
}

/// <summary>A break (meal, break or wellness) that starts between two distances (minutes) from the shift's start, both inclusive.</summary>
public sealed record SampleBreak(string Kind, int LengthMinutes, int EarliestAfterMinutes, int LatestAfterMinutes, bool Paid);

/// <summary>A policy of <c>labour-policies.json</c>; without a country it is the organisation's own.</summary>
public sealed record SamplePolicy(
    string Code, string Name, string? Country, LocalDate ValidFrom, string Note, IReadOnlyList<SampleRule> Rules, IReadOnlyList<LabourGapData> NotExpressed)
{
    /// <summary>How limits on exposure count a group of several classes.</summary>
    public Scheduling.Problem.ExposureBasis ExposureBasis { get; init; }

    /// <summary>The policy as a stored version, in force from a date.</summary>
    public LabourPolicyVersion ToVersion(LocalDate validFrom, Instant now) =>
        new()
        {
            Code = Code,
            Name = Name,
            Country = Country,
            Note = Note,
            NotExpressed = [.. NotExpressed],
            ValidFrom = validFrom,
            ExposureBasis = ExposureBasis,
            UpdatedAt = now,
            Rules =
            [
                .. Rules.Select(r => new LabourRuleData(
                    r.Kind, new Dictionary<string, double>(r.Parameters), r.Text, r.Source, r.AsOf, r.ValidFrom, r.ValidTo, r.Authority)),
            ],
        };
}

/// <summary>One rule as data, with its source and the date it was read; its own dates where they are not those of the policy.</summary>
public sealed record SampleRule(
    string Kind, IReadOnlyDictionary<string, double> Parameters, string Text, string Source, LocalDate AsOf, LocalDate? ValidFrom, LocalDate? ValidTo,
    Scheduling.Problem.RuleAuthority Authority = Scheduling.Problem.RuleAuthority.Statute);

/// <summary>A row of <c>agents.csv</c>. The people are made up.</summary>
public sealed record SampleAgent(string Code, string Name, string Hub, string Contract, IReadOnlyList<SampleSkill> Skills,
    IReadOnlyList<SampleWindow> Availability, IReadOnlyList<string> OptOutGroups, IReadOnlyList<string> PreferredTemplates,
    IReadOnlyList<IsoDayOfWeek> PreferredDaysOff);

/// <summary>A skill group of queues, and the speed in it against a fully proficient person, in (0, 1.5].</summary>
public sealed record SampleSkill(string Group, double Proficiency);

/// <summary>A row of <c>time-off.csv</c>: granted absence in the local time of the agent's hub, half-open.</summary>
public sealed record SampleTimeOff(string Agent, string Kind, LocalDateTime StartLocal, LocalDateTime EndLocal)
{
    /// <summary>The absence when the history is moved.</summary>
    public SampleTimeOff MovedBy(int days) => this with { StartLocal = StartLocal.PlusDays(days), EndLocal = EndLocal.PlusDays(days) };
}

/// <summary>A row of <c>teams.csv</c>, from which the agents are generated.</summary>
public sealed record SampleTeam(string Hub, string SkillGroup, int Agents, IReadOnlyDictionary<string, int> CrossSkills,
    IReadOnlyDictionary<string, int> Contracts);

/// <summary>A row of <c>events.csv</c>; null hub or queue touch all. The factor is volume against normal for a series of sensitivity 1;
/// that of a crisis holds at its start, and the excess then halves every half-life. What moves is made up and moves with the history.</summary>
public sealed record SampleEvent(string Code, string Kind, string Name, string? Hub, string? Queue, LocalDateTime StartLocal,
    LocalDateTime EndLocal, bool Repeats, double Factor, double? HalfLifeHours, bool Moves)
{
    /// <summary>The event when the history is moved; the date in its code moves along.</summary>
    public SampleEvent MovedBy(int days)
    {
        var start = StartLocal.PlusDays(days);
        return !Moves ? this : this with
        {
            Code = Code.Replace(LocalDatePattern.Iso.Format(StartLocal.Date), LocalDatePattern.Iso.Format(start.Date), StringComparison.Ordinal),
            StartLocal = start,
            EndLocal = EndLocal.PlusDays(days),
        };
    }

    /// <summary>Start and end; local to the hub, or UTC when the event touches every hub.</summary>
    public Interval During(IReadOnlyDictionary<string, SampleHub> hubs)
    {
        var zone = Hub is null ? DateTimeZone.Utc : hubs[Hub].Zone;
        return new Interval(zone.AtLeniently(StartLocal).ToInstant(), zone.AtLeniently(EndLocal).ToInstant());
    }
}

/// <summary>A row of <c>series.csv</c>: the parameters of the volume generator for one queue at one hub. See the README beside the file.</summary>
public sealed record SampleSeries(string Queue, string Hub, double LevelPerWeek, double GrowthPerYear, double YearlyAmplitude, int YearlyPeakDay,
    IReadOnlyList<double> WeeklyShape, string DailyShape, string WeekendShape, double Dispersion, double DayNoise, double AhtSeconds,
    double AhtVariation, double AhtTrendPerYear, double? AbandonRate, double HolidaySensitivity, double CampaignSensitivity,
    double CrisisSensitivity, double? CapacityMargin);

/// <summary>What arrived and was handled in one half-hour of one series. Handle time is the total, not the average; contacts are abandoned
/// in immediate work only; backlog counts the open items at the end of the interval and is null for immediate work.</summary>
public readonly record struct SampleVolume(string Queue, string Hub, Instant IntervalStart, int Offered, int Handled,
    double HandleTimeSeconds, int Abandoned, int? Backlog);
