namespace Wfm.Api.Jobs;

/// <summary>Time and memory of the jobs that run in this process, looked at with every heartbeat.</summary>
public sealed class JobBudgets(JobLimits limits, TimeProvider time)
{
    private const double Megabyte = 1024 * 1024;

    private static readonly TimeSpan CollectEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly List<JobBudget> _running = [];
    private long? _collected;

    /// <returns>To be disposed when the job has ended.</returns>
    public JobBudget Begin()
    {
        lock (_gate)
        {
            var budget = new JobBudget(this, time.GetTimestamp());
            _running.Add(budget);
            return budget;
        }
    }

    /// <summary>Marks the job as stopped when it takes more than it may.</summary>
    /// <returns>True when it is to stop.</returns>
    public bool IsExceeded(JobBudget budget)
    {
        lock (_gate)
        {
            return (budget.Exceeded ??= TooLong(budget) ?? TooLarge(budget)) is not null;
        }
    }

    internal void End(JobBudget budget)
    {
        lock (_gate)
        {
            _running.Remove(budget);
        }
    }

    private string? TooLong(JobBudget budget) => time.GetElapsedTime(budget.Begun).TotalSeconds <= limits.Seconds ? null
        : $"It ran for more than {limits.Seconds} s, the most that a job may (Wfm:Jobs:Seconds); ask for less: fewer moves, days, queues or replications.";

    /// <summary>Nobody can tell whose the memory is. What ran before ran within the limit, so the job begun last stops, and after it the one before.</summary>
    private string? TooLarge(JobBudget budget)
    {
        var most = limits.MemoryBytes;
        if (GC.GetTotalMemory(forceFullCollection: false) <= most || _running[^1] != budget || _running.Exists(b => b.Exceeded is not null))
        {
            return null;
        }

        if (_collected is { } last && time.GetElapsedTime(last) < CollectEvery)
        {
            return null;
        }

        _collected = time.GetTimestamp();
        GC.Collect(); // what is garbage is nobody's
        return GC.GetTotalMemory(forceFullCollection: false) <= most ? null
            : $"The memory of the process passed {most / Megabyte:0} MB, the most it may (Wfm:Jobs:MemoryMegabytes), while this job, the one begun last, ran; "
                + "ask for less: fewer days, queues, paths or replications.";
    }
}

/// <summary>What one job takes.</summary>
public sealed class JobBudget(JobBudgets all, long begun) : IDisposable
{
    public long Begun { get; } = begun;

    /// <summary>Why it is stopped, in words; null while it keeps within its budget.</summary>
    public string? Exceeded { get; set; }

    public void Dispose() => all.End(this);
}
