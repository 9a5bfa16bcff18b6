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
