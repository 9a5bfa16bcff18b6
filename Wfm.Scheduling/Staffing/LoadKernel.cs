namespace Wfm.Scheduling.Staffing;

/// <summary>How the work of the contacts of one interval is spread over that interval and the ones after it.</summary>
/// <remarks>
/// For a handle time X of mean 1 let G(s) = E[min(X, s)] and H(s) = ∫₀ˢ G. Of an even stream of one interval of length τ the share of the work that falls
/// into the k-th interval is (H((k+1)τ) − 2H(kτ) + H((k−1)τ)) ÷ τ, and the share of the steady load in hand at its end is G((k+1)τ) − G(kτ); both sum to 1.
/// </remarks>
internal sealed class LoadKernel
{
    private const double Rest = 1e-10; // of the work; what is left goes to the last interval kept
    private const double Reach = 8; // standard deviations
    private const int NodesPerDeviation = 40;

    private LoadKernel(List<double> mean, List<double> end) => (Mean, End) = ([.. mean], [.. end]);

    /// <summary>Share of the work done in the k-th interval from the arrival.</summary>
    public double[] Mean { get; }

    /// <summary>Share of the steady load in hand at the end of the k-th interval from the arrival.</summary>
    public double[] End { get; }

    /// <summary>The kernel of a shape of handle time.</summary>
    /// <param name="shape">Distribution.</param>
    /// <param name="step">Length of an interval ÷ AHT, more than 0.</param>
    /// <param name="longest">Intervals of interest, 1 or more.</param>
    public static LoadKernel Of(HandleTime shape, double step, int longest)
    {
        var constants = shape.IsLognormal ? Mixture(shape.LogDeviation) : [];
        var (mean, end, before, here, left) = (new List<double>(), new List<double>(), default(Progress), default(Progress), 1.0);
        while (mean.Count < longest && left > Rest)
        {
            var at = (mean.Count + 1) * step;
            var next = shape.IsLognormal ? Progress.Of(constants, at) : Progress.OfExponential(at);
            mean.Add(Math.Max(0, (next.Sum - 2 * here.Sum + before.Sum) / step));
            end.Add(Math.Max(0, next.Done - here.Done));
            (before, here, left) = (here, next, left - mean[^1]);
        }
        if (left <= Rest)
        {
            mean[^1] += 1 - mean.Sum();
            end[^1] += 1 - end.Sum();
        }
        return new LoadKernel(mean, end);
    }

    /// <summary>A lognormal of mean 1 as a mixture of constants.</summary>
    private static (double Length, double Weight)[] Mixture(double sigma)
    {
        if (sigma == 0) return [(1, 1)];
        var most = (int)(Reach * NodesPerDeviation);
        var raw = Enumerable.Range(-most, 2 * most + 1).Select(i => (double)i / NodesPerDeviation)
            .Select(z => (Length: Math.Exp(sigma * z), Weight: Math.Exp(-z * z / 2))).ToArray();
        var total = raw.Sum(node => node.Weight);
        var mean = raw.Sum(node => node.Weight * node.Length) / total;
        return [.. raw.Select(node => (node.Length / mean, node.Weight / total))];
    }

    /// <summary>G and H at one time.</summary>
    private readonly record struct Progress(double Done, double Sum)
    {
        public static Progress OfExponential(double time)
        {
            var done = 1 - Math.Exp(-time);
            return new Progress(done, time - done);
        }

        public static Progress Of((double Length, double Weight)[] constants, double time)
        {
            var (done, sum) = (0.0, 0.0);
            foreach (var (length, weight) in constants)
            {
                var within = Math.Min(length, time);
                done += weight * within;
                sum += weight * within * (time - within / 2);
            }
            return new Progress(done, sum);
        }
    }
}
