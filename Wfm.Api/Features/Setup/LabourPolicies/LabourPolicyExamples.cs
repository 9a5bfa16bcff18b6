using NodaTime;

namespace Wfm.Api.Features.Setup.LabourPolicies;

/// <summary>Bodies shown in the OpenAPI document; they work on the sample operation.</summary>
internal static class LabourPolicyExamples
{
    public static readonly (string Name, string Value)[] Path = [("code", "ie-working-time-act"), ("validFrom", "1998-03-01")];

    private static readonly LocalDate Read = new(2026, 11, 1);

    public static readonly LabourPolicyRequest Ireland = new()
    {
        Code = "ie-working-time-act",
        Name = "Ireland: Organisation of Working Time Act 1997",
        Country = "IE",
        ValidFrom = new LocalDate(1998, 3, 1),
        Rules =
        [
            new(
                "minimumDailyRest", new Dictionary<string, double> { ["hours"] = 11 }, "At least 11 consecutive hours of rest in each period of 24 hours.",
                "Ireland, Organisation of Working Time Act 1997, section 11", Read),
            new(
                "maximumAverageWeeklyHours", new Dictionary<string, double> { ["hours"] = 48, ["weeks"] = 17 },
                "On average at most 48 hours a week over four months.", "Ireland, Organisation of Working Time Act 1997, section 15", Read),
        ],
    };

    public static readonly LabourPolicyRequest House = new()
    {
        Code = "house-wellbeing",
        Name = "House rules for work on severe content",
        Note = "Applies beside the law where the hub has no stricter rule.",
        ValidFrom = new LocalDate(2027, 1, 1),
        Rules =
        [
            new(
                "maximumExposure", new Dictionary<string, double> { ["minutes"] = 240, ["days"] = 1, ["minimumExposureClass"] = 4 },
                "At most four hours a day on the most severe content.", "Wellbeing board", Read),
        ],
    };
}
