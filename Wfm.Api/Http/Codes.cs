using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Http;

/// <summary>The form of every code. Capitals are refused, not lowered: two spellings of one code would meet in files of other systems.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class CodeAttribute() : RegularExpressionAttribute(Codes.Pattern)
{
    public override string FormatErrorMessage(string name) => Codes.Reason;
}

/// <summary>Looking things up by their codes.</summary>
internal static class Codes
{
    public const string Pattern = "^[a-z0-9][a-z0-9._-]{0,63}$";
    public const string Reason = "A code has 1 to 64 lower-case letters, digits, '.', '_' or '-' and starts with a letter or digit.";

    /// <summary>The entity with the code. 404 when there is none.</summary>
    public static async Task<T> ByCode<T>(this IQueryable<T> source, string kind, string code, CancellationToken cancellationToken)
        where T : VersionedEntity =>
        await source.SingleOrDefaultAsync(e => e.Code == code, cancellationToken) ?? throw ProblemException.NotFound(kind, code);

    /// <summary>409 when the code is taken.</summary>
    public static async Task MustBeFree<T>(this IQueryable<T> source, string kind, string code, CancellationToken cancellationToken)
        where T : VersionedEntity
    {
        if (await source.AnyAsync(e => e.Code == code, cancellationToken))
        {
            throw ProblemException.Conflict($"There is a {kind} '{code}' already; change it with PUT.");
        }
    }

    /// <summary>422 when a replacement carries another code than its path.</summary>
    public static void MustMatch(string path, string body)
    {
        if (path != body)
        {
            throw ProblemException.Semantic("/code", $"The code cannot change: the path says '{path}', the body '{body}'.");
        }
    }

    /// <summary>409 naming what still refers to the thing; nothing is deleted behind anybody's back.</summary>
    public static void MustBeUnreferenced(string what, params (int Count, string Name)[] references)
    {
        var left = references.Where(r => r.Count > 0).Select(r => $"{r.Count} {r.Name}").ToArray();
        if (left.Length > 0)
        {
            throw ProblemException.Conflict($"{what} is still referenced by {string.Join(", ", left)}.");
        }
    }

    /// <summary>The first page of entities in order of code, after a cursor.</summary>
    public static async Task<List<T>> PageByCode<T>(this IQueryable<T> source, string? after, int limit, CancellationToken cancellationToken)
        where T : VersionedEntity
    {
        var key = Paging.Key(after);
        if (key is not null)
        {
            source = source.Where(e => string.Compare(e.Code, key) > 0);
        }

        return await source.AsNoTracking().OrderBy(e => e.Code).Take(limit + 1).ToListAsync(cancellationToken);
    }
}
