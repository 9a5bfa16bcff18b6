using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wfm.Api.Persistence;

internal static class VersionedEntityConfiguration
{
    public static void Versioned<T>(this EntityTypeBuilder<T> entity)
        where T : VersionedEntity
    {
        entity.Property(e => e.Id).ValueGeneratedNever(); // the application makes time-ordered v7 ids
        entity.Property(e => e.Code).HasMaxLength(100);
        entity.Property(e => e.Version).IsConcurrencyToken(); // not xmin: SQLite has none
        entity.HasIndex(e => e.Code).IsUnique();
    }
}
