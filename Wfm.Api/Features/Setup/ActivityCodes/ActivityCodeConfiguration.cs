using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.ActivityCodes;

internal sealed class ActivityCodeConfiguration : IEntityTypeConfiguration<OwnActivityCode>
{
    public void Configure(EntityTypeBuilder<OwnActivityCode> code)
    {
        code.ToTable("activity_codes");
        code.Versioned();
        code.Property(c => c.Kind).HasConversion<string>().HasMaxLength(16);
    }
}
