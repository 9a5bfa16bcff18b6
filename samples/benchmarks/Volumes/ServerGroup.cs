using System.Globalization;

namespace Wfm.Benchmarks.Volumes;

/// <summary>One process that does everything, or one that serves and some that work.</summary>
internal sealed class ServerGroup : IDisposable
{
    private readonly List<ServerProcess> _processes;

    private ServerGroup(List<ServerProcess> processes) => _processes = processes;

    /// <summary>Of the one that serves.</summary>
    public Uri Address => _processes[0].Address;

    /// <summary>Processor time so far of each, the one that serves first.</summary>
    public IReadOnlyList<TimeSpan> Processor => [.. _processes.Select(p => p.Processor)];

    /// <summary>The most memory that each has had, in words.</summary>
    public string Peaks => string.Join(" + ", _processes.Select(p => p.PeakMegabytes.ToString("N0", CultureInfo.InvariantCulture))) + " MB";

    /// <param name="workers">Processes that work; 0 for one that does both.</param>
    public static async Task<ServerGroup> Start(string store, int workers, CancellationToken cancellationToken)
    {
        List<string> roles = workers == 0 ? ["all"] : ["api", .. Enumerable.Repeat("worker", workers)];
        var processes = new List<ServerProcess>();
        foreach (var role in roles)
        {
            processes.Add(await ServerProcess.Start(
                store, new Dictionary<string, string> { ["Role"] = role, ["RequestsPerMinute"] = "100000000" }, cancellationToken));
        }

        return new ServerGroup(processes);
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Dispose();
        }
    }
}
