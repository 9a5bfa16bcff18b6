using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Wfm.Api.Features.Retention;

/// <summary>Takes many rows away without a long transaction.</summary>
internal static class BatchedRemoval
{
    /// <param name="rows">Of one table.</param>
    /// <param name="key">Their identity.</param>
    /// <param name="atOnce">Rows of one transaction.</param>
    /// <returns>How many went.</returns>
    public static async Task<int> RemoveInBatches<T>(
        this IQueryable<T> rows, Expression<Func<T, Guid>> key, int atOnce, CancellationToken cancellationToken)
        where T : class
    {
        var ids = await rows.Select(key).ToListAsync(cancellationToken);
        var count = 0;
        foreach (var batch in ids.Order().Chunk(atOnce))
        {
            var among = Expression.Constant(batch, typeof(IEnumerable<Guid>));
            var contains = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(Guid)], among, key.Body);
            count += await rows.Where(Expression.Lambda<Func<T, bool>>(contains, key.Parameters)).ExecuteDeleteAsync(cancellationToken);
        }

        return count;
    }
}
