using NodaTime;

namespace Wfm.Api.Features.Setup.Hubs;

/// <summary>Bodies shown in the OpenAPI document; they work on the sample operation.</summary>
internal static class HubExamples
{
    public static readonly HubRequest Lisbon = new()
    {
        Code = "lis",
        Name = "Lisbon",
        TimeZone = "Europe/Lisbon",
        Country = "PT",
        LabourPolicy = "ie-working-time-act",
        Seats = 40,
        OpeningHours = [.. Enumerable.Range(1, 5).Select(day => new OpeningWindow((IsoDayOfWeek)day, new LocalTime(7, 0), new LocalTime(23, 0)))],
        PlannedShrinkage = 0.1,
        UnplannedShrinkage = 0.08,
    };

    public static readonly HubRequest Dublin = new()
    {
        Code = "dub",
        Name = "Dublin",
        TimeZone = "Europe/Dublin",
        Country = "IE",
        LabourPolicy = "ie-working-time-act",
        Seats = 95,
        PlannedShrinkage = 0.1,
        UnplannedShrinkage = 0.08,
        NightlyAt = new LocalTime(2, 30),
    };
}
