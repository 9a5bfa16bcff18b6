using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Me;

internal static class MeEndpoints
{
    public static void MapMe(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/me").WithTags("Me");
        group.MapGet("/", Get).WithName("GetMe").WithSummary("Says who calls, what that key may do, and whom it is bound to.").Requires(Permission.ReadSelf);
        group.MapMyShifts();
        group.MapMyWishes();
        group.MapMyTimeOff();
    }

    private static async Task<Ok<MeResponse>> Get(ClaimsPrincipal user, WfmDbContext db, IClock clock, CancellationToken cancellationToken) =>
        TypedResults.Ok(await Describe(user, db, clock, cancellationToken));

    /// <summary>Who somebody is, what they may do, and the person they are.</summary>
    internal static async Task<MeResponse> Describe(ClaimsPrincipal user, WfmDbContext db, IClock clock, CancellationToken cancellationToken)
    {
        var person = await MeCall.PersonOf(user, db, cancellationToken);
        var roles = user.FindAll(ClaimTypes.Role).Select(r => r.Value).ToArray();
        return new MeResponse(
            user.KeyId()!.Value, user.KeyName(), roles.FirstOrDefault() ?? "", roles,
            [.. (user.HubScope() ?? []).Where(h => h != ApiKeyAuthentication.NoHub)],
            user.Permissions(), person is null ? null : MePersonResponse.From(person, clock.GetCurrentInstant().InZone(person.Hub!.Zone).Date));
    }
}
