using System.Diagnostics;
using Wfm.Scheduling.Solving;

namespace Wfm.Benchmarks.Rostering;

/// <summary>Moves evaluated per second on one thread, told while it anneals; what linear and dynamic programmes do is work too, but no moves.</summary>
internal sealed class MoveRate(Stopwatch watch) : IProgress<SolveProgress>
{
    public double PerSecond { get; private set; }

    public void Report(SolveProgress value)
    {
        if (value.IsAnnealing) PerSecond = value.Moves / watch.Elapsed.TotalSeconds;
    }
}
