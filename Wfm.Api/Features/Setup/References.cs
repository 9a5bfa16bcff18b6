using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup;

/// <summary>Something that refers to an entity by its code, which the store does not watch over. The feature that refers registers it.</summary>
/// <param name="Name">What refers, in the plural.</param>
/// <param name="Count">How many of them refer to the entity.</param>
internal sealed record Reference<TEntity>(string Name, Func<WfmDbContext, TEntity, CancellationToken, Task<int>> Count)
    where TEntity : VersionedEntity;

/// <summary>What still refers to an entity, so that nothing is deleted behind anybody's back.</summary>
internal static class References
{
    private static readonly MethodInfo CountOf = typeof(References).GetMethod(nameof(CountRows), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>How much of what refers to the entity, by the foreign keys of the store and by code; null when nothing does. What goes with the entity does not
    /// count.</summary>
    public static async Task<string?> Describe<TEntity>(TEntity entity, SetupCall call)
        where TEntity : VersionedEntity
    {
        var found = new List<(int Count, string Name)>();
        foreach (var key in call.Db.Model.FindEntityType(typeof(TEntity))!.GetReferencingForeignKeys().Where(k => k.DeleteBehavior != DeleteBehavior.Cascade))
        {
            found.Add((await Count(key, entity, call), key.DeclaringEntityType.GetTableName()!.Replace('_', ' ')));
        }

        foreach (var reference in call.Http.RequestServices.GetServices<Reference<TEntity>>())
        {
            found.Add((await reference.Count(call.Db, entity, call.Cancelled), reference.Name));
        }

        return found.Any(f => f.Count > 0) ? string.Join(", ", found.Where(f => f.Count > 0).Select(f => $"{f.Count} {f.Name}")) : null;
    }

    private static Task<int> Count(IForeignKey key, VersionedEntity entity, SetupCall call) =>
        (Task<int>)CountOf.MakeGenericMethod(key.DeclaringEntityType.ClrType).Invoke(null, [call.Db, key.Properties[0].Name, entity.Id, call.Cancelled])!;

    private static Task<int> CountRows<T>(WfmDbContext db, string key, Guid id, CancellationToken cancellationToken)
        where T : class => db.Set<T>().CountAsync(e => EF.Property<Guid?>(e, key) == id, cancellationToken);
}
