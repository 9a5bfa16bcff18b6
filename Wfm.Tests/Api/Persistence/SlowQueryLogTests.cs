using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Api.Persistence;

public sealed class SlowQueryLogTests
{
    [TestCase(0, 1)]
    [TestCase(3_600_000, 0)]
    public async Task Query_SlowerThanTheThreshold_IsLoggedWithItsDurationAndWithoutValues(int milliseconds, int expected)
    {
        var log = new Lines();
        await using var db = new SqliteWfmDbContext(new DbContextOptionsBuilder<SqliteWfmDbContext>().UseSqlite("Data Source=:memory:")
            .AddInterceptors(new SlowQueryLog(TimeSpan.FromMilliseconds(milliseconds), log)).Options);
        await db.Database.OpenConnectionAsync();
        var name = "Ann Example";

        (await db.Database.SqlQuery<int>($"SELECT length({name}) AS Value").ToListAsync()).Should().Equal(name.Length);

        log.Texts.Count(t => t.StartsWith("The store took ") && t.Contains("length(")).Should().Be(expected);
        log.Texts.Should().NotContain(t => t.Contains(name));
    }

    private sealed class Lines : ILogger<SlowQueryLog>
    {
        public List<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Texts.Add(formatter(state, exception));
    }
}
