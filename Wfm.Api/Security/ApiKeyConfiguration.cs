using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Security;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("api_keys");
        key.Property(k => k.Id).ValueGeneratedNever();
        key.Property(k => k.Hubs).HasJson();
        key.Property(k => k.Scopes).HasJson();
        key.HasIndex(k => k.Hash).IsUnique();
        key.HasIndex(k => k.PreviousHash);
        key.HasIndex(k => k.AgentId);
        key.HasIndex(k => k.Role);
    }
}
