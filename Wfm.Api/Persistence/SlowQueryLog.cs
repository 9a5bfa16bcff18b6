using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Wfm.Api.Telemetry;

namespace Wfm.Api.Persistence;

/// <summary>Logs and counts what the store takes longer for than the threshold: duration and text of the query, in which values are
/// parameters.</summary>
internal sealed partial class SlowQueryLog(TimeSpan threshold, ILogger<SlowQueryLog> logger) : DbCommandInterceptor
{
    private const int LongestText = 2000;

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        Look(command, eventData);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Look(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Look(command, eventData);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Look(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result)
    {
        Look(command, eventData);
        return result;
    }

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Look(command, eventData);
        return ValueTask.FromResult(result);
    }

    private void Look(DbCommand command, CommandExecutedEventData eventData)
    {
        if (eventData.Duration >= threshold)
        {
            WfmMetrics.SlowQueries.Add(1);
            var text = command.CommandText;
            SlowQuery(logger, (long)eventData.Duration.TotalMilliseconds, text.Length > LongestText ? text[..LongestText] : text);
        }
    }

    [LoggerMessage(2011, LogLevel.Warning, "The store took {Milliseconds} ms: {Query}")]
    private static partial void SlowQuery(ILogger logger, long milliseconds, string query);
}
