using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wfm.Api.Idempotency;

internal sealed class IdempotencyRecordConfiguration : IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<IdempotencyRecord> record)
    {
        record.ToTable("idempotency_records");
        record.Property(r => r.Id).ValueGeneratedNever();
        record.Property(r => r.ETag).HasColumnName("etag");
        record.HasIndex(r => new { r.ApiKeyId, r.Key }).IsUnique();
        record.HasIndex(r => r.CreatedAt);
    }
}
