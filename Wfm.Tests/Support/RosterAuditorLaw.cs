using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>The rules of a labour or wellbeing policy by their kind, and those of them that limit hours.</summary>
internal static class RosterAuditorLaw
{
    private static readonly Dictionary<string, Action<AuditedWork, AuditedRule, List<AuditFinding>>> Checks = new()
    {
        ["minimumDailyRest"] = RosterAuditorRest.DailyRest,
        ["minimumWeeklyRest"] = RosterAuditorRest.WeeklyRest,
        ["restAfterNights"] = RosterAuditorRest.RestAfterNights,
        ["maximumDailyHours"] = RosterAuditorDays.DailyHours,
        ["maximumWeeklyHours"] = WeeklyHours,
        ["maximumAverageWeeklyHours"] = AverageWeeklyHours,
        ["maximumPeriodHours"] = MostPeriodHours,
        ["minimumPeriodHours"] = LeastPeriodHours,
        ["maximumSpread"] = Spread,
        ["maximumNightHours"] = NightHours,
        ["breakAfter"] = RosterAuditorBreaks.BreakAfter,
        ["maximumContinuousWork"] = RosterAuditorBreaks.ContinuousWork,
        ["maximumExposure"] = RosterAuditorExposure.Exposure,
        ["noExposureAtEnd"] = RosterAuditorExposure.NoExposureAtEnd,
        ["exposureCooldown"] = RosterAuditorExposure.Cooldown,
        ["exposureRamp"] = RosterAuditorExposure.Ramp,
        ["maximumConsecutiveExposureDays"] = RosterAuditorRuns.MostSevereDaysInARow,
        ["peopleTogether"] = (_, _, _) => { }, // binds nobody by himself: RosterAuditorTogether looks at all of them
        ["noticeOfChange"] = (_, _, _) => { }, // binds whoever changes the days, not the days
        ["maximumConsecutiveDays"] = RosterAuditorRuns.MostDaysInARow,
        ["maximumConsecutiveNights"] = RosterAuditorRuns.MostNightsInARow,
        ["minimumConsecutiveDays"] = RosterAuditorRuns.LeastDaysInARow,
        ["minimumConsecutiveDaysOff"] = RosterAuditorRuns.LeastDaysOffInARow,
        ["minimumDaysOffPerWeek"] = RosterAuditorRuns.DaysOffPerWeek,
        ["maximumWeekends"] = RosterAuditorRuns.Weekends,
    };

    public static IEnumerable<string> Kinds => Checks.Keys;

    public static void Check(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        if (!Checks.TryGetValue(rule.Kind, out var check))
        {
            throw new NotSupportedException($"The auditor does not know the rule '{rule.Kind}'.");
        }

        check(work, rule, findings);
    }

    /// <summary>A night shift has at least <c>minimumNightHours</c> inside the local night, or anything at all when the rule names no minimum.</summary>
    internal static bool IsNight(AuditedRoster roster, AuditedRule rule, AuditedShift shift)
    {
        var night = Duration.Zero;
        for (var day = roster.Local(shift.Start).Date.PlusDays(-1); day <= roster.Local(shift.End).Date; day = day.PlusDays(1))
        {
            var until = rule["nightToHour"] > rule["nightFromHour"] ? day : day.PlusDays(1);
            night += AuditedWork.Common(shift.Start, shift.End, At(roster, day, rule["nightFromHour"]), At(roster, until, rule["nightToHour"]));
        }

        return night > Duration.Zero && night >= Duration.FromHours(rule.Find("minimumNightHours") ?? 0);
    }

    internal static void AddWhenMore(
        AuditedWork work, AuditedRule rule, LocalDate date, Duration value, Duration most, IEnumerable<AuditedShift> shifts, List<AuditFinding> findings,
        bool isCertain = true)
    {
        if (value > most)
        {
            work.Add(findings, rule.Kind, date, $"{RosterAuditor.Hours(value)}, at most {RosterAuditor.Hours(most)}", shifts, isCertain);
        }
    }

    internal static Duration Paid(IEnumerable<AuditedShift> shifts) => Duration.FromMinutes(shifts.Sum(s => s.PaidMinutes));

    private static Instant At(AuditedRoster roster, LocalDate day, double hour) =>
        roster.Zone.AtLeniently(day.AtMidnight().PlusMinutes((long)Math.Round(hour * 60))).ToInstant();

    private static void WeeklyHours(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        foreach (var week in work.Weeks)
        {
            if (work.BindsInWeek(rule, week) is not { } isCertain) continue;
            var shifts = work.Between(week, week.PlusDays(6));
            AddWhenMore(work, rule, week, Paid(shifts), rule.Hours("hours"), shifts, findings, isCertain);
        }
    }

    /// <summary>
    /// Every window of so many whole weeks that meets the period, those that end after it too. What is not known counts as not worked; whether it lowers the
    /// average is left open. Annual, sick and parental
    /// leave of the days that are known is left out: the hours are shared over what remains of the weeks, by usual working days; leave on a day that is usually
    /// free is none.
    /// </summary>
    private static void AverageWeeklyHours(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        var weeks = (int)rule["weeks"];
        for (
            var last = work.Roster.WeekOf(work.Roster.Start);
            last < work.Roster.WeekOf(work.Roster.End.PlusDays(-1)).PlusDays(7 * weeks);
            last = last.PlusDays(7))
        {
            var (first, end) = (last.PlusDays(-7 * (weeks - 1)), last.PlusDays(6));
            var shifts = work.Between(first, end);
            if (!rule.IsInForce(first, end))
                continue;
            LocalDate[] dates = rule.Find("neutralLeave") == 0 ? [] : [.. Enumerable.Range(0, 7 * weeks).Select(first.PlusDays)];
            double Neutral(bool onEveryReading) =>
                dates.Where(d => (!onEveryReading || work.Knows(d)) && RosterAuditorHours.IsAway(work, d, l => l.IsNeutral, onEveryReading))
                    .Sum(d => RosterAuditorHours.ShareOfWeek(work, d) is var share && onEveryReading ? share.Least : share.Most);
            var (paid, most, least) = (
                Paid(shifts), weeks - Neutral(onEveryReading: true), Math.Min(weeks, KnownWeeks(work, first, end)) - Neutral(onEveryReading: false));
            AddWhenMore(
                work, rule, last, paid / Math.Max(0.01, least), rule.Hours("hours"), shifts, findings,
                most > 0.01 && paid / most > rule.Hours("hours") + Duration.FromMinutes(1) && rule.IsInForce(work.LastInside(end)));
        }
    }

    private static double KnownWeeks(AuditedWork work, LocalDate first, LocalDate last)
    {
        var (from, to) = (
            work.All.Select(work.DateOf).Append(work.Roster.Start).Min(), work.All.Select(work.DateOf).Append(work.Roster.End.PlusDays(-1)).Max());
        return (Period.DaysBetween(LocalDate.Max(first, from), LocalDate.Min(last, to)) + 1) / 7.0;
    }

    /// <summary>Hours of the days on which the rule is in force; whether those of the other days count too is left open.</summary>
    private static void MostPeriodHours(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        var all = work.InPeriod.ToList();
        if (!rule.IsInForce(work.Roster.Start, work.Roster.End.PlusDays(-1))) return;
        var inForce = Paid(all.Where(s => rule.IsInForce(work.DateOf(s))));
        AddWhenMore(work, rule, work.Roster.Start, Paid(all), rule.Hours("hours"), all, findings, inForce > rule.Hours("hours"));
    }

    /// <summary>Owed rather than a limit: a roster that cannot give it says so.</summary>
    private static void LeastPeriodHours(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        if (!rule.IsInForce(work.Roster.Start, work.Roster.End.PlusDays(-1))) return;
        var inForce = Paid(work.InPeriod.Where(s => rule.IsInForce(work.DateOf(s))));
        if (inForce < rule.Hours("hours"))
        {
            work.Add(findings, rule.Kind, work.Roster.Start, $"{RosterAuditor.Hours(inForce)}, at least {rule["hours"]:0.##} h", [], isCertain: false);
        }
    }

    private static void Spread(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        foreach (var day in work.InPeriod.GroupBy(work.DateOf).Where(d => rule.IsInForce(d.Key)))
        {
            AddWhenMore(work, rule, day.Key, day.Max(s => s.End) - day.Min(s => s.Start), rule.Hours("hours"), day, findings);
        }
    }

    private static void NightHours(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        foreach (var night in work.InPeriod.GroupBy(work.DateOf).Where(d => rule.IsInForce(d.Key) && d.Any(s => IsNight(work.Roster, rule, s))))
        {
            // Whether another shift of the day belongs to the night is left open.
            var longest = night.Where(s => IsNight(work.Roster, rule, s)).Max(s => s.Paid);
            AddWhenMore(work, rule, night.Key, Paid(night), rule.Hours("hours"), night, findings, longest > rule.Hours("hours"));
        }
    }
}
