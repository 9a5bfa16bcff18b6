using System.Data;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Idempotency;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Platform.Keys;

internal static class ApiKeyEndpoints
{
    private static readonly ApiKeyRequest Manager = new() { Name = "Dublin hub manager", Role = Roles.HubManager, Hubs = ["dub"] };

    public static void MapApiKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1").WithTags("API keys");
        group.MapGet("/api-keys", List).WithName("ListApiKeys").WithSummary("Lists keys, newest first, revoked ones too.").Requires(Permission.ManageKeys);
        group.MapGet("/api-keys/{id:guid}", Get).WithName("GetApiKey").WithSummary("Reads what is stored of a key.").Requires(Permission.ManageKeys);
        group.MapPost("/api-keys", Create).WithName("CreateApiKey").WithSummary("Makes a key; the answer is the only place that shows it.")
            .Requires(Permission.ManageKeys).WithMetadata(new AnswerHoldsSecret()).WithExample(Manager);
        group.MapDelete("/api-keys/{id:guid}", Revoke).WithName("RevokeApiKey")
            .WithSummary("Revokes a key at once, unless it is the last that can manage keys.").Requires(Permission.ManageKeys).WithMetadata(new NoIfMatch());
    }

    /// <param name="active">Only keys that work, or only those revoked or expired.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<ApiKeyResponse>>> List(
        WfmDbContext db, IClock clock, ClaimsPrincipal user, CancellationToken cancellationToken, bool? active = null, int? limit = null, string? after = null)
    {
        var (take, now) = (Paging.Limit(limit), clock.GetCurrentInstant());
        var keys = db.ApiKeys.AsNoTracking();
        if (active is { } working)
        {
            keys = keys.Where(k => (k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now)) == working);
        }

        if (Paging.Key(after) is { } key)
        {
            var last = Guid.TryParse(key, out var id)
                ? id
                : throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{after}' is not.");
            keys = keys.Where(k => k.Id < last);
        }

        List<ApiKey> page;
        KeyHolders holders;
        if (user.HubScope() is null)
        {
            page = await keys.OrderByDescending(k => k.Id).Take(take + 1).ToListAsync(cancellationToken);
            holders = await KeyHolders.Of(db, page, cancellationToken);
        }
        else
        {
            var all = await keys.OrderByDescending(k => k.Id).ToListAsync(cancellationToken); // hubs are JSON in the store, so they are looked at here
            holders = await KeyHolders.Of(db, all, cancellationToken);
            page = [.. all.Where(k => holders.AreWithin(k, user)).Take(take + 1)];
        }

        return TypedResults.Ok(page.ToPage(take, k => k.Id.ToString(), k => ApiKeyResponse.From(k, holders.CodeOf(k))));
    }

    /// <param name="id">Id of the key.</param>
    private static async Task<Ok<ApiKeyResponse>> Get(
        Guid id, WfmDbContext db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        var (key, agent) = await Find(id, db, user, cancellationToken);
        response.Headers.ETag = ETags.Of(key.Id, key.RevokedAt is null ? 1 : 2);
        return TypedResults.Ok(ApiKeyResponse.From(key, agent));
    }

    private static async Task<Created<ApiKeyCreatedResponse>> Create(
        ApiKeyRequest request, WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpResponse response, Findings findings, AccessLog log,
        CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        // A role that is deleted between the look and the write: one of the two is told to repeat.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var person = await Check(request, now, db, user, findings, cancellationToken);
        var (key, row) = ApiKeys.Create(request.Name, request.Role, request.Hubs, now, request.ExpiresAt, person?.Id, user.KeyName());
        db.ApiKeys.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        log.KeyMade(row.Id, row.Role, user.KeyId());
        response.Headers.ETag = ETags.Of(row.Id, 1);
        return TypedResults.Created($"/api/v1/api-keys/{row.Id}", new ApiKeyCreatedResponse(key, ApiKeyResponse.From(row, person?.Code)));
    }

    /// <param name="id">Id of the key.</param>
    private static async Task<NoContent> Revoke(
        Guid id, WfmDbContext db, IClock clock, ClaimsPrincipal user, AccessLog log, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        // Two admins who revoke each other: one stays.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var (key, _) = await Find(id, db, user, cancellationToken);
        if (key.WorksAt(now))
        {
            Escalation.Refuse(user, $"Role '{key.Role}'", await db.PermissionsOf(key.Role, cancellationToken) ?? []);
        }

        var others = await db.ApiKeys.AsNoTracking()
            .Where(k => k.Id != id && k.Role == Roles.Admin && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now))
            .ToListAsync(cancellationToken);
        if (key is { Role: Roles.Admin, Hubs.Count: 0 } && !others.Exists(k => k.Hubs.Count == 0))
        {
            throw ProblemException.Conflict(
                $"Key '{key.Prefix}…' is the last admin key for all hubs; without it nobody could make keys. Make another one first.");
        }

        var by = user.KeyName();
        var revoked = await db.ApiKeys.Where(k => k.Id == id && k.RevokedAt == null)
            .ExecuteUpdateAsync(k => k.SetProperty(x => x.RevokedAt, now).SetProperty(x => x.RevokedBy, by), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (revoked > 0)
        {
            log.KeyRevoked(id, key.Role, user.KeyId());
        }

        return TypedResults.NoContent();
    }

    private static async Task<(ApiKey Key, string? Agent)> Find(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var key =
            await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("API key", id.ToString());
        var holders = await KeyHolders.Of(db, [key], cancellationToken);
        return holders.AreWithin(key, user) ? (key, holders.CodeOf(key))
            : throw new ProblemException(StatusCodes.Status403Forbidden, "A key that is limited to hubs sees and revokes only keys limited to the same hubs.");
    }

    /// <returns>The person whom the key is to be bound to; null for none.</returns>
    private static async Task<Agent?> Check(
        ApiKeyRequest request, Instant now, WfmDbContext db, ClaimsPrincipal user, Findings findings, CancellationToken cancellationToken)
    {
        var granted = await db.PermissionsOf(request.Role, cancellationToken);
        if (granted is null)
        {
            var own = await db.CustomRoles.Select(r => r.Code).ToListAsync(cancellationToken);
            var known = string.Join(", ", Roles.All.Concat(own).Order(StringComparer.Ordinal));
            findings.Add("/role", request.Role, $"'{request.Role}' is not one of {known}.");
        }

        findings.Require(request.ExpiresAt is null || request.ExpiresAt > now, "/expiresAt", request.ExpiresAt, $"{request.ExpiresAt} is past.");
        findings.Require(request.Role != Roles.HubManager || request.Hubs.Count > 0, "/hubs", null, "A hub-manager needs at least one hub.");
        findings.Require(
            request.Role != Roles.Agent || request.Hubs.Count == 0, "/hubs", null,
            "A key of role agent touches one person and no hub; leave hubs out.");
        var hubs = await db.Hubs.Where(h => request.Hubs.Contains(h.Code)).Select(h => h.Code).ToListAsync(cancellationToken);
        ReferenceLists.CheckKnown(findings, "/hubs", request.Hubs, hubs, "hub");
        var person = await Person(request, granted, db, findings, cancellationToken);
        findings.ThrowIfAny();
        if (request.Role != Roles.Agent && !KeyHolders.AreWithin(request.Hubs, user))
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, "A key that is limited to hubs makes only keys limited to the same hubs.");
        }

        if (person is not null)
        {
            user.DemandHub(person.Hub!.Code);
        }

        Escalation.Refuse(user, $"Role '{request.Role}'", granted!);
        return person;
    }

    private static async Task<Agent?> Person(
        ApiKeyRequest request, IReadOnlyList<Permission>? granted, WfmDbContext db, Findings findings, CancellationToken cancellationToken)
    {
        if (request.Agent is null)
        {
            findings.Require(request.Role != Roles.Agent, "/agent", null, "A key of role agent is bound to one person; give the code of the agent.");
            return null;
        }

        var person = await db.Agents.AsNoTracking().Include(a => a.Hub).SingleOrDefaultAsync(a => a.Code == request.Agent, cancellationToken);
        findings.Require(person is not null, "/agent", request.Agent, $"There is no agent '{request.Agent}'.");
        findings.Require(
            person?.Active != false, "/agent", request.Agent, $"Agent '{request.Agent}' is not active; a key bound to such a person does nothing.");
        findings.Require(
            granted?.Contains(Permission.UseMe) != false, "/agent", request.Agent,
            $"Role '{request.Role}' does not hold {Escalation.NameOf(Permission.UseMe)}, so its keys are bound to nobody; leave agent out.");
        return person;
    }
}
