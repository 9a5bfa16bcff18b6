using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Security;

internal sealed class CustomRoleConfiguration : IEntityTypeConfiguration<CustomRole>
{
    public void Configure(EntityTypeBuilder<CustomRole> role)
    {
        role.ToTable("roles");
        role.Versioned();
        role.Property(r => r.Permissions).HasJson();
        role.Ignore(r => r.Granted);
    }
}
