using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.CapacityPlans;
using Wfm.Api.Features.Forecasts;
using Wfm.Api.Features.Hubs;
using Wfm.Api.Features.Requirements;
using Wfm.Api.Features.Rosters;
using Wfm.Api.Features.Service;
using Wfm.Api.Features.Volumes;

namespace Wfm.Api.Persistence.Configurations;

internal sealed class SeriesConfiguration : IEntityTypeConfiguration<Series>
{
    public void Configure(EntityTypeBuilder<Series> series)
    {
        series.HasIndex(s => new { s.QueueId, s.HubId }).IsUnique();
        series.HasOne(s => s.Queue).WithMany().HasForeignKey(s => s.QueueId).OnDelete(DeleteBehavior.Restrict);
        series.HasOne(s => s.Hub).WithMany().HasForeignKey(s => s.HubId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class VolumeConfiguration : IEntityTypeConfiguration<Volume>
{
    public void Configure(EntityTypeBuilder<Volume> volume)
    {
        volume.ToTable("Volumes");
        volume.HasKey(v => new { v.SeriesId, v.IntervalStart });
        // No foreign key: its check takes half the time of a load into PostgreSQL. The writer locks the series of a batch and refuses unknown ones.
    }
}

internal sealed class ForecastRunConfiguration : IEntityTypeConfiguration<ForecastRun>
{
    public void Configure(EntityTypeBuilder<ForecastRun> run)
    {
        run.ToTable("Forecasts");
        run.Property(r => r.Id).ValueGeneratedNever();
        run.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
        run.Property(r => r.Version).IsConcurrencyToken();
        run.Property(r => r.Skipped).HasJson();
        run.HasOne<Hub>().WithMany().HasForeignKey(r => r.HubId).OnDelete(DeleteBehavior.Restrict);
        run.HasMany(r => r.Series).WithOne().HasForeignKey(s => s.ForecastRunId).OnDelete(DeleteBehavior.Cascade);
        run.HasIndex(r => new { r.HubId, r.State, r.CutOff });
    }
}

internal sealed class SeriesForecastRowConfiguration : IEntityTypeConfiguration<SeriesForecastRow>
{
    public void Configure(EntityTypeBuilder<SeriesForecastRow> row)
    {
        row.ToTable("SeriesForecasts");
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Property(r => r.Detail).HasJson();
        row.Property(r => r.Quantiles).HasConversion<SinglePrecisionCurveConverter, CurveComparer>();
        row.HasOne(r => r.Series).WithMany().HasForeignKey(r => r.SeriesId).OnDelete(DeleteBehavior.Cascade);
        row.HasIndex(r => new { r.ForecastRunId, r.SeriesId }).IsUnique();
    }
}

internal sealed class ForecastAdjustmentConfiguration : IEntityTypeConfiguration<ForecastAdjustment>
{
    public void Configure(EntityTypeBuilder<ForecastAdjustment> adjustment)
    {
        adjustment.ToTable("ForecastAdjustments");
        adjustment.Property(a => a.Id).ValueGeneratedNever();
        adjustment.Property(a => a.Reason).HasMaxLength(500);
        adjustment.HasOne<ForecastRun>().WithMany().HasForeignKey(a => a.ForecastRunId).OnDelete(DeleteBehavior.Cascade);
        adjustment.HasOne(a => a.Series).WithMany().HasForeignKey(a => a.SeriesId).OnDelete(DeleteBehavior.Cascade);
        adjustment.HasIndex(a => new { a.ForecastRunId, a.SeriesId });
    }
}

internal sealed class RequirementRunConfiguration : IEntityTypeConfiguration<RequirementRun>
{
    public void Configure(EntityTypeBuilder<RequirementRun> run)
    {
        run.ToTable("Requirements");
        run.Property(r => r.Id).ValueGeneratedNever();
        run.Property(r => r.Skipped).HasJson();
        run.HasOne<Hub>().WithMany().HasForeignKey(r => r.HubId).OnDelete(DeleteBehavior.Restrict);
        run.HasOne(r => r.Forecast).WithMany().HasForeignKey(r => r.ForecastRunId).OnDelete(DeleteBehavior.Restrict);
        run.HasMany(r => r.Series).WithOne().HasForeignKey(s => s.RequirementRunId).OnDelete(DeleteBehavior.Cascade);
        run.HasIndex(r => new { r.HubId, r.CreatedAt });
    }
}

internal sealed class SeriesRequirementConfiguration : IEntityTypeConfiguration<SeriesRequirement>
{
    public void Configure(EntityTypeBuilder<SeriesRequirement> row)
    {
        row.ToTable("SeriesRequirements");
        row.Property(r => r.Id).ValueGeneratedNever();
        row.HasOne(r => r.Series).WithMany().HasForeignKey(r => r.SeriesId).OnDelete(DeleteBehavior.Cascade);
        row.HasIndex(r => new { r.RequirementRunId, r.SeriesId, r.RiskLevel }).IsUnique();
    }
}

internal sealed class RosterConfiguration : IEntityTypeConfiguration<Roster>
{
    public void Configure(EntityTypeBuilder<Roster> roster)
    {
        roster.Property(r => r.Id).ValueGeneratedNever();
        roster.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
        roster.Property(r => r.Version).IsConcurrencyToken();
        roster.Property(r => r.Summary).HasJson();
        roster.Property(r => r.Violations).HasJson();
        roster.Property(r => r.Uncovered).HasJson();
        roster.HasOne(r => r.Hub).WithMany().HasForeignKey(r => r.HubId).OnDelete(DeleteBehavior.Restrict);
        roster.HasMany(r => r.Shifts).WithOne().HasForeignKey(s => s.RosterId).OnDelete(DeleteBehavior.Cascade);
        roster.HasMany(r => r.Coverage).WithOne().HasForeignKey(c => c.RosterId).OnDelete(DeleteBehavior.Cascade);
        roster.HasMany(r => r.Deadlines).WithOne().HasForeignKey(d => d.RosterId).OnDelete(DeleteBehavior.Cascade);
        roster.HasIndex(r => new { r.HubId, r.Start, r.Revision }).IsUnique();
    }
}

internal sealed class ShiftConfiguration : IEntityTypeConfiguration<Shift>
{
    public void Configure(EntityTypeBuilder<Shift> shift)
    {
        shift.Property(s => s.Id).ValueGeneratedNever();
        shift.Property(s => s.Activities).HasJson();
        shift.HasOne(s => s.Agent).WithMany().HasForeignKey(s => s.AgentId).OnDelete(DeleteBehavior.Restrict);
        shift.HasIndex(s => new { s.RosterId, s.AgentId, s.Start }).IsUnique();
        shift.HasIndex(s => new { s.AgentId, s.Start });
    }
}

internal sealed class GroupCoverageConfiguration : IEntityTypeConfiguration<GroupCoverage>
{
    public void Configure(EntityTypeBuilder<GroupCoverage> coverage)
    {
        coverage.ToTable("Coverage");
        coverage.Property(c => c.Id).ValueGeneratedNever();
        coverage.HasIndex(c => new { c.RosterId, c.Group }).IsUnique();
    }
}

internal sealed class ServiceCheckConfiguration : IEntityTypeConfiguration<ServiceCheck>
{
    public void Configure(EntityTypeBuilder<ServiceCheck> check)
    {
        check.ToTable("ServiceChecks");
        check.Property(c => c.Id).ValueGeneratedNever();
        check.Property(c => c.Options).HasJson();
        check.Property(c => c.Summary).HasJson();
        check.Property(c => c.Queues).HasJson();
        check.HasOne<Roster>().WithMany().HasForeignKey(c => c.RosterId).OnDelete(DeleteBehavior.Cascade);
        check.HasIndex(c => new { c.RosterId, c.CreatedAt });
    }
}

internal sealed class CapacityPlanConfiguration : IEntityTypeConfiguration<CapacityPlanRow>
{
    public void Configure(EntityTypeBuilder<CapacityPlanRow> plan)
    {
        plan.ToTable("CapacityPlans");
        plan.Property(p => p.Id).ValueGeneratedNever();
        plan.Property(p => p.Name).HasMaxLength(200);
        plan.Property(p => p.Assumptions).HasJson();
        plan.Property(p => p.Rows).HasJson();
        plan.Property(p => p.Hires).HasJson();
        plan.HasOne<Hub>().WithMany().HasForeignKey(p => p.HubId).OnDelete(DeleteBehavior.Restrict);
        plan.HasIndex(p => new { p.HubId, p.CreatedAt });
    }
}

internal sealed class DeadlineCoverageConfiguration : IEntityTypeConfiguration<DeadlineCoverage>
{
    public void Configure(EntityTypeBuilder<DeadlineCoverage> coverage)
    {
        coverage.Property(c => c.Id).ValueGeneratedNever();
        coverage.HasIndex(c => new { c.RosterId, c.Queue }).IsUnique();
    }
}
