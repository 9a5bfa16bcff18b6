using System.Data;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
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
        group.MapGet("/me", Me).WithName("GetMe").WithSummary("Says who calls, and what that key may do.").Requires(Permission.ReadSelf);
        group.MapGet("/api-keys", List).WithName("ListApiKeys").WithSummary("Lists keys, newest first, revoked ones too.").Requires(Permission.ManageKeys);
        group.MapGet("/api-keys/{id:guid}", Get).WithName("GetApiKey").WithSummary("Reads what is stored of a key.").Requires(Permission.ManageKeys);
        group.MapPost("/api-keys", Create).WithName("CreateApiKey").WithSummary("Makes a key; the answer is the only place that shows it.")
            .Requires(Permission.ManageKeys).WithMetadata(new AnswerHoldsSecret()).WithExample(Manager);
        group.MapDelete("/api-keys/{id:guid}", Revoke).WithName("RevokeApiKey")
            .WithSummary("Revokes a key at once, unless it is the last that can manage keys.").Requires(Permission.ManageKeys).WithMetadata(new NoIfMatch());
    }

    private static Ok<MeResponse> Me(ClaimsPrincipal user)
    {
        var role = user.FindFirstValue(ClaimTypes.Role) ?? "";
        return TypedResults.Ok(new MeResponse(
            Guid.Parse(user.FindFirstValue(ApiKeyAuthentication.KeyId)!), user.KeyName(), role, user.HubScope() ?? [], Roles.PermissionsOf(role)));
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

        if (user.HubScope() is not null)
        {
            var mine = (await keys.OrderByDescending(k => k.Id).ToListAsync(cancellationToken)).Where(k => IsWithin(k.Hubs, user)).Take(take + 1).ToList();
            return TypedResults.Ok(mine.ToPage(take, k => k.Id.ToString(), ApiKeyResponse.From));
        }

        var page = await keys.OrderByDescending(k => k.Id).Take(take + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(page.ToPage(take, k => k.Id.ToString(), ApiKeyResponse.From));
    }

    /// <param name="id">Id of the key.</param>
    private static async Task<Ok<ApiKeyResponse>> Get(
        Guid id, WfmDbContext db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        var key = await Find(id, db, user, cancellationToken);
        response.Headers.ETag = ETags.Of(key.Id, key.RevokedAt is null ? 1 : 2);
        return TypedResults.Ok(ApiKeyResponse.From(key));
    }

    private static async Task<Created<ApiKeyCreatedResponse>> Create(
        ApiKeyRequest request, WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpResponse response, Findings findings,
        CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        await Check(request, now, db, user, findings, cancellationToken);
        var (key, row) = ApiKeys.Create(request.Name, request.Role, request.Hubs, now, request.ExpiresAt);
        db.ApiKeys.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        response.Headers.ETag = ETags.Of(row.Id, 1);
        return TypedResults.Created($"/api/v1/api-keys/{row.Id}", new ApiKeyCreatedResponse(key, ApiKeyResponse.From(row)));
    }

    /// <param name="id">Id of the key.</param>
    private static async Task<NoContent> Revoke(Guid id, WfmDbContext db, IClock clock, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        // Two admins who revoke each other: one stays.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var key = await Find(id, db, user, cancellationToken);
        var others = await db.ApiKeys.AsNoTracking()
            .Where(k => k.Id != id && k.Role == Roles.Admin && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now))
            .ToListAsync(cancellationToken);
        if (key is { Role: Roles.Admin, Hubs.Count: 0 } && !others.Exists(k => k.Hubs.Count == 0))
        {
            throw ProblemException.Conflict(
                $"Key '{key.Prefix}…' is the last admin key for all hubs; without it nobody could make keys. Make another one first.");
        }

        await db.ApiKeys.Where(k => k.Id == id && k.RevokedAt == null).ExecuteUpdateAsync(k => k.SetProperty(x => x.RevokedAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<ApiKey> Find(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var key =
            await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("API key", id.ToString());
        return IsWithin(key.Hubs, user) ? key
            : throw new ProblemException(StatusCodes.Status403Forbidden, "A key that is limited to hubs sees and revokes only keys limited to the same hubs.");
    }

    private static async Task Check(
        ApiKeyRequest request, Instant now, WfmDbContext db, ClaimsPrincipal user, Findings findings, CancellationToken cancellationToken)
    {
        findings.Require(Roles.All.Contains(request.Role), "/role", request.Role, $"'{request.Role}' is not one of {string.Join(", ", Roles.All.Order())}.");
        findings.Require(request.ExpiresAt is null || request.ExpiresAt > now, "/expiresAt", request.ExpiresAt, $"{request.ExpiresAt} is past.");
        findings.Require(request.Role != Roles.HubManager || request.Hubs.Count > 0, "/hubs", null, "A hub-manager needs at least one hub.");
        var known = await db.Hubs.Where(h => request.Hubs.Contains(h.Code)).Select(h => h.Code).ToListAsync(cancellationToken);
        ReferenceLists.CheckKnown(findings, "/hubs", request.Hubs, known, "hub");
        findings.ThrowIfAny();
        if (!IsWithin(request.Hubs, user))
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, "A key that is limited to hubs makes only keys limited to the same hubs.");
        }
    }

    /// <summary>True when a key with these hubs can do nothing that the caller cannot.</summary>
    private static bool IsWithin(List<string> hubs, ClaimsPrincipal user) =>
        user.HubScope() is not { } mine || (hubs.Count > 0 && hubs.TrueForAll(mine.Contains));
}
