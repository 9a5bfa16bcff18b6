using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Hosting;
using Wfm.Api.Idempotency;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Security;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("ApiKeys");
        key.Property(k => k.Id).ValueGeneratedNever();
        key.Property(k => k.Hubs).HasJson();
        key.HasIndex(k => k.Hash).IsUnique();
    }
}
