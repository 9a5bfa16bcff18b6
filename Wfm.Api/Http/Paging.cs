using System.Text;

namespace Wfm.Api.Http;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in the order of the list.</param>
/// <param name="Next">Goes back as <c>after</c> for the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Cursors and limits of lists: never an unbounded answer.</summary>
internal static class Paging
{
    public const int DefaultLimit = 100;
    public const int MaximumLimit = 1000;

    /// <summary>The limit to use. 422 outside 1 … 1000.</summary>
    public static int Limit(int? limit) => limit switch
    {
        null => DefaultLimit,
        >= 1 and <= MaximumLimit => limit.Value,
        _ => throw ProblemException.Semantic("limit", $"limit must be between 1 and {MaximumLimit}, it is {limit}."),
    };

    /// <summary>An opaque cursor of a sort key.</summary>
    public static string Cursor(string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes(key)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>The sort key of a cursor; null for none. 422 when it was not made here.</summary>
    public static string? Key(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return null;
        }

        try
        {
            if (cursor.Length > 400)
            {
                throw new FormatException();
            }

            var base64 = cursor.Replace('-', '+').Replace('_', '/');
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));
        }
        catch (FormatException)
        {
            throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{cursor}' is not.");
        }
    }

    /// <summary>The id of a cursor over ids; null for none. 422 when it was not made here.</summary>
    public static Guid? Id(string? cursor) => Key(cursor) is not { } key ? null : Guid.TryParse(key, out var id) ? id
        : throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{cursor}' is not.");

    /// <summary>A page of items already fetched with one more than the limit.</summary>
    public static Page<TOut> ToPage<TIn, TOut>(this IReadOnlyList<TIn> fetched, int limit, Func<TIn, string> key, Func<TIn, TOut> map) =>
        new([.. fetched.Take(limit).Select(map)], fetched.Count > limit ? Cursor(key(fetched[limit - 1])) : null);
}
