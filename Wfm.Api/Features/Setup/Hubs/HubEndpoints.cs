using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.Hubs;

internal sealed class HubEndpoints() : SetupResource<Hub, HubRequest, HubResponse>("hub")
{
    protected override SetupSummaries Summaries => new(
        Replace: "Replaces a hub; the next night runs at its new time.",
        Delete: "Deletes a hub that nothing refers to.");

    protected override (HubRequest New, HubRequest Known) Examples => (HubExamples.Lisbon, HubExamples.Dublin);

    protected override Delegate Listing => List;

    protected override string HubOf(HubRequest request) => request.Code;

    protected override string HubOf(Hub entity) => entity.Code;

    protected override HubResponse Answer(Hub entity) => HubResponse.From(entity);

    protected override Hub Make(HubRequest request) =>
        new()
        {
            Code = request.Code,
            Name = request.Name,
            TimeZone = request.TimeZone,
            Country = request.Country,
        };

    protected override async Task<Action<Hub>> Check(HubRequest request, Hub? current, SetupCall call, Findings findings)
    {
        findings.Require(
            DateTimeZoneProviders.Tzdb.Ids.Contains(request.TimeZone), "/timeZone", request.TimeZone,
            $"'{request.TimeZone}' is not an IANA time zone such as Europe/Dublin.");
        await CheckPolicy(request.LabourPolicy, "/labourPolicy", call, findings);
        await CheckPolicy(request.WellbeingPolicy, "/wellbeingPolicy", call, findings);
        findings.Require(
            request.NightlyAt == new LocalTime(request.NightlyAt.Hour, request.NightlyAt.Minute), "/nightlyAt", request.NightlyAt,
            "The nightly chain starts at a whole minute.");
        WeeklyWindows.Check(findings, "/openingHours", request.OpeningHours);
        Shrinkage(findings, request.PlannedShrinkage, "/plannedShrinkage");
        Shrinkage(findings, request.UnplannedShrinkage, "/unplannedShrinkage");
        return hub => Apply(request, hub);
    }

    /// <param name="country">Only hubs of this country, ISO 3166-1 alpha-2.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static Task<Ok<Page<HubResponse>>> List(SetupCall call, string? country = null, int? limit = null, string? after = null) =>
        PageOf(call.Db.Hubs.Where(h => country == null || h.Country == country), limit, after, HubResponse.From, call.Cancelled);

    private static void Apply(HubRequest request, Hub hub)
    {
        hub.Name = request.Name;
        hub.TimeZone = request.TimeZone;
        hub.Country = request.Country;
        hub.LabourPolicy = request.LabourPolicy;
        hub.WellbeingPolicy = request.WellbeingPolicy;
        hub.Seats = request.Seats;
        hub.OpeningHours = request.OpeningHours;
        hub.PlannedShrinkage = request.PlannedShrinkage;
        hub.UnplannedShrinkage = request.UnplannedShrinkage;
        hub.NightlyAt = request.NightlyAt;
        hub.RosterGoals = request.RosterGoals;
    }

    private static async Task CheckPolicy(string? code, string field, SetupCall call, Findings findings) => findings.Require(
        code is null || await call.Db.LabourPolicies.AnyAsync(p => p.Code == code, call.Cancelled), field, code, $"There is no labour policy '{code}'.");

    private static void Shrinkage(Findings findings, double value, string field) =>
        findings.Require(value is >= 0 and < 1, field, value, $"A fraction of at least 0 and below 1 is needed, {value} is not: with 1 nobody ever works.");
}
