namespace Wfm.Api.Jobs;

/// <summary>What jobs may take, so that nobody's work stands in the way of another's; section <c>Wfm:Jobs</c> of the configuration.</summary>
public sealed class JobLimits
{
    /// <summary>Jobs of one key that may wait or run; one more answers 429. Nights do not count.</summary>
    public int PerKey { get; set; } = 50;

    /// <summary>Jobs of one hub that may wait or run; one more answers 429. Nights do not count.</summary>
    public int PerHub { get; set; } = 50;

    /// <summary>Jobs of one key, and of one hub, that are with workers at once, of those somebody waits for; the others wait until one of them ends. Null for
    /// half of the workers there are.</summary>
    public int? AtOnce { get; set; }

    /// <summary>Seconds a job, or a step of a night, may run; then it fails.</summary>
    public double Seconds { get; set; } = 3600;

    /// <summary>Managed memory of the process, in megabytes, above which the job begun last fails. Null for six tenths of what the process may have.</summary>
    public int? MemoryMegabytes { get; set; }

    /// <summary>The memory limit in bytes.</summary>
    internal long MemoryBytes => MemoryMegabytes is { } megabytes ? megabytes * 1024L * 1024L
        : (long)(0.6 * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
}
