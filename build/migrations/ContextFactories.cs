using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Wfm.Api.Persistence;

namespace Wfm.Migrations;

/// <summary>Gives dotnet-ef the embedded store's model without a database.</summary>
public sealed class SqliteFactory : IDesignTimeDbContextFactory<SqliteWfmDbContext>
{
    public SqliteWfmDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteWfmDbContext>().UseSqlite("Data Source=:memory:").Options);
}

/// <summary>Gives dotnet-ef the production store's model without a database.</summary>
public sealed class PostgresFactory : IDesignTimeDbContextFactory<PostgresWfmDbContext>
{
    public PostgresWfmDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresWfmDbContext>().UseNpgsql("Host=localhost", postgres => postgres.UseNodaTime()).Options);
}
