using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Me;

/// <summary>What every handler under <c>/api/v1/me</c> works with: the person whom the key is bound to, and nobody else.</summary>
/// <remarks>A handler that takes one is not reached by a key of nobody, nor by one of somebody who has left: these are answered 403.</remarks>
internal sealed class MeCall
{
    private MeCall(HttpContext http, WfmDbContext db, Agent person, Instant now) => (Http, Db, Person, Now) = (http, db, person, now);

    public HttpContext Http { get; }

    public ClaimsPrincipal User => Http.User;

    public CancellationToken Cancelled => Http.RequestAborted;

    public WfmDbContext Db { get; }

    /// <summary>The person with hub and contract, tracked: what is changed of it is saved.</summary>
    public Agent Person { get; }

    public Hub Hub => Person.Hub!;

    public Instant Now { get; }

    /// <summary>The day at the person's hub.</summary>
    public LocalDate Today => Now.InZone(Hub.Zone).Date;

    /// <summary>How the framework makes one.</summary>
    public static async ValueTask<MeCall?> BindAsync(HttpContext context)
    {
        var db = context.RequestServices.GetRequiredService<WfmDbContext>();
        var now = context.RequestServices.GetRequiredService<IClock>().GetCurrentInstant();
        var person = await PersonOf(context.User, db, context.RequestAborted)
            ?? throw Refused(
                context.User.AgentId() is null ? "This key is bound to nobody; ask for one with agent, the code of a person."
                    : "The person whom this key was bound to was deleted.");
        return person.IsHere(now.InZone(person.Hub!.Zone).Date) ? new MeCall(context, db, person, now)
            : throw Refused($"Agent '{person.Code}' is not active, or has left; a key of that person reads and changes nothing any more.");
    }

    /// <summary>The person whom a key is bound to, whether still here or not; null for nobody.</summary>
    internal static async Task<Agent?> PersonOf(ClaimsPrincipal user, WfmDbContext db, CancellationToken cancellationToken) =>
        user.AgentId() is not { } id ? null
        : await db.Agents.Include(a => a.Hub).Include(a => a.Contract).SingleOrDefaultAsync(a => a.Id == id, cancellationToken);

    private static ProblemException Refused(string detail) => new(StatusCodes.Status403Forbidden, detail);
}

internal static class Presence
{
    /// <summary>True for a person who is rostered and has not left by a day; one who has not begun yet is here, to see the first shifts.</summary>
    public static bool IsHere(this Agent person, LocalDate today) => person.Active && !(person.EmployedTo < today);
}
