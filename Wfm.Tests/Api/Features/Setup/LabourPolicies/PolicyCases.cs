using NodaTime;

namespace Wfm.Tests.Api.Features.Setup.LabourPolicies;

/// <summary>One rule of one policy, by a roster that just keeps it (and the whole policy) and one that just breaks it.</summary>
/// <param name="Policy">Code of the policy.</param>
/// <param name="Rule">Kind of the rule; the second of its kind in a policy is <c>kind 2</c>.</param>
/// <param name="Legal">A roster as <see cref="RosterText"/> reads it; day 0 is the Monday the case starts on.</param>
/// <param name="Illegal">The same roster a quarter of an hour, or a day, too far.</param>
internal sealed record PolicyCase(string Policy, string Rule, string Legal, string Illegal)
{
    /// <summary>Monday of the four weeks; all rules are in force then unless told otherwise.</summary>
    public LocalDate Start { get; init; } = new(2026, 3, 2);

    public override string ToString() => $"{Policy}: {Rule}";
}

/// <summary>The cases, written from the statutes and not from the data, so that a wrong number in the data fails.</summary>
internal static class PolicyCases
{
    public static readonly PolicyCase[] All =
    [
        new(
            "sg-employment-act", "minimumDailyRest", "0 14:00-22:45 m18:00-18:45; 1 09:45-18:30 m13:45-14:30",
            "0 14:00-22:45 m18:00-18:45; 1 09:30-18:15 m13:30-14:15"),
        // 18:00 to the midnight after the day off: 30 hours.
        new("sg-employment-act", "minimumWeeklyRest", "0-5 10:15-18:00 m14:00-14:45", "0-5 10:30-18:15 m14:15-15:00"),
        new(
            "sg-employment-act", "maximumDailyHours", "0 17:00-02:00 m20:00-20:45; 1 13:00-23:45 m18:00-18:45",
            "0 17:00-02:15 m20:00-20:45; 1 13:15-24:00 m18:00-18:45"
        ), // by the day from midnight
        new("sg-employment-act", "maximumWeeklyHours", "0-4 09:00-17:45 m13:00-13:45; 5 09:00-13:00", "0-4 09:00-17:45 m13:00-13:45; 5 09:00-13:15"),
        new(
            "sg-employment-act", "maximumAverageWeeklyHours", "0-4,7-11,14-18 09:00-17:45 m13:00-13:45; 5,12,19 09:00-13:00",
            "0-4,7-11,14-18 09:00-17:45 m13:00-13:45; 5,12,19 09:00-13:15"),
        new("sg-employment-act", "breakAfter", "0 09:00-17:45 m15:00-15:45", "0 09:00-17:45 m15:15-16:00"),
        new("sg-employment-act", "maximumConsecutiveDays", "0-5 09:00-15:00", "0-6 09:00-15:00"),
        new(
            "my-employment-act", "minimumDailyRest", "0 14:00-22:30 m18:00-18:30; 1 09:30-18:00 m13:30-14:00",
            "0 14:00-22:30 m18:00-18:30; 1 09:15-17:45 m13:15-13:45"),
        new("my-employment-act", "minimumWeeklyRest", "0-5 10:30-18:00 m14:30-15:00", "0-5 10:45-18:15 m14:45-15:15"),
        new("my-employment-act", "maximumDailyHours", "0 09:00-17:30 m13:00-13:30", "0 09:00-17:45 m13:00-13:30"),
        new(
            "my-employment-act", "maximumWeeklyHours", "0-4 09:00-17:30 m13:00-13:30; 5 09:00-14:00", "0-4 09:00-17:30 m13:00-13:30; 5 09:00-14:45 m12:00-12:30"
        ),
        new("my-employment-act", "maximumSpread", "0 08:00-18:00 m12:00-14:00", "0 08:00-18:15 m12:00-14:15"),
        new("my-employment-act", "breakAfter", "0 09:00-17:30 m14:00-14:30", "0 09:00-17:30 m14:15-14:45"),
        new("my-employment-act", "maximumConsecutiveDays", "0-5 09:00-14:00", "0-6 09:00-14:00"),
        new(
            "ie-working-time-act", "minimumDailyRest", "0 14:00-22:30 m18:00-18:30; 1 09:30-18:00 m13:30-14:00",
            "0 14:00-22:30 m18:00-18:30; 1 09:15-17:45 m13:15-13:45"),
        // 13:00 to the midnight after the day off: 35 hours.
        new("ie-working-time-act", "minimumWeeklyRest", "0-5 05:00-13:00 m09:00-09:30", "0-5 05:15-13:15 m09:15-09:45"),
        new(
            "ie-working-time-act", "maximumAverageWeeklyHours", "0-4,7-11,14-18,21-25 08:00-18:06 m12:00-12:30", "0-4,7-11,14-18,21-25 08:00-18:21 m12:00-12:30"
        ), // five days of 9 h 36 min
        new("ie-working-time-act", "breakAfter", "0 09:00-14:45 b13:30-13:45", "0 09:00-14:45 b13:45-14:00"),
        // The 30 minutes may include the first 15.
        new("ie-working-time-act", "breakAfter 2", "0 09:00-17:30 b13:00-13:15 b15:00-15:15", "0 09:00-17:30 b13:00-13:15"),
        new("ie-working-time-act", "maximumNightHours", "0 22:00-06:30 m02:00-02:30", "0 22:00-06:45 m02:00-02:30"),
        new("ie-working-time-act", "maximumConsecutiveDays", "0-5 09:00-13:00", "0-6 09:00-13:00"),
        new(
            "ie-working-time-act", "maximumWeeklyHours", "0-4 05:00-14:00 m09:00-09:30; 5 05:00-13:00 m09:00-09:30",
            "0-4 05:00-14:00 m09:00-09:30; 5 04:45-13:00 m08:45-09:15"),
        new("br-clt", "minimumDailyRest", "0 13:00-22:00 m17:00-18:00; 1 09:00-18:00 m13:00-14:00", "0 13:00-22:00 m17:00-18:00; 1 08:45-17:45 m12:45-13:45"),
        new("br-clt", "minimumWeeklyRest", "0-5 05:00-13:00 m09:00-10:00", "0-5 05:15-13:15 m09:15-10:15"),
        new("br-clt", "maximumDailyHours", "0 08:00-19:00 m12:00-13:00", "0 08:00-19:15 m12:00-13:00"),
        new("br-clt", "maximumWeeklyHours", "0-4 09:00-18:00 m13:00-14:00; 5 09:00-13:00", "0-4 09:00-18:00 m13:00-14:00; 5 08:45-13:00 b10:00-10:15"),
        new("br-clt", "maximumConsecutiveDays", "0-5 09:00-13:00", "0-6 09:00-13:00"),
        new("br-clt", "breakAfter", "0 09:00-14:00 b13:00-13:15", "0 09:00-14:00 b13:15-13:30"),
        new("br-clt", "breakAfter 2", "0 09:00-18:00 b12:00-12:15 m15:00-16:00", "0 09:00-18:00 b12:00-12:15 m15:15-16:15"),
        new(
            "us-tx-organisation", "minimumDailyRest", "0 14:00-22:30 m18:00-18:30; 1 09:30-18:00 m13:30-14:00",
            "0 14:00-22:30 m18:00-18:30; 1 09:15-17:45 m13:15-13:45"),
        new("us-tx-organisation", "minimumWeeklyRest", "0-5 05:00-13:00 m09:00-09:30", "0-5 05:15-13:15 m09:15-09:45"),
        new("us-tx-organisation", "maximumDailyHours", "0 08:00-18:30 m12:00-12:30", "0 08:00-18:45 m12:00-12:30"),
        new("us-tx-organisation", "maximumWeeklyHours", "0-4 08:00-18:30 m12:00-12:30", "0-4 08:00-18:30 m12:00-12:30; 5 09:00-09:15"),
        new("us-tx-organisation", "breakAfter", "0 09:00-17:30 m15:00-15:30", "0 09:00-17:30 m15:15-15:45"),
        new("us-tx-organisation", "maximumConsecutiveDays", "0-5 08:00-13:00", "0-6 08:00-13:00"),
        new(
            "ph-labor-code", "minimumDailyRest", "0 13:00-22:00 m17:00-18:00; 1 09:00-18:00 m13:00-14:00",
            "0 13:00-22:00 m17:00-18:00; 1 08:45-17:45 m12:45-13:45"),
        new("ph-labor-code", "minimumWeeklyRest", "0-5 15:00-24:00 m19:00-20:00", "0-5 15:15-00:15 m19:15-20:15"), // the sixth shift runs into the day of rest
        new("ph-labor-code", "maximumConsecutiveDays", "0-5 09:00-14:00", "0-6 09:00-14:00"),
        new("ph-labor-code", "maximumDailyHours", "0 09:00-18:00 m13:00-14:00", "0 09:00-18:15 m13:00-14:00"),
        new("ph-labor-code", "maximumWeeklyHours", "0-5 09:00-18:00 m13:00-14:00", "0-4 09:00-18:00 m13:00-14:00; 5 09:00-18:15 m13:00-14:00"),
        new("ph-labor-code", "breakAfter", "0 09:00-18:00 m14:00-15:00", "0 09:00-18:00 m14:15-15:15"),
        new(
            "in-karnataka", "minimumDailyRest", "0 13:00-22:00 m17:00-18:00; 1 09:00-18:00 m13:00-14:00",
            "0 13:00-22:00 m17:00-18:00; 1 08:45-17:45 m12:45-13:45"),
        new("in-karnataka", "minimumWeeklyRest", "0-5 15:00-24:00 m19:00-20:00", "0-5 15:15-00:15 m19:15-20:15"),
        // Before the national Code.
        new("in-karnataka", "maximumDailyHours", "0 08:00-19:00 m12:00-13:00", "0 08:00-19:15 m12:00-13:00") { Start = new(2025, 3, 3) },
        new("in-karnataka", "maximumWeeklyHours", "0-5 09:00-18:00 m13:00-14:00", "0-4 09:00-18:00 m13:00-14:00; 5 09:00-18:15 m13:00-14:00"),
        new("in-karnataka", "maximumSpread", "0 08:00-20:00 m12:00-16:00", "0 08:00-20:15 m12:00-16:15"),
        new("in-karnataka", "breakAfter", "0 09:00-18:00 m14:00-15:00", "0 09:00-18:00 m14:15-15:15"),
        new("in-karnataka", "maximumConsecutiveDays", "0-5 09:00-14:00", "0-6 09:00-14:00"),
        new("in-karnataka", "maximumDailyHours 2", "0 09:00-18:00 m13:00-14:00", "0 09:00-18:15 m13:00-14:00"),
        new("in-karnataka", "minimumDaysOffPerWeek", "0-5 09:00-14:00", "0-6 09:00-14:00"),
        new("org-wellbeing", "maximumContinuousWork", "0 09:00-12:30 b10:45-11:00 E3", "0 09:00-12:45 b11:00-11:15 E3"),
        new("org-wellbeing", "breakAfter", "0 09:00-12:00 b11:00-11:15", "0 09:00-12:00 b11:15-11:30"),
        new("org-wellbeing", "minimumDaysOffPerWeek", "0-5 09:00-11:00", "0-6 09:00-11:00"),
        new(
            "org-wellbeing", "maximumExposure", "0 09:00-13:30 b10:30-10:45 b12:15-12:30 E4", "0 09:00-13:45 b10:30-10:45 b12:15-12:30 E4"),
        new(
            "org-wellbeing", "maximumExposure 2", "0 09:00-14:45 b10:30-10:45 b12:15-12:30 b13:45-14:00 E3",
            "0 09:00-15:00 b10:30-10:45 b12:15-12:30 b13:45-14:00 E3"),
        new(
            "org-wellbeing", "maximumExposure 3", "0-4 09:00-13:30 b10:30-10:45 b12:15-12:30 E4; 7 09:00-13:30 b10:30-10:45 b12:15-12:30 E4",
            "0-5 09:00-13:30 b10:30-10:45 b12:15-12:30 E4"),
    ];
}
