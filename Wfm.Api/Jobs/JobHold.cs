using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>Lets a handler commit only while its worker holds the row: one that was cut off, or stood still, and was taken for dead stores nothing
/// late.</summary>
/// <remarks>Looked up in the very transaction, and on PostgreSQL locked until its end, so that nobody takes the row over in between. One instance a
/// scope; without a job everything is committed.</remarks>
internal sealed class JobHold : DbTransactionInterceptor
{
    private const string Held = "SELECT count(*) FROM (SELECT 1 FROM jobs WHERE id = @id AND state = @state AND attempt = @attempt AND version = @version";

    private Job? _job;

    /// <summary>From here on what the scope stores is the work of the job.</summary>
    public void Begin(Job job, WfmDbContext db)
    {
        _job = job;
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Always; // one row alone would be stored without a transaction
    }

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (_job is { } job)
        {
            await using var command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = Held + (transaction is NpgsqlTransaction ? " FOR SHARE) AS held" : ") AS held");
            Add(command, "id", job.Id);
            Add(command, "state", nameof(JobState.Running));
            Add(command, "attempt", job.Attempt);
            Add(command, "version", job.Version);
            if (await command.ExecuteScalarAsync(cancellationToken) is not > 0L)
            {
                throw new JobTakenException(job.Id);
            }
        }

        return result;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}

/// <summary>Another worker has the job: what this one made of it is not stored.</summary>
internal sealed class JobTakenException(Guid jobId) : Exception($"Job {jobId} is another worker's by now; what this one made is not stored.");
