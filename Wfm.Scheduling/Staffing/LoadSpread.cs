namespace Wfm.Scheduling.Staffing;

/// <summary>Spreads the load of each interval over the intervals in which its contacts are handled. Kernels are kept, because most handle times
/// repeat.</summary>
internal sealed class LoadSpread(HandleTime shape, double intervalSeconds)
{
    private LoadKernel? _kernel;
    private double _kernelAht;
    private int _kernelLength;

    /// <summary>Load in erlangs of slots; the arguments are checked.</summary>
    public OfferedLoad Of(double[] volume, double[] ahtSeconds, bool[]? open, ChatConcurrency concurrency, string name = "volume")
    {
        var n = volume.Length;
        var (arriving, mean, end) = (new double[n], new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            if (volume[i] == 0 || open?[i] == false) continue;
            var aht = concurrency.InflatedAhtSeconds(ahtSeconds[i]);
            arriving[i] = Load(volume[i], aht, ahtSeconds[i], name, i);
            var kernel = KernelOf(aht, n);
            if (i == 0) AddSteadyPast(arriving[0], kernel, mean, end);
            var last = Math.Min(kernel.Mean.Length, n - i);
            for (var k = 0; k < last; k++)
            {
                mean[i + k] += arriving[i] * kernel.Mean[k];
                end[i + k] += arriving[i] * kernel.End[k];
            }
        }
        return new OfferedLoad(arriving, mean, end);
    }

    private double Load(double volume, double inflatedAht, double ahtSeconds, string name, int interval)
    {
        var load = volume * inflatedAht / intervalSeconds;
        return load <= Guard.LargestLoad ? load
            : throw Guard.TooMuchLoad($"{name}[{interval}]", volume, ahtSeconds, load);
    }

    /// <summary>What is still in hand of contacts from before the horizon, had its first interval gone on for ever.</summary>
    private static void AddSteadyPast(double load, LoadKernel kernel, double[] mean, double[] end)
    {
        var (meanLeft, endLeft) = (1.0, 1.0);
        for (var k = 0; k < kernel.Mean.Length; k++)
        {
            meanLeft -= kernel.Mean[k];
            endLeft -= kernel.End[k];
            mean[k] += load * Math.Max(0, meanLeft);
            end[k] += load * Math.Max(0, endLeft);
        }
    }

    private LoadKernel KernelOf(double aht, int longest)
    {
        if (_kernel is { } kept && _kernelAht == aht && _kernelLength == longest) return kept;
        (_kernel, _kernelAht, _kernelLength) = (LoadKernel.Of(shape, intervalSeconds / aht, longest), aht, longest);
        return _kernel;
    }
}
