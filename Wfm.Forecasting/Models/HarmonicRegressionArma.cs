using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Harmonic regression on every season with autoregressive errors and a damped local level (dynamic harmonic regression).</summary>
/// <remarks>
/// x(t) = β₀ + Σ seasons Σ k (a·sin + b·cos)(2πkt/m) + u(t); u(t) = ℓ(t−1) + v(t), v autoregressive of order up to 5, ℓ exponentially smoothed and
/// fading ahead. Generalised and ordinary least squares take turns until the autoregression stands (Cochrane &amp; Orcutt). The number of pairs of
/// each season is the one of least AICc on the filtered rows: on raw rows the autocorrelation would pass for harmonics. Sources: Hyndman &amp;
/// Athanasopoulos, <i>Forecasting: Principles and Practice</i>, 3rd ed., §10.5 and §12.1; Young, Pedregal &amp; Tych, “Dynamic harmonic
/// regression”, <i>Journal of Forecasting</i> 18 (1999).
/// </remarks>
/// <param name="logarithm">On logarithms (Box–Cox λ = 0), for positive series; otherwise as it is (λ = 1).</param>
/// <param name="orders">Fixed orders, then without a local level; <see langword="null"/> chooses them.</param>
public sealed class HarmonicRegressionArma(bool logarithm, HarmonicOrders? orders = null) : IForecastModel
{
    private const int CyclesUsed = 10;
    private const int MostAutoregressive = 5;
    private const int TurnsOfASearch = 2; // sinusoids by least squares lose little to generalised least squares, so the turns change little
    private const int TurnsToTheEnd = 30;
    private static readonly int[] MostPairs = [12, 20, 3]; // of the day, the week and the year
    private static readonly double[] Memories = [0.5, 1, 2, 4, 8]; // of the local level, in shortest seasons

    /// <inheritdoc/>
    public string Name => logarithm ? "harmonic-arma-log" : "harmonic-arma";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) =>
        Math.Max(
            seasonLengths.IsEmpty ? 8 : Math.Max(8, 2 * seasonLengths[0]), orders is null ? 0 : 8 + (4 * orders.Pairs.Sum()) + (2 * orders.Autoregressive));

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        y = y[^Used(y.Length, seasonLengths)..];
        var scale = LogScale.Choose(y, logarithm);
        var x = scale.Forward(y);
        return orders is null ? Choose(x, seasonLengths, scale) : Fixed(x, seasonLengths, scale, orders);
    }

    /// <inheritdoc/>
    public IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var scale = LogScale.From(parameters);
        var x = scale.Forward(y[^Used(y.Length, seasonLengths)..]);
        return Learn(x, seasonLengths, scale, HarmonicParameters.From(parameters.AsSpan(LogScale.Length), seasonLengths.Length));
    }

    /// <summary>Ten weeks; two years where a year is a season and the history holds two.</summary>
    private static int Used(int length, ReadOnlySpan<int> seasonLengths)
    {
        var annual = seasonLengths.Length > 2 && length >= 2 * seasonLengths[2];
        return seasonLengths.IsEmpty ? Math.Min(length, 1000) : annual ? 2 * seasonLengths[2]
            : Math.Min(length, CyclesUsed * seasonLengths[Math.Min(1, seasonLengths.Length - 1)]);
    }

    private static Fitted Fixed(double[] x, ReadOnlySpan<int> seasonLengths, LogScale scale, HarmonicOrders orders)
    {
        var pairs = new int[seasonLengths.Length];
        for (var s = 0; s < Math.Min(pairs.Length, orders.Pairs.Count); s++)
        {
            pairs[s] = orders.Pairs[s];
        }

        var columns = new FourierTerms(seasonLengths, pairs).Columns(x.Length);
        var phi =
            orders.Autoregressive == 0
                ? []
                : Alternate(
                    columns, x, Residuals(columns, x, new WhitenedRegression(columns, x, []).Solve(All(columns))), orders.Autoregressive, TurnsToTheEnd
                ).Phi;
        return Learn(x, seasonLengths, scale, new HarmonicParameters(0, 0, phi, pairs));
    }

    private static Fitted Choose(double[] x, ReadOnlySpan<int> seasonLengths, LogScale scale)
    {
        var most = Most(x.Length, seasonLengths);
        var terms = new FourierTerms(seasonLengths, most);
        var columns = terms.Columns(x.Length);
        var residuals = Residuals(columns, x, new WhitenedRegression(columns, x, []).Solve(All(columns)));
        var phi = Autoregression.YuleWalker(residuals, Order(residuals), out _);

        var regression = new WhitenedRegression(columns, x, phi);
        var pairs = LeastAicc(regression, terms, seasonLengths, most, phi.Length);
        var subset = terms.Subset(seasonLengths, pairs);
        double[][] kept = [.. subset.Select(i => columns[i])];
        residuals = Residuals(kept, x, regression.Solve(subset));
        (phi, residuals) = Alternate(kept, x, residuals, Order(residuals), TurnsOfASearch);
        var (alpha, damping) = ChooseLevel(residuals, seasonLengths.IsEmpty ? 1 : seasonLengths[0]);
        if (alpha > 0)
        {
            LocalLevel.Remove(residuals, alpha);
            phi = Autoregression.LeastSquares(residuals, Order(residuals));
        }

        return Learn(x, seasonLengths, scale, new HarmonicParameters(alpha, damping, phi, pairs));
    }

    /// <summary>Pairs that the history can bear: four observations a term, two cycles a season.</summary>
    private static int[] Most(int length, ReadOnlySpan<int> seasonLengths)
    {
        var (most, room) = (new int[seasonLengths.Length], length / 8);
        for (var s = 0; s < most.Length; s++)
        {
            most[s] = length < 2 * seasonLengths[s] ? 0 : Math.Min(Math.Min(MostPairs[Math.Min(s, 2)], seasonLengths[s] / 2), room);
            room -= most[s];
        }

        return most;
    }

    private static int[] LeastAicc(
        WhitenedRegression regression, FourierTerms terms, ReadOnlySpan<int> seasonLengths, int[] most, int others)
    {
        var pairs = most.ToArray();
        for (var s = pairs.Length - 1; s >= 0; s--)
        {
            var (best, choice) = (double.PositiveInfinity, 0);
            for (pairs[s] = 0; pairs[s] <= most[s]; pairs[s]++)
            {
                var aicc = regression.Aicc(terms.Subset(seasonLengths, pairs), others);
                (best, choice) = aicc < best ? (aicc, pairs[s]) : (best, choice);
            }

            pairs[s] = choice;
        }

        return pairs;
    }

    /// <summary>Order of least AICc from the innovation variances of Yule and Walker.</summary>
    private static int Order(double[] residuals)
    {
        var most = Math.Min(MostAutoregressive, residuals.Length / 4);
        Autoregression.YuleWalker(residuals, most, out var variances);
        double n = residuals.Length;
        return Enumerable.Range(0, most + 1)
            .MinBy(p => variances[p] > 0 ? (n * Math.Log(variances[p])) + (2 * (p + 1) * n / (n - p - 2)) : double.NegativeInfinity);
    }

    /// <summary>Autoregression and regression in turn, toward the least sum of squared innovations (CSS).</summary>
    private static (double[] Phi, double[] Residuals) Alternate(double[][] columns, double[] x, double[] residuals, int order, int turns)
    {
        var phi = Autoregression.LeastSquares(residuals, order);
        for (var turn = 1; turn <= turns; turn++)
        {
            residuals = Residuals(columns, x, new WhitenedRegression(columns, x, phi).Solve(All(columns)));
            if (turn == turns)
            {
                break;
            }

            var before = phi;
            phi = Autoregression.LeastSquares(residuals, order);
            if (phi.Zip(before, (a, b) => Math.Abs(a - b)).DefaultIfEmpty().Max() < 1e-7)
            {
                break;
            }
        }

        return (phi, residuals);
    }

    private static int[] All(double[][] columns) => [.. Enumerable.Range(0, columns.Length)];

    /// <summary>Memory of the level by errors one shortest season ahead, and how much of it is left there.</summary>
    private static (double Alpha, double Damping) ChooseLevel(double[] residuals, int season)
    {
        var (best, choice) = (Vectors.Dot(residuals.AsSpan(season), residuals.AsSpan(season)), (0.0, 0.0));
        foreach (var memory in Memories)
        {
            var alpha = Math.Min(1, 1 / (memory * season));
            var levels = LocalLevel.Of(residuals, alpha);
            var (top, bottom, squares) = (0.0, 0.0, 0.0);
            for (var t = 0; t + season < residuals.Length; t++)
            {
                top += levels[t] * residuals[t + season];
                bottom += levels[t] * levels[t];
                squares += residuals[t + season] * residuals[t + season];
            }

            var left = bottom > 0 ? Math.Clamp(top / bottom, 0, 1) : 0;
            var loss = squares - (2 * left * top) + (left * left * bottom);
            if (loss < 0.995 * best)
            {
                (best, choice) = (loss, (alpha, Math.Pow(left, 1.0 / season)));
            }
        }

        return choice;
    }

    private static double[] Residuals(double[][] columns, double[] x, double[] beta)
    {
        var residuals = x.ToArray();
        for (var i = 0; i < columns.Length; i++)
        {
            Vectors.AddScaled(residuals, -beta[i], columns[i]);
        }

        return residuals;
    }

    /// <summary>Regression and state under known parameters.</summary>
    private static Fitted Learn(double[] x, ReadOnlySpan<int> seasonLengths, LogScale scale, HarmonicParameters parameters)
    {
        var terms = new FourierTerms(seasonLengths, parameters.Pairs);
        var columns = terms.Columns(x.Length);
        var beta = new WhitenedRegression(columns, x, parameters.Autoregression).Solve(All(columns));
        var residuals = Residuals(columns, x, beta);
        var level = parameters.Alpha > 0 ? LocalLevel.Remove(residuals, parameters.Alpha) : 0;
        return new Fitted(scale, parameters, terms, beta, level, residuals[^Math.Max(1, parameters.Autoregression.Length)..], x.Length);
    }

    private sealed record Fitted(
        LogScale Scale, HarmonicParameters Orders, FourierTerms Terms, double[] Beta, double Level, double[] Errors, int Length) : IFittedModel
    {
        public double[] Parameters => [.. Scale.ToArray(), .. Orders.ToArray()];

        public void Forecast(Span<double> mean)
        {
            var phi = Orders.Autoregression;
            var errors = new double[Errors.Length + mean.Length];
            Errors.CopyTo(errors, 0);
            var (low, high) = Scale.Bounds;
            var level = Level;
            for (var h = 0; h < mean.Length; h++)
            {
                var next = Errors.Length + h;
                for (var j = 0; j < phi.Length; j++)
                {
                    errors[next] += phi[j] * errors[next - 1 - j];
                }

                level *= Orders.Damping;
                var value = errors[next] + level;
                for (var i = 0; i < Beta.Length; i++)
                {
                    value += Beta[i] * Terms.Value(i, Length + h);
                }

                mean[h] = Scale.Back(Math.Clamp(value, low, high));
            }
        }
    }
}
