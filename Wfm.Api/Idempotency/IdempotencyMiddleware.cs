using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Idempotency;

/// <summary>Marks an endpoint whose answer holds a secret: a repeat is told so instead of being given the secret from the store.</summary>
internal sealed record AnswerHoldsSecret;

/// <summary>Replays the first answer to a POST that comes again with the same Idempotency-Key.</summary>
/// <remarks>
/// The row is written before the handler runs, so of two requests at once the second answers 409 and is retried. The body is hashed while the handler
/// reads it, so nothing of it is kept here, however large it is unpacked. Only successes are
/// kept: an error changed nothing, a retry runs again. A row whose answer never came (its process was killed) may be taken over after ten
/// minutes; handlers refuse to create the same code twice, so that running twice is harmless.
/// </remarks>
internal sealed class IdempotencyMiddleware(RequestDelegate next)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    public static readonly Duration TakenOverAfter = Duration.FromMinutes(10);

    public async Task Invoke(HttpContext context, WfmDbContext db, IClock clock)
    {
        var key = context.Request.Headers[Header].ToString();
        if (
            !HttpMethods.IsPost(context.Request.Method)
            || key.Length == 0
            || !Guid.TryParse(context.User.FindFirstValue(ApiKeyAuthentication.KeyId), out var apiKey))
        {
            await next(context);
            return;
        }

        if (key.Length > 200)
        {
            throw ProblemException.Semantic(Header, $"An Idempotency-Key has at most 200 characters, this one has {key.Length}.");
        }

        var earlier = await db.IdempotencyRecords.AsNoTracking().SingleOrDefaultAsync(r => r.ApiKeyId == apiKey && r.Key == key, context.RequestAborted);
        if (earlier is { Status: not null })
        {
            if (earlier.RequestHash != await HashOf(context.Request, context.RequestAborted))
            {
                throw ProblemException.Semantic(Header, "This Idempotency-Key was used for another request; use a new key.");
            }

            await Replay(context, earlier);
            return;
        }

        var now = clock.GetCurrentInstant();
        var recordId = earlier is null
            ? await Begin(db, key, apiKey, now, context.RequestAborted)
            : await TakeOver(db, earlier, now, context.RequestAborted);
        await RunAndRecord(
            context, db, recordId ?? throw ProblemException.Conflict("The same Idempotency-Key is being worked on right now; repeat the request in a moment."));
    }

    private static async Task<Guid?> Begin(WfmDbContext db, string key, Guid apiKey, Instant now, CancellationToken cancellationToken)
    {
        var record = new IdempotencyRecord { Key = key, ApiKeyId = apiKey, CreatedAt = now };
        db.IdempotencyRecords.Add(record);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (StoreConflicts.IsDuplicate(e))
        {
            db.ChangeTracker.Clear();
            return null;
        }

        db.ChangeTracker.Clear();
        return record.Id;
    }

    private static async Task<Guid?> TakeOver(WfmDbContext db, IdempotencyRecord earlier, Instant now, CancellationToken cancellationToken)
    {
        var dead = now - TakenOverAfter;
        var taken = await db.IdempotencyRecords.Where(r => r.Id == earlier.Id && r.Status == null && r.CreatedAt < dead)
            .ExecuteUpdateAsync(r => r.SetProperty(x => x.CreatedAt, now), cancellationToken); // one statement, so that of two repeats one gets it
        return taken == 1 ? earlier.Id : null;
    }

    private async Task RunAndRecord(HttpContext context, WfmDbContext db, Guid recordId)
    {
        var original = context.Response.Body;
        await using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        using var read = HashedBody.Of(context.Request);
        context.Request.Body = read;
        var succeeded = false;
        try
        {
            await next(context);
            await read.CopyToAsync(Stream.Null, context.RequestAborted); // what the handler left unread
            succeeded = context.Response.StatusCode < 400;
        }
        finally
        {
            context.Response.Body = original;
            if (!succeeded)
            {
                await db.IdempotencyRecords.Where(r => r.Id == recordId).ExecuteDeleteAsync(CancellationToken.None);
            }
        }

        if (succeeded)
        {
            await Record(context, db, recordId, read.Hash(), buffer.ToArray());
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(original, context.RequestAborted);
    }

    private static async Task Record(HttpContext context, WfmDbContext db, Guid recordId, string hash, byte[] body)
    {
        var response = context.Response;
        var (status, type, location, etag) = (response.StatusCode, response.ContentType, Header(response.Headers.Location), Header(response.Headers.ETag));
        var kept = context.GetEndpoint()?.Metadata.GetMetadata<AnswerHoldsSecret>() is null ? body : null;
        await db.IdempotencyRecords.Where(r => r.Id == recordId).ExecuteUpdateAsync(
            r => r.SetProperty(x => x.RequestHash, hash).SetProperty(x => x.Status, status).SetProperty(x => x.ContentType, type)
                .SetProperty(x => x.Location, location).SetProperty(x => x.ETag, etag).SetProperty(x => x.Body, kept),
            CancellationToken.None); // the work is done: its answer is kept even when the caller has gone

        static string? Header(Microsoft.Extensions.Primitives.StringValues value) => value.Count == 0 ? null : value.ToString();
    }

    private static async Task Replay(HttpContext context, IdempotencyRecord earlier)
    {
        if (earlier.Body is null)
        {
            throw ProblemException.Conflict($"This was done already{(earlier.Location is { } made ? $", see {made}" : "")}; its answer held a secret and is not shown twice.");
        }

        var response = context.Response;
        response.StatusCode = earlier.Status!.Value;
        response.ContentType = earlier.ContentType;
        response.Headers[ReplayedHeader] = "true";
        if (earlier.Location is not null)
        {
            response.Headers.Location = earlier.Location;
        }

        if (earlier.ETag is not null)
        {
            response.Headers.ETag = earlier.ETag;
        }

        await response.Body.WriteAsync(earlier.Body, context.RequestAborted);
    }

    /// <summary>Hash of method, address, type and the whole body, which is read and not kept.</summary>
    internal static async Task<string> HashOf(HttpRequest request, CancellationToken cancellationToken)
    {
        await using var body = HashedBody.Of(request);
        await body.CopyToAsync(Stream.Null, cancellationToken);
        return body.Hash();
    }
}
