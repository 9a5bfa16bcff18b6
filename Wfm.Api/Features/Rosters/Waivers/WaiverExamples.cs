using NodaTime;
using Wfm.Api.OpenApi;

namespace Wfm.Api.Features.Rosters.Waivers;

/// <summary>Bodies shown in the OpenAPI document; they work on the sample operation while a crisis is declared there.</summary>
internal static class WaiverExamples
{
    public static OperationExample New(LocalDate today) => new(
        new CreateWaiverRequest
        {
            Hub = "dub",
            Rule = "maximumConsecutiveDays",
            MaximumAmount = 1,
            Agents = ["dub-001", "dub-002"],
            From = today,
            To = today.PlusDays(13),
            ExpiresAt = today.PlusDays(7).AtMidnight().InUtc().ToInstant(),
            ApprovedBy = "Aoife Byrne, head of operations",
            Reason = "Nobody else reads the reports at the weekend; both have agreed.",
            RestHours = 24,
            RestBy = today.PlusDays(28),
        },
        []);
}
