using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.People.Me;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Http;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Wellbeing;

/// <summary>What one is exposed to oneself.</summary>
internal static class MyExposure
{
    public static void MapMyExposure(this IEndpointRouteBuilder routes) => routes.MapGroup("/api/v1/me").WithTags("Me").MapGet("/exposure", Get)
        .WithName("GetMyExposure").WithSummary("What one is planned to be exposed to and was, against each limit in force.").Requires(Permission.UseMe);

    /// <param name="asOf">The local day to which it is told; today when absent.</param>
    private static async Task<Ok<PersonExposureResponse>> Get(MeCall me, ExposureBooks books, QueryDate? asOf = null)
    {
        var person = await me.Db.Agents.AsNoTracking().Include(a => a.Contract).Include(a => a.TimeOff).AsSplitQuery()
            .SingleAsync(a => a.Id == me.Person.Id, me.Cancelled);
        return TypedResults.Ok((await books.Of(me.Hub, [person], asOf?.Value ?? me.Today, me.Cancelled)).Single());
    }
}
