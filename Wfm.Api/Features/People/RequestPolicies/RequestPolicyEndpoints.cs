using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.RequestPolicies;

internal static class RequestPolicyEndpoints
{
    public static void MapRequestPolicies(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/request-policies").WithTags("Swaps");
        group.MapGet("/{code}", Get).WithName("GetRequestPolicy")
            .WithSummary("How a hub decides swaps, open shifts, availability and wishes; what holds while nothing was set, at version 0.")
            .Requires(Permission.ReadPeople).WithExample(path: ("code", "dub"));
        group.MapPut("/{code}", Replace).WithName("ReplaceRequestPolicy")
            .WithSummary("Sets how a hub decides swaps, open shifts, availability and wishes; what is asked already is decided by it too.")
            .Requires(Permission.DecideRequests).WithExample(new RequestPolicyRequest { MinimumNoticeHours = 48 }, ("code", "dub"));
    }

    /// <param name="code">Code of the hub.</param>
    private static async Task<RequestPolicyResponse> Get(
        string code, WfmDbContext db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        var hub = await FindHub(db, code, user, cancellationToken);
        var answer = RequestPolicyResponse.From(await db.PolicyOf(hub.Id, cancellationToken), code);
        response.Headers.ETag = answer.Etag;
        return answer;
    }

    /// <param name="code">Code of the hub.</param>
    private static async Task<RequestPolicyResponse> Replace(
        string code, RequestPolicyRequest request, WfmDbContext db, ClaimsPrincipal user, IClock clock, HttpContext http, CancellationToken cancellationToken)
    {
        var hub = await FindHub(db, code, user, cancellationToken);
        var policy = await db.RequestPolicies.SingleOrDefaultAsync(p => p.HubId == hub.Id, cancellationToken);
        http.Request.CheckIfMatch(ETags.Of(hub.Id, policy?.Version ?? 0));
        if (policy is null)
        {
            db.RequestPolicies.Add(policy = new RequestPolicy { HubId = hub.Id, Data = request });
        }

        policy.Data = request;
        policy.Version++;
        policy.UpdatedAt = clock.GetCurrentInstant();
        await db.SaveChangesAsync(cancellationToken);
        var answer = RequestPolicyResponse.From(policy, code);
        http.Response.Headers.ETag = answer.Etag;
        return answer;
    }

    private static async Task<Hub> FindHub(WfmDbContext db, string code, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var hub = await db.Hubs.AsNoTracking().ByCode("hub", code, cancellationToken);
        user.DemandHub(hub.Code);
        return hub;
    }
}
