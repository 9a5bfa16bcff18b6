using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Hosting;

/// <summary>Replays the first answer to a POST that comes again with the same Idempotency-Key.</summary>
/// <remarks>
/// The row is written before the handler runs, so of two equal requests at once the second answers 409 and is retried. Answers of 5xx are
/// forgotten, a retry then runs again. Bodies over one megabyte (bulk imports) are known by their declared length instead of their hash; imports
/// are idempotent by content anyway.
/// </remarks>
internal sealed class Idempotency(RequestDelegate next)
{
    public const string Header = "Idempotency-Key";
    private const int MaximumHashed = 1 << 20;

    public async Task Invoke(HttpContext context, WfmDbContext db, IClock clock)
    {
        var key = context.Request.Headers[Header].ToString();
        if (!HttpMethods.IsPost(context.Request.Method) || key.Length == 0 || !Guid.TryParse(context.User.FindFirstValue(ApiKeyAuthentication.KeyId), out var apiKey))
        {
            await next(context);
            return;
        }

        if (key.Length > 200)
        {
            throw ProblemException.Semantic(Header, "An Idempotency-Key has at most 200 characters.");
        }

        var hash = await HashOf(context.Request, context.RequestAborted);
        var earlier = await db.IdempotencyRecords.AsNoTracking().SingleOrDefaultAsync(r => r.ApiKeyId == apiKey && r.Key == key, context.RequestAborted);
        if (earlier is null)
        {
            var record = new IdempotencyRecord { Key = key, ApiKeyId = apiKey, RequestHash = hash, CreatedAt = clock.GetCurrentInstant() };
            db.IdempotencyRecords.Add(record);
            try
            {
                await db.SaveChangesAsync(context.RequestAborted);
            }
            catch (DbUpdateException)
            {
                throw ProblemException.Conflict("The same Idempotency-Key is being worked on right now; repeat the request in a moment.");
            }

            db.ChangeTracker.Clear();
            await RunAndRecord(context, db, record.Id);
            return;
        }

        if (earlier.RequestHash != hash)
        {
            throw ProblemException.Semantic(Header, "This Idempotency-Key was used for another request; use a new key.");
        }

        await Replay(context, earlier);
    }

    private async Task RunAndRecord(HttpContext context, WfmDbContext db, Guid recordId)
    {
        var original = context.Response.Body;
        await using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        var finished = false;
        try
        {
            await next(context);
            finished = context.Response.StatusCode < 500;
        }
        finally
        {
            context.Response.Body = original;
            if (!finished)
            {
                await db.IdempotencyRecords.Where(r => r.Id == recordId).ExecuteDeleteAsync(CancellationToken.None);
            }
        }

        if (finished)
        {
            var (status, type, location, body) = (context.Response.StatusCode, context.Response.ContentType, context.Response.Headers.Location.ToString(), buffer.ToArray());
            await db.IdempotencyRecords.Where(r => r.Id == recordId).ExecuteUpdateAsync(
                r => r.SetProperty(x => x.Status, status).SetProperty(x => x.ContentType, type).SetProperty(x => x.Location, location).SetProperty(x => x.Body, body),
                CancellationToken.None);
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(original, context.RequestAborted);
    }

    private static async Task Replay(HttpContext context, IdempotencyRecord earlier)
    {
        if (earlier.Status is not { } status)
        {
            throw ProblemException.Conflict("The same Idempotency-Key is being worked on right now; repeat the request in a moment.");
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = earlier.ContentType;
        context.Response.Headers["Idempotency-Replayed"] = "true";
        if (!string.IsNullOrEmpty(earlier.Location))
        {
            context.Response.Headers.Location = earlier.Location;
        }

        await context.Response.Body.WriteAsync(earlier.Body, context.RequestAborted);
    }

    private static async Task<string> HashOf(HttpRequest request, CancellationToken cancellationToken)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        if (request.ContentLength is null or > MaximumHashed)
        {
            sha.AppendData(BitConverter.GetBytes(request.ContentLength ?? -1));
        }
        else
        {
            request.EnableBuffering();
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellationToken);
            request.Body.Position = 0;
            sha.AppendData(body.GetBuffer().AsSpan(0, (int)body.Length));
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }
}
