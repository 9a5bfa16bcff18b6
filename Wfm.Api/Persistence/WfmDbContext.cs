using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NodaTime;

namespace Wfm.Api.Persistence;

/// <summary>One model for two providers; what differs between them is in the two children.</summary>
public abstract class WfmDbContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSnakeCaseNamingConvention()
        .ConfigureWarnings(w => w.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning)); // nothing refers to what is hidden

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyConfigurationsFromAssembly(typeof(WfmDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<double[]>().HaveConversion<CurveConverter, CurveComparer>();
}

/// <summary>The embedded store: one file, which has no types for dates and times; instants as microseconds since 1970 so that they sort.</summary>
public sealed class SqliteWfmDbContext(DbContextOptions<SqliteWfmDbContext> options) : WfmDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Instant>().HaveConversion<InstantToMicrosecondsConverter>();
        configurationBuilder.Properties<LocalDate>().HaveConversion<LocalDateConverter>();
        configurationBuilder.Properties<LocalTime>().HaveConversion<LocalTimeConverter>();
    }
}

/// <summary>The production store, which keeps NodaTime's types as its own: timestamptz, date, time.</summary>
public sealed class PostgresWfmDbContext(DbContextOptions<PostgresWfmDbContext> options) : WfmDbContext(options);
