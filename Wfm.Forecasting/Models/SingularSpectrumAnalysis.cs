using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Singular spectrum analysis with the recurrent forecast: the algorithm behind ML.NET's <c>ForecastBySsa</c>.</summary>
/// <remarks>
/// Windows of L observations are rows of a trajectory matrix; its leading singular vectors are the signal (trends, sinusoids, whatever obeys a linear
/// recurrence), the others noise. The last values are cleaned by projection and averaged over diagonals, and the recurrence of the signal's space
/// continues them, around the mean of the history. The number of components is the one that forecast the last window best from two origins. Source: Golyandina,
/// Nekrutkin &amp;
/// Zhigljavsky, <i>Analysis of Time Series Structure: SSA and Related Techniques</i> (2001), ch. 2.
/// </remarks>
/// <param name="logarithm">On logarithms, for positive series.</param>
/// <param name="window">Window L, at least 2; 0 takes the longest season, or whole seasons up to a hundred observations, and at most a third of the
/// history.</param>
/// <param name="rank">Number of components, below the window; 0 chooses it.</param>
public sealed class SingularSpectrumAnalysis(bool logarithm, int window = 0, int rank = 0) : IForecastModel
{
    private const int CyclesUsed = 10;
    private const int LeastUsed = 1000;
    private const int UsualWindow = 100;
    private static readonly int[] Ranks = [1, 2, 3, 5, 7, 9, 12, 15, 19, 24, 31];
    private readonly int _window = window is 0 or >= 2
        ? window
        : throw new ArgumentOutOfRangeException(nameof(window), window, "A window has at least 2 observations.");
    private readonly int _rank = rank >= 0 && (window == 0 || rank < window)
        ? rank : throw new ArgumentOutOfRangeException(nameof(rank), rank, "The number of components lies between 0 and the window.");

    /// <inheritdoc/>
    public string Name => logarithm ? "singular-spectrum-log" : "singular-spectrum";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths)
    {
        // From less than two weeks the components follow accidents, and the recurrence carries them through a whole horizon.
        var weeks = seasonLengths.IsEmpty ? 8 : 2 * Weekly(seasonLengths)[^1];
        return Math.Max(weeks, 2 * Math.Max(_window, _rank + 1));
    }

    /// <inheritdoc/>
    IFittedModel IForecastModel.Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths) => Fit(y, seasonLengths);

    /// <inheritdoc cref="IForecastModel.Fit"/>
    public SsaFit Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        y = y[^Used(y.Length, seasonLengths)..];
        var scale = LogScale.Choose(y, logarithm);
        var x = scale.Forward(y);
        var length = Window(x.Length, seasonLengths);
        var (low, high) = scale.Bounds;
        return Learn(x, scale, length, _rank > 0 ? Math.Min(_rank, length - 1) : ChooseRank(x, length, low, high));
    }

    /// <inheritdoc/>
    public IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var scale = LogScale.From(parameters);
        var learned = SsaSignal.From(parameters.AsSpan(LogScale.Length));
        return Continue(scale.Forward(y[^Used(y.Length, seasonLengths)..]), scale, learned);
    }

    private static int Used(int length, ReadOnlySpan<int> seasonLengths) =>
        Math.Min(length, Math.Max(LeastUsed, CyclesUsed * ModelGuard.LongestSeason(length, Weekly(seasonLengths), 3)));

    private int Window(int length, ReadOnlySpan<int> seasonLengths)
    {
        var season = ModelGuard.LongestSeason(length, Weekly(seasonLengths), 3);
        var most = Math.Min(length / 3, Math.Max(season, UsualWindow));
        return _window > 0 ? _window : Math.Max(2, most / season * season);
    }

    /// <summary>A window of a year would be as many equations as there are observations.</summary>
    private static ReadOnlySpan<int> Weekly(ReadOnlySpan<int> seasonLengths) => seasonLengths[..Math.Min(2, seasonLengths.Length)];

    private static SsaFit Learn(double[] x, LogScale scale, int window, int rank)
    {
        var centre = Statistics.Mean(x);
        Subtract(x, centre);
        var components = new SsaComponents(rank == 0 ? [] : new LagCovariance(x, window).LeadingEigenvectors(rank), window);
        var coefficients = components.Count == 0 ? [] : components.Recurrence(components.Count);
        if (coefficients.Length > 0)
        {
            SsaRecurrence.Stabilize(coefficients);
        }

        Subtract(x, -centre);
        return Continue(x, scale, new SsaSignal(window, centre, coefficients, coefficients.Length > 0 ? components : new SsaComponents([], window)));
    }

    /// <summary>The end of a series as a signal sees it, ready to be continued.</summary>
    private static SsaFit Continue(double[] x, LogScale scale, SsaSignal signal)
    {
        Subtract(x, signal.Centre);
        var recent = x.AsSpan(Math.Max(0, x.Length - signal.Window));
        if (signal.Coefficients.Length == 0)
        {
            var level = Statistics.Mean(recent);
            return new SsaFit(scale, signal, [1], [level]);
        }

        var last = signal.Components.LastValues(x, [signal.Components.Count])[0];
        return new SsaFit(scale, signal, signal.Coefficients, last);
    }

    /// <summary>Components learned without the end forecast the end from two origins; the least absolute error wins.</summary>
    private static int ChooseRank(double[] observations, int window, double low, double high)
    {
        var held = Math.Min(observations.Length / 4, window);
        var known = observations.Length - held;
        window = Math.Min(window, known / 2);
        var centre = Statistics.Mean(observations.AsSpan(0, known));
        var x = observations.ToArray();
        Subtract(x, centre);
        var components = new SsaComponents(new LagCovariance(x.AsSpan(0, known), window).LeadingEigenvectors(Math.Min(Ranks[^1], window - 1)), window);
        // An exact signal has no more.
        int[] ranks = [.. Ranks.Where(r => r < components.Count), .. components.Count > 0 ? [components.Count] : Array.Empty<int>()];
        var recurrences = ranks.Select(components.Recurrence).ToArray();
        var losses = recurrences.Select(r => r.Length > 0 ? 0 : double.PositiveInfinity).ToArray();
        foreach (var recurrence in recurrences)
        {
            SsaRecurrence.Stabilize(recurrence);
        }

        var path = new double[(held + 1) / 2];
        for (var origin = known; origin < x.Length; origin += path.Length)
        {
            var last = components.LastValues(x.AsSpan(0, origin), ranks);
            var ahead = x.AsSpan(origin, Math.Min(path.Length, x.Length - origin));
            for (var k = 0; k < ranks.Length; k++)
            {
                SsaRecurrence.Continue(recurrences[k], last[k], path, low - centre, high - centre);
                for (var h = 0; h < ahead.Length; h++)
                {
                    losses[k] += Math.Abs(ahead[h] - path[h]);
                }
            }
        }

        var best = losses.Length == 0 ? -1 : Array.IndexOf(losses, losses.Min());
        return best < 0 || double.IsInfinity(losses[best]) ? 0 : ranks[best];
    }

    private static void Subtract(Span<double> x, double centre)
    {
        for (var t = 0; t < x.Length; t++)
        {
            x[t] -= centre;
        }
    }
}
