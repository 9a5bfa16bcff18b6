using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.LabourPolicies;

internal sealed class LabourPolicyConfiguration : IEntityTypeConfiguration<LabourPolicyVersion>
{
    public void Configure(EntityTypeBuilder<LabourPolicyVersion> policy)
    {
        policy.ToTable("labour_policies");
        policy.Property(p => p.Id).ValueGeneratedNever();
        policy.Property(p => p.Rules).HasJson();
        policy.Property(p => p.WeekendDays).HasJson();
        policy.Property(p => p.NotExpressed).HasJson();
        policy.Property(p => p.FirstDayOfWeek).HasConversion<string>().HasMaxLength(16);
        policy.Property(p => p.ExposureBasis).HasConversion<string>().HasMaxLength(16);
        policy.Property(p => p.SegmentedShifts).HasConversion<string>().HasMaxLength(16);
        policy.Property(p => p.Version).IsConcurrencyToken();
        policy.HasIndex(p => new { p.Code, p.ValidFrom }).IsUnique();
    }
}
