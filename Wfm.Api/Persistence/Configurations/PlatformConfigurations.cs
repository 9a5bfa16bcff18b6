using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Hosting;
using Wfm.Api.Jobs;
using Wfm.Api.Security;

namespace Wfm.Api.Persistence.Configurations;

internal sealed class JobConfiguration : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> job)
    {
        job.Property(j => j.Id).ValueGeneratedNever();
        job.Ignore(j => j.IsFinished);
        job.Property(j => j.Kind).HasMaxLength(40);
        job.Property(j => j.State).HasConversion<string>().HasMaxLength(16); // readable in psql, safe to reorder in C#
        job.Property(j => j.Version).IsConcurrencyToken();
        job.HasIndex(j => new { j.State, j.HeartbeatAt });
        job.HasIndex(j => j.ParentId);
        job.HasIndex(j => j.DeduplicationKey).IsUnique().HasFilter("state IN ('Queued', 'Running')"); // of two requests at once the store lets one in
    }
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.Property(k => k.Id).ValueGeneratedNever();
        key.Property(k => k.Hubs).HasJson();
        key.HasIndex(k => k.Hash).IsUnique();
    }
}

internal sealed class IdempotencyRecordConfiguration : IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<IdempotencyRecord> record)
    {
        record.Property(r => r.Id).ValueGeneratedNever();
        record.HasIndex(r => new { r.ApiKeyId, r.Key }).IsUnique();
        record.HasIndex(r => r.CreatedAt);
    }
}
