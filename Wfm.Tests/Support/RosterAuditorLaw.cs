using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>The rules of a labour or wellbeing policy by their kind; the shifts are those of one person, ordered by start.</summary>
internal static class RosterAuditorLaw
{
    private static readonly Dictionary<string, Action<AuditedRoster, AuditedRule, List<AuditedShift>, List<AuditFinding>>> Checks = new()
    {
        ["minimumDailyRest"] = RosterAuditorRest.DailyRest,
        ["minimumWeeklyRest"] = RosterAuditorRest.WeeklyRest,
        ["maximumDailyHours"] = DailyHours,
        ["maximumWeeklyHours"] = WeeklyHours,
        ["maximumAverageWeeklyHours"] = AverageWeeklyHours,
        ["maximumSpread"] = Spread,
        ["maximumNightHours"] = NightHours,
        ["breakAfter"] = RosterAuditorBreaks.BreakAfter,
        ["maximumContinuousWork"] = RosterAuditorBreaks.ContinuousWork,
        ["maximumExposure"] = RosterAuditorBreaks.Exposure,
        ["noExposureAtEnd"] = RosterAuditorBreaks.NoExposureAtEnd,
        ["maximumConsecutiveDays"] = RosterAuditorRest.MostDaysInARow,
        ["maximumConsecutiveNights"] = RosterAuditorRest.MostNightsInARow,
        ["minimumConsecutiveDays"] = RosterAuditorRest.LeastDaysInARow,
        ["minimumConsecutiveDaysOff"] = RosterAuditorRest.LeastDaysOffInARow,
        ["minimumDaysOffPerWeek"] = RosterAuditorRest.DaysOffPerWeek,
        ["maximumWeekends"] = RosterAuditorRest.Weekends,
    };

    public static IEnumerable<string> Kinds => Checks.Keys;

    public static void Check(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        if (!Checks.TryGetValue(rule.Kind, out var check))
        {
            throw new NotSupportedException($"The auditor does not know the rule '{rule.Kind}'.");
        }

        check(roster, rule, shifts, findings);
    }

    /// <summary>A night shift has at least <c>minimumNightHours</c> inside the local night, or anything at all when the rule names no minimum.</summary>
    internal static bool IsNight(AuditedRoster roster, AuditedRule rule, AuditedShift shift)
    {
        var night = Duration.Zero;
        for (var day = roster.Local(shift.Start).Date.PlusDays(-1); day <= roster.Local(shift.End).Date; day = day.PlusDays(1))
        {
            var until = rule["nightToHour"] > rule["nightFromHour"] ? day : day.PlusDays(1);
            night += Common(shift.Start, shift.End, At(roster, day, rule["nightFromHour"]), At(roster, until, rule["nightToHour"]));
        }

        return night > Duration.Zero && night >= Duration.FromHours(rule.Find("minimumNightHours") ?? 0);
    }

    internal static Duration Common(Instant from, Instant to, Instant otherFrom, Instant otherTo) =>
        Duration.Max(Duration.Zero, Instant.Min(to, otherTo) - Instant.Max(from, otherFrom));

    private static Instant At(AuditedRoster roster, LocalDate day, double hour) =>
        roster.Zone.AtLeniently(day.AtMidnight().PlusMinutes((long)Math.Round(hour * 60))).ToInstant();

    private static void DailyHours(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        foreach (var day in shifts.GroupBy(s => roster.Local(s.Start).Date))
        {
            AddWhenMore(rule, day.First(), Paid(day), rule.Hours("hours"), findings);
        }
    }

    private static void WeeklyHours(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        foreach (var week in ByWeek(roster, shifts))
        {
            AddWhenMore(rule, week.First(), Paid(week), rule.Hours("hours"), findings);
        }
    }

    /// <summary>Every window of so many whole weeks, those over the edges of the period too: what lies outside counts as not worked.</summary>
    private static void AverageWeeklyHours(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        var (weeks, byWeek) = ((int)rule["weeks"], ByWeek(roster, shifts).ToDictionary(w => w.Key, w => w.ToList()));
        foreach (var last in byWeek.Keys)
        {
            var window = Enumerable.Range(0, weeks).Select(back => last.PlusWeeks(-back)).Where(byWeek.ContainsKey).SelectMany(w => byWeek[w]).ToList();
            AddWhenMore(rule, byWeek[last][0], Paid(window) / weeks, rule.Hours("hours"), findings);
        }
    }

    private static void Spread(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        foreach (var day in shifts.GroupBy(s => roster.Local(s.Start).Date))
        {
            AddWhenMore(rule, day.First(), day.Max(s => s.End) - day.Min(s => s.Start), rule.Hours("hours"), findings);
        }
    }

    private static void NightHours(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        foreach (var shift in shifts.Where(s => IsNight(roster, rule, s)))
        {
            AddWhenMore(rule, shift, shift.Paid, rule.Hours("hours"), findings);
        }
    }

    private static void AddWhenMore(AuditedRule rule, AuditedShift first, Duration value, Duration most, List<AuditFinding> findings)
    {
        if (value > most)
        {
            findings.Add(rule.Kind, first, $"{RosterAuditor.Hours(value)}, at most {RosterAuditor.Hours(most)}");
        }
    }

    private static IEnumerable<IGrouping<LocalDate, AuditedShift>> ByWeek(AuditedRoster roster, List<AuditedShift> shifts) =>
        shifts.GroupBy(s => RosterAuditor.WeekOf(roster.Local(s.Start).Date));

    private static Duration Paid(IEnumerable<AuditedShift> shifts) => Duration.FromMinutes(shifts.Sum(s => s.PaidMinutes));
}
