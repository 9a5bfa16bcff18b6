using NodaTime;
using Wfm.Api.Features.Setup.Hubs;

namespace Wfm.Api.Features.Setup.Agents;

/// <summary>Bodies shown in the OpenAPI document; they work on the sample operation.</summary>
internal static class AgentExamples
{
    public static readonly AgentRequest New = new()
    {
        Code = "dub-901",
        Name = "Robin Example",
        Hub = "dub",
        Contract = "dub-part",
        Skills = [new("live-en", 0.9), new("policy-en", 0.75)],
        Availability = [.. Enumerable.Range(1, 5).Select(day => new OpeningWindow((IsoDayOfWeek)day, new LocalTime(8, 0), new LocalTime(23, 0)))],
        OptOutGroups = ["child-safety"],
        PreferredTemplates = ["dub-day"],
        PreferredDaysOff = [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday],
    };

    public static readonly AgentRequest Known = New with { Code = "dub-001", Name = "Sam Example", Contract = "dub-full", Availability = [] };
}
