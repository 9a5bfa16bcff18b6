using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Agents;
using Wfm.Api.Features.CapacityPlans;
using Wfm.Api.Features.Contracts;
using Wfm.Api.Features.Events;
using Wfm.Api.Features.Forecasts;
using Wfm.Api.Features.Hubs;
using Wfm.Api.Features.LabourPolicies;
using Wfm.Api.Features.Queues;
using Wfm.Api.Features.Requirements;
using Wfm.Api.Features.Rosters;
using Wfm.Api.Features.Service;
using Wfm.Api.Features.ShiftTemplates;
using Wfm.Api.Features.Volumes;
using Wfm.Api.Hosting;
using Wfm.Api.Jobs;
using Wfm.Api.Security;

namespace Wfm.Api.Persistence;

/// <summary>One model for two providers; what differs between them is in the two children.</summary>
public abstract class WfmDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Hub> Hubs => Set<Hub>();
    public DbSet<WorkQueue> Queues => Set<WorkQueue>();
    public DbSet<Contract> Contracts => Set<Contract>();
    public DbSet<ShiftTemplate> ShiftTemplates => Set<ShiftTemplate>();
    public DbSet<LabourPolicyVersion> LabourPolicies => Set<LabourPolicyVersion>();
    public DbSet<Agent> Agents => Set<Agent>();
    public DbSet<TimeOffEntry> TimeOff => Set<TimeOffEntry>();
    public DbSet<OperationEvent> Events => Set<OperationEvent>();
    public DbSet<Series> Series => Set<Series>();
    public DbSet<Volume> Volumes => Set<Volume>();
    public DbSet<ForecastRun> Forecasts => Set<ForecastRun>();
    public DbSet<SeriesForecastRow> SeriesForecasts => Set<SeriesForecastRow>();
    public DbSet<ForecastAdjustment> ForecastAdjustments => Set<ForecastAdjustment>();
    public DbSet<RequirementRun> Requirements => Set<RequirementRun>();
    public DbSet<SeriesRequirement> SeriesRequirements => Set<SeriesRequirement>();
    public DbSet<Roster> Rosters => Set<Roster>();
    public DbSet<Shift> Shifts => Set<Shift>();
    public DbSet<GroupCoverage> Coverage => Set<GroupCoverage>();
    public DbSet<ServiceCheck> ServiceChecks => Set<ServiceCheck>();
    public DbSet<CapacityPlanRow> CapacityPlans => Set<CapacityPlanRow>();
    public DbSet<DeadlineCoverage> DeadlineCoverage => Set<DeadlineCoverage>();
    public DbSet<RosterRepairRecord> RosterRepairs => Set<RosterRepairRecord>();
    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(WfmDbContext).Assembly);
        SnakeCaseNames.Apply(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<LocalDate>().HaveConversion<LocalDateConverter>();
        configurationBuilder.Properties<LocalTime>().HaveConversion<LocalTimeConverter>();
        configurationBuilder.Properties<double[]>().HaveConversion<CurveConverter, CurveComparer>();
    }
}

/// <summary>The embedded store: one file, instants as microseconds since 1970 so that they sort.</summary>
public sealed class SqliteWfmDbContext(DbContextOptions<SqliteWfmDbContext> options) : WfmDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Instant>().HaveConversion<InstantToMicrosecondsConverter>();
    }
}

/// <summary>The production store: instants as timestamptz.</summary>
public sealed class PostgresWfmDbContext(DbContextOptions<PostgresWfmDbContext> options) : WfmDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Instant>().HaveConversion<InstantToDateTimeConverter>();
    }
}
