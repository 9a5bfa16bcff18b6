using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Adherence.Figures;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Adherence.Learning;

internal static class ShrinkageEndpoints
{
    private const int UsualDays = 28;
    private const int Digits = 4;

    public static void MapLearnedShrinkage(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/adherence/shrinkage").WithTags("Adherence");
        group.MapGet("/", Get).WithName("GetLearnedShrinkage").WithSummary(
                "Shrinkage as it was, by reason and by weekday and hour, with sample and spread, beside that of the hub: a proposal for it.")
            .Requires(Permission.ReadPeople).WithExample(path: ("hub", "dub"));
        routes.MapPost("/api/v1/adherence/shrinkage:adopt", Adopt).WithName("AdoptLearnedShrinkage").WithTags("Adherence")
            .WithSummary("Makes the shrinkage of some days that of the hub; the next requirement reads it.").Requires(Permission.WriteSetup)
            .WithMetadata(new NeedsIfMatch()).WithDatedExample(today => new OperationExample(
                new AdoptShrinkageRequest { Hub = "dub", From = today.PlusDays(-UsualDays), To = today.PlusDays(-1) }, []));
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="from">First local day; 27 days before the last when absent.</param>
    /// <param name="to">Last local day, inclusive; yesterday when absent. At most 62 days.</param>
    private static async Task<LearnedShrinkageResponse> Get(
        string hub, WfmDbContext db, ShrinkageBook book, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken, QueryDate? from = null,
        QueryDate? to = null)
    {
        var found = (await db.HubsFor(hub, user, cancellationToken)).Values.Single();
        var yesterday = clock.GetCurrentInstant().InZone(found.Zone).Date.PlusDays(-1);
        var (first, last) = AdherenceEndpoints.Range(from, to, yesterday, UsualDays - 1);
        return await book.Of(found, first, last, cancellationToken);
    }

    private static async Task<LearnedShrinkageResponse> Adopt(
        AdoptShrinkageRequest request, WfmDbContext db, ShrinkageBook book, ClaimsPrincipal user, IClock clock, HttpContext http,
        CancellationToken cancellationToken)
    {
        var hub = await db.HubByCode(request.Hub, user, cancellationToken);
        var (from, to) = (new QueryDate(request.From!.Value), new QueryDate(request.To!.Value));
        var (first, last) = AdherenceEndpoints.Range(from, to, to.Value, 0, "/");
        http.Request.CheckIfMatch(hub);
        var proposal = await book.Of(hub, first, last, cancellationToken);
        if (proposal.WhyNot is not null || proposal.Learned is not { Planned.Value: { } planned, Unplanned.Value: { } unplanned })
        {
            throw ProblemException.Semantic("/from", proposal.WhyNot ?? "No paid time is known on these days.");
        }

        var changed = await db.Hubs.SingleAsync(h => h.Id == hub.Id, cancellationToken);
        http.Request.CheckIfMatch(changed);
        (changed.PlannedShrinkage, changed.UnplannedShrinkage) = (Math.Round(planned, Digits), Math.Round(unplanned, Digits));
        changed.Touch(clock.GetCurrentInstant());
        await db.SaveChangesAsync(cancellationToken);
        http.Response.SetETag(changed);
        return proposal with { CurrentPlanned = changed.PlannedShrinkage, CurrentUnplanned = changed.UnplannedShrinkage, HubEtag = ETags.Of(changed) };
    }
}
