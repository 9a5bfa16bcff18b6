namespace Wfm.Api.Jobs;

/// <summary>Which workers run a kind of job.</summary>
public enum JobPriority
{
    /// <summary>Somebody waits for it: it has workers of its own and starts within a second, whatever the night does.</summary>
    Interactive,

    /// <summary>Work of the night, one worker a core.</summary>
    Nightly,
}

/// <summary>The work behind one kind of job: a plain class with plain arguments, safe to run twice.</summary>
public interface IJobHandler
{
    /// <summary>The kind of job rows it runs.</summary>
    static abstract string Kind { get; }

    /// <summary>Which workers run it.</summary>
    static virtual JobPriority Priority => JobPriority.Interactive;

    /// <summary>Does the work.</summary>
    /// <returns>The path of what it made, for the job's result; null when there is nothing to look at.</returns>
    Task<string?> Run(JobContext job, CancellationToken cancellationToken);
}

/// <summary>What a handler sees of its job.</summary>
public sealed record JobContext(Guid Id, Guid? HubId, string Owner, string ArgumentsJson, JobProgress Progress)
{
    public T Arguments<T>() => System.Text.Json.JsonSerializer.Deserialize<T>(ArgumentsJson, Json.WfmJson.Options)
        ?? throw new InvalidOperationException($"The arguments of job {Id} are empty.");
}

/// <summary>Where a handler says how far it is; written to the row about once a second.</summary>
public sealed class JobProgress
{
    private readonly Lock _gate = new();
    private double _fraction;
    private string? _step;

    /// <param name="fraction">0 … 1.</param>
    /// <param name="step">What it is doing now, in words.</param>
    public void Report(double fraction, string step)
    {
        lock (_gate)
        {
            (_fraction, _step) = (Math.Clamp(fraction, 0, 1), step);
        }
    }

    public (double Fraction, string? Step) Read()
    {
        lock (_gate)
        {
            return (_fraction, _step);
        }
    }
}

/// <summary>A failure the user can mend; its message is shown on the job. Anything else is a bug and is logged.</summary>
public sealed class JobFailedException(string message) : Exception(message);
