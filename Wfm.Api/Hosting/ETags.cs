using Wfm.Api.Persistence;

namespace Wfm.Api.Hosting;

/// <summary>ETag and If-Match over the version column of mutable resources.</summary>
internal static class ETags
{
    public static string Of(int version) => $"\"{version}\"";

    public static void SetETag(this HttpResponse response, int version) => response.Headers.ETag = Of(version);

    /// <summary>428 without If-Match, 412 with a stale one. <c>*</c> matches any version.</summary>
    public static void CheckIfMatch(this HttpRequest request, int version)
    {
        var match = request.Headers.IfMatch.ToString();
        if (match.Length == 0)
        {
            throw new ProblemException(StatusCodes.Status428PreconditionRequired, "A change needs If-Match with the ETag of the version it changes.");
        }

        if (match != "*" && match != Of(version))
        {
            throw new ProblemException(StatusCodes.Status412PreconditionFailed, $"If-Match is {match}, the current version is {Of(version)}; read it again and repeat the change.");
        }
    }

    /// <summary>Counts the version up; the concurrency token catches two writers between read and write.</summary>
    public static void Touch(this VersionedEntity entity, NodaTime.Instant now)
    {
        entity.Version++;
        entity.UpdatedAt = now;
    }
}
