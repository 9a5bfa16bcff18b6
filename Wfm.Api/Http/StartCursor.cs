using NodaTime;
using NodaTime.Text;

namespace Wfm.Api.Http;

/// <summary>Cursor of lists in order of start, then id.</summary>
internal static class StartCursor
{
    public static string Key(Instant start, Guid id) => $"{InstantPattern.ExtendedIso.Format(start)} {id}";

    /// <summary>Where to go on; null for the first page. 422 when it was not made here.</summary>
    public static (Instant Start, Guid Id)? Read(string? after)
    {
        if (Paging.Key(after) is not { } key)
        {
            return null;
        }

        var parts = key.Split(' ');
        return parts.Length == 2 && InstantPattern.ExtendedIso.Parse(parts[0]) is { Success: true } start && Guid.TryParse(parts[1], out var id)
            ? (start.Value, id)
            : throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{after}' is not.");
    }
}
