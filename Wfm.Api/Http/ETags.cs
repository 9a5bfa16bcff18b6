using Microsoft.Net.Http.Headers;
using Wfm.Api.Persistence;

namespace Wfm.Api.Http;

/// <summary>ETag and If-Match over the version column of mutable resources.</summary>
internal static class ETags
{
    public static string Of(int version) => $"\"{version}\"";

    /// <summary>Tells versions of a resource apart, and two resources that had the same code one after the other.</summary>
    public static string Of(VersionedEntity entity) => Of(entity.Id, entity.Version);

    public static string Of(Guid id, int version) => $"\"{id.ToString("N")[^8..]}.{version}\"";

    public static void SetETag(this HttpResponse response, int version) => response.Headers.ETag = Of(version);

    public static void SetETag(this HttpResponse response, VersionedEntity entity) => response.Headers.ETag = Of(entity);

    /// <summary>428 without If-Match, 412 with a stale one. <c>*</c> matches any version.</summary>
    public static void CheckIfMatch(this HttpRequest request, int version) => request.CheckIfMatch(Of(version));

    /// <inheritdoc cref="CheckIfMatch(HttpRequest, int)"/>
    public static void CheckIfMatch(this HttpRequest request, VersionedEntity entity) => request.CheckIfMatch(Of(entity));

    /// <inheritdoc cref="CheckIfMatch(HttpRequest, int)"/>
    public static void CheckIfMatch(this HttpRequest request, string current)
    {
        var match = request.Headers.IfMatch;
        if (match.Count == 0 || string.IsNullOrWhiteSpace(match.ToString()))
        {
            throw new ProblemException(StatusCodes.Status428PreconditionRequired, "A change needs If-Match with the ETag of the version it changes.");
        }

        if (!EntityTagHeaderValue.TryParseList(match, out var tags))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, $"If-Match is {match}; an ETag in double quotes is needed, such as {current}.");
        }

        if (!tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || (!t.IsWeak && t.Tag == current)))
        {
            throw new ProblemException(
                StatusCodes.Status412PreconditionFailed, $"If-Match is {match}, the current version is {current}; read it again and repeat the change.");
        }
    }

    /// <summary>Counts the version up; the concurrency token catches two writers between read and write.</summary>
    public static void Touch(this VersionedEntity entity, NodaTime.Instant now)
    {
        entity.Version++;
        entity.UpdatedAt = now;
    }

    /// <summary>Answers 304 to a GET whose If-None-Match has the ETag the handler set.</summary>
    public static RouteGroupBuilder WithNotModified(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(async (context, next) =>
        {
            var result = await next(context);
            var http = context.HttpContext;
            return HttpMethods.IsGet(http.Request.Method) && http.Response.Headers.ETag.ToString() is { Length: > 0 } current
                && EntityTagHeaderValue.TryParseList(http.Request.Headers.IfNoneMatch, out var tags)
                && tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Tag == current)
                ? Results.StatusCode(StatusCodes.Status304NotModified)
                : result;
        });
        return group;
    }
}
