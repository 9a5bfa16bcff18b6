using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using NodaTime;

namespace Wfm.Api.OpenApi;

/// <summary>Makes the OpenAPI document once a day, for its examples are dated, and answers it with an ETag: anybody may ask for it, and making it takes long.
/// </summary>
internal sealed class DocumentCache(RequestDelegate next, IClock clock) : IDisposable
{
    private readonly ConcurrentDictionary<string, Document> _documents = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _making = new(1);

    public async Task Invoke(HttpContext context)
    {
        var path = context.Request.Path.Value!.ToLowerInvariant();
        if (!HttpMethods.IsGet(context.Request.Method) || !path.StartsWith("/swagger/v1/swagger.", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        if (await Find(path, context) is not { } document)
        {
            return; // there is none, and the answer says so
        }

        var response = context.Response;
        response.Headers.ETag = document.ETag;
        response.Headers.CacheControl = "no-cache";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Tag == document.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = document.Type;
        await response.Body.WriteAsync(document.Bytes, context.RequestAborted);
    }

    public void Dispose() => _making.Dispose();

    private async Task<Document?> Find(string path, HttpContext context)
    {
        if (_documents.TryGetValue(path, out var known) && known.Day == clock.Today())
        {
            return known;
        }

        await _making.WaitAsync(context.RequestAborted);
        try
        {
            return _documents.TryGetValue(path, out known) && known.Day == clock.Today() ? known : await Make(path, context);
        }
        finally
        {
            _making.Release();
        }
    }

    private async Task<Document?> Make(string path, HttpContext context)
    {
        var (response, original) = (context.Response, context.Response.Body);
        await using var made = new MemoryStream();
        response.Body = made;
        try
        {
            await next(context);
        }
        finally
        {
            response.Body = original;
        }

        var bytes = made.ToArray();
        if (response.StatusCode != StatusCodes.Status200OK || bytes.Length == 0)
        {
            await original.WriteAsync(bytes, context.RequestAborted);
            return null;
        }

        return _documents[path] = new Document(clock.Today(), bytes, response.ContentType, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
    }

    private sealed record Document(LocalDate Day, byte[] Bytes, string? Type, string ETag);
}
