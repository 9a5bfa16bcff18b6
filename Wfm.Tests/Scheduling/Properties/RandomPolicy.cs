using NodaTime;
using Wfm.Tests.Support;

namespace Wfm.Tests.Scheduling.Properties;

/// <summary>Random rules of every kind, in one to three versions that follow each other.</summary>
internal static class RandomPolicy
{
    private static readonly (string Kind, Func<Random, (string, double?)[]> Numbers)[] Kinds =
    [
        ("minimumDailyRest", r => [("hours", r.Next(16, 27) / 2.0)]),
        ("minimumWeeklyRest", r => [("hours", Any(r, 24, 30, 35, 36, 48)), ("perDays", Maybe(r, 7))]),
        ("restAfterNights", r => [("nights", r.Next(1, 4)), ("hours", Any(r, 24, 36, 48, 56)), .. Night(r)]),
        ("maximumDailyHours", r => [("hours", r.Next(12, 25) / 2.0), ("dayBasis", Maybe(r, r.Next(4)))]),
        ("maximumWeeklyHours", r => [("hours", r.Next(12, 49))]),
        ("maximumAverageWeeklyHours", r => [("hours", r.Next(12, 45)), ("weeks", Any(r, 1, 2, 3, 4, 6, 17)), ("neutralLeave", Maybe(r, r.Next(2)))]),
        ("maximumPeriodHours", r => [("hours", r.Next(16, 121))]),
        ("minimumPeriodHours", r => [("hours", r.Next(0, 61))]),
        ("maximumSpread", r => [("hours", r.Next(8, 14))]),
        ("maximumNightHours", r => [("hours", r.Next(5, 11)), .. Night(r)]),
        (
            "breakAfter",
            r =>
                [
                    ("afterHours", r.Next(8, 13) / 2.0),
                    ("minutes", Any(r, 15, 30, 45)),
                    ("withinHours", Maybe(r, r.Next(3, 7))),
                    ("minimumPartMinutes", Maybe(r, 15)),
                ]),
        ("maximumContinuousWork", r => [("minutes", Any(r, 120, 180, 240, 300)), ("minimumExposureClass", Maybe(r, Any(r, 2, 3)))]),
        ("maximumExposure", r => [("minutes", Any(r, 60, 240, 480, 900, 1800)), ("days", Maybe(r, r.Next(1, 8))), ("minimumExposureClass", Any(r, 1, 3))]),
        ("noExposureAtEnd", r => [("minutes", Any(r, 15, 30, 60)), ("minimumExposureClass", Any(r, 2, 3))]),
        ("exposureCooldown", r => [("afterMinutes", Any(r, 60, 120, 180)), ("minutes", Any(r, 15, 30, 60)), ("minimumExposureClass", Any(r, 2, 3))]),
        (
            "exposureRamp",
            r =>
                [
                    ("minutes", Any(r, 240, 480, 900)),
                    ("weeks", r.Next(1, 7)),
                    ("firstPercent", Any(r, 0, 25, 50)),
                    ("afterLeaveDays", Maybe(r, r.Next(1, 8))),
                    ("days", Maybe(r, r.Next(1, 8))),
                    ("minimumExposureClass", Any(r, 1, 3)),
                ]),
        (
            "maximumConsecutiveExposureDays",
            r => [("days", r.Next(1, 5)), ("minimumExposureClass", Any(r, 1, 3)), ("minutes", Maybe(r, Any(r, 60, 240)))]),
        (
            "peopleTogether",
            r =>
                [("people", Any(r, 2, 3)), ("nightFromHour", Any(r, 22, 23, 0)), ("nightToHour", Any(r, 5, 6, 7)), ("minimumExposureClass", Any(r, 1, 3))]),
        ("maximumConsecutiveDays", r => [("days", r.Next(2, 7))]),
        ("maximumConsecutiveNights", r => [("nights", r.Next(0, 4)), .. Night(r)]),
        ("minimumConsecutiveDays", r => [("days", r.Next(1, 4))]),
        ("minimumConsecutiveDaysOff", r => [("days", r.Next(1, 4))]),
        ("minimumDaysOffPerWeek", r => [("days", r.Next(0, 5))]),
        ("maximumWeekends", r => [("weekends", r.Next(0, 4))]),
    ];

    public static IEnumerable<string> AllKinds => Kinds.Select(k => k.Kind);

    /// <param name="from">First day on which a new version may begin.</param>
    /// <param name="days">Days from there on which it may.</param>
    public static IReadOnlyList<AuditedRule> Rules(Random random, LocalDate from, int days) =>
        [.. Kinds.Where(_ => random.Next(4) == 0).SelectMany(k => Versions(random, k.Kind, k.Numbers, from, days))];

    private static IEnumerable<AuditedRule> Versions(Random random, string kind, Func<Random, (string, double?)[]> numbers, LocalDate from, int days)
    {
        var count = random.Next(6) switch { 0 => 3, 1 or 2 => 2, _ => 1 };
        var cuts = Enumerable.Range(0, count - 1).Select(_ => from.PlusDays(random.Next(days))).Distinct().Order().ToList();
        LocalDate? begin = random.Next(5) == 0 ? from.PlusDays(random.Next(days) - days) : null;
        foreach (var cut in cuts.Where(c => begin is null || c > begin))
        {
            yield return Rule(begin, cut.PlusDays(-1));
            begin = cut;
        }

        yield return Rule(begin, null);

        AuditedRule Rule(LocalDate? first, LocalDate? last) =>
            new(kind, numbers(random).Where(n => n.Item2 is not null).ToDictionary(n => n.Item1, n => n.Item2!.Value)) { From = first, To = last };
    }

    private static (string, double?)[] Night(Random random) =>
        [("nightFromHour", Any(random, 22, 23, 0)), ("nightToHour", Any(random, 5, 6, 7)), ("minimumNightHours", Maybe(random, random.Next(1, 5)))];

    private static double? Maybe(Random random, double value) => random.Next(2) == 0 ? value : null;

    private static double Any(Random random, params double[] values) => values[random.Next(values.Length)];
}
