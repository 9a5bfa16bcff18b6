using System.Text.Json.Serialization;
using Wfm.Forecasting.Models;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Pooled;

/// <summary>Trees trained once across many series; of each of them they only read what it looks like.</summary>
/// <remarks>
/// ŷ(n+h) = base(h) + unit · f(features(h)), direct for every step ahead: base, unit and features come from the series itself, f from all. A back-test is
/// served at every origin by the latest version that saw nothing after it. Source: Montero-Manso &amp; Hyndman, “Principles and algorithms for forecasting
/// groups of time series: locality and globality”, <i>International Journal of Forecasting</i> 37 (2021).
/// </remarks>
[JsonDerivedType(typeof(PooledLags), PooledLags.ModelName)]
[JsonDerivedType(typeof(PooledStack), PooledStack.ModelName)]
public abstract class PooledModel
{
    /// <summary>How often its weight counts before any back-test, against 1 of other models.</summary>
    internal const double Prior = 3;

    private const double Headroom = 0.5; // of the range of the last weeks, that a forecast may go beyond it

    private protected PooledModel(IReadOnlyList<PooledVersion> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        Versions = versions.Count > 0 && versions.Zip(versions.Skip(1)).All(pair => pair.First.CutOff < pair.Second.CutOff) ? versions
            : throw new ArgumentException("There must be a version, and their cut-offs must ascend.", nameof(versions));
    }

    /// <summary>Name among the models of a forecast.</summary>
    public abstract string Name { get; }

    /// <summary>What was trained, by ascending cut-off; the last serves the forecast.</summary>
    public IReadOnlyList<PooledVersion> Versions { get; }

    /// <summary>Models of the series itself that it asks: those of <see cref="LocalForecasts.Models"/>, or none.</summary>
    private protected abstract IReadOnlyList<IForecastModel> Asks { get; }

    /// <summary>Features in a row.</summary>
    private protected abstract int Width { get; }

    /// <summary>Writes the features of a step.</summary>
    /// <param name="locals">What the models that it asks say.</param>
    /// <returns>What the trees add to.</returns>
    private protected abstract double Write(SeriesView view, LocalForecasts locals, int step, Span<float> row);

    /// <summary>The model of one series.</summary>
    /// <param name="frame">Its slots.</param>
    /// <param name="shared">Models of the series by name that are fitted once for all that ask.</param>
    /// <returns><see langword="null"/> where every version saw what comes after the history.</returns>
    internal IForecastModel? For(ModelFrame frame, IReadOnlyDictionary<string, SharedFits> shared)
    {
        var honest = Versions.Where(v => v.CutOff <= frame.End).Select(v => (frame.SlotsBefore(v.CutOff), v.Trees)).ToArray();
        return honest.Length == 0 ? null
            : new OfSeries(this, frame.Clock, honest, [.. Asks.Select(model => shared.TryGetValue(model.Name, out var known) ? known : model)]);
    }

    /// <summary>Keeps a forecast near what the last weeks showed.</summary>
    private static double Bounded(SeriesView view, double value)
    {
        var headroom = Headroom * Math.Max(view.High - view.Low, view.Unit);
        return Math.Clamp(value, Math.Min(view.Low, Math.Max(view.Low - headroom, view.Low >= 0 ? 0 : double.NegativeInfinity)), view.High + headroom);
    }

    private sealed class OfSeries(
        PooledModel pooled, SlotClock clock, (int Slots, BoostedTrees Trees)[] versions, IReadOnlyList<IForecastModel> locals) : IForecastModel
    {
        public string Name => pooled.Name;

        public int MinimumLength(ReadOnlySpan<int> seasonLengths) =>
            Math.Max(Math.Max(versions[0].Slots, clock.Week), LocalForecasts.MinimumLength(locals, seasonLengths));

        public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
        {
            ModelGuard.Check(this, y, seasonLengths);
            var (known, fits) = (y.Length, new IFittedModel[locals.Count]);
            for (var m = 0; m < fits.Length; m++)
            {
                fits[m] = locals[m].Fit(y, seasonLengths);
            }

            return new Fitted(pooled, versions.Last(v => v.Slots <= known).Trees, new SeriesView(y, clock), fits);
        }
    }

    private sealed record Fitted(PooledModel Pooled, BoostedTrees Trees, SeriesView View, IReadOnlyList<IFittedModel> Locals) : IFittedModel
    {
        public void Forecast(Span<double> mean)
        {
            var said = LocalForecasts.Of(Locals, mean.Length);
            var (rows, departures) = (new float[mean.Length * Pooled.Width], new double[mean.Length]);
            for (var h = 0; h < mean.Length; h++)
            {
                mean[h] = Pooled.Write(View, said, h, rows.AsSpan(h * Pooled.Width, Pooled.Width));
            }

            Trees.Predict(rows, Pooled.Width, departures);
            for (var h = 0; h < mean.Length; h++)
            {
                mean[h] = Bounded(View, mean[h] + (View.Unit * departures[h]));
            }
        }
    }
}
