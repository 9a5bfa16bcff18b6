using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Http;

/// <summary>Rows that are stored together; when somebody else stores the same meanwhile, they are tried again, and in the end one by one.</summary>
internal static class Retries
{
    private const int Attempts = 3;

    /// <param name="store">Stores some of the rows, all or none of them.</param>
    /// <param name="refuse">Told of a row that cannot be stored even alone, and why.</param>
    public static async Task Store<T>(IReadOnlyList<T> rows, WfmDbContext db, Func<IReadOnlyList<T>, Task> store, Action<T, string> refuse)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                await store(rows);
                return;
            }
            catch (Exception e) when (e is DbUpdateConcurrencyException || StoreConflicts.Describe(e) is not null)
            {
                if (attempt == Attempts && rows.Count == 1)
                {
                    refuse(rows[0], StoreConflicts.Describe(e) ?? "Somebody else changed it meanwhile; send the row again.");
                }
            }
            finally
            {
                db.ChangeTracker.Clear();
            }
        }

        foreach (var row in rows.Count > 1 ? rows : [])
        {
            await Store([row], db, store, refuse);
        }
    }
}
