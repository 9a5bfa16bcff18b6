using System.Text.Json.Serialization;
using Wfm.Forecasting.Models;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Pooled;

/// <summary>Trees trained once across many series; of each of them they only read what it looks like.</summary>
/// <remarks>
/// Direct for every step ahead: what is read comes from the series itself, what is made of it from all. A back-test is
/// served at every origin by the latest version that saw nothing after it. Source: Montero-Manso &amp; Hyndman, “Principles and algorithms for forecasting
/// groups of time series: locality and globality”, <i>International Journal of Forecasting</i> 37 (2021).
/// </remarks>
[JsonDerivedType(typeof(PooledLags), PooledLags.ModelName)]
[JsonDerivedType(typeof(PooledStack), PooledStack.ModelName)]
[JsonDerivedType(typeof(CalendarTrees), CalendarTrees.ModelName)]
public abstract class PooledModel
{
    /// <summary>How often its weight counts before any back-test, against 1 of other models.</summary>
    internal virtual double Prior => 3;

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
    private protected virtual IReadOnlyList<IForecastModel> Asks => [];

    /// <summary>Weeks of history it reads at least.</summary>
    private protected virtual int FewestWeeks => 1;

    /// <summary>Whether it can say anything of such a series.</summary>
    internal virtual bool Serves(PreparedHistory prepared) => true;

    /// <summary>Looks at a history.</summary>
    /// <param name="trees">A version that saw nothing after it.</param>
    /// <param name="y">Complete observations.</param>
    /// <param name="frame">Where they lie.</param>
    /// <param name="locals">Fits of <see cref="Asks"/>.</param>
    private protected abstract IFittedModel Read(BoostedTrees trees, ReadOnlySpan<double> y, ModelFrame frame, IReadOnlyList<IFittedModel> locals);

    /// <summary>The model of one series.</summary>
    /// <param name="frame">Its slots.</param>
    /// <param name="shared">Models of the series by name that are fitted once for all that ask.</param>
    /// <returns><see langword="null"/> where every version saw what comes after the history.</returns>
    internal IForecastModel? For(ModelFrame frame, IReadOnlyDictionary<string, SharedFits> shared)
    {
        var honest = Versions.Where(v => v.CutOff <= frame.End).Select(v => (frame.SlotsBefore(v.CutOff), v.Trees)).ToArray();
        return honest.Length == 0 ? null
            : new OfSeries(this, frame, honest, [.. Asks.Select(model => shared.TryGetValue(model.Name, out var known) ? known : model)]);
    }

    private sealed class OfSeries(
        PooledModel pooled, ModelFrame frame, (int Slots, BoostedTrees Trees)[] versions, IReadOnlyList<IForecastModel> locals) : IForecastModel
    {
        public string Name => pooled.Name;

        public int MinimumLength(ReadOnlySpan<int> seasonLengths) =>
            Math.Max(Math.Max(versions[0].Slots, pooled.FewestWeeks * frame.Clock.Week), LocalForecasts.MinimumLength(locals, seasonLengths));

        public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
        {
            ModelGuard.Check(this, y, seasonLengths);
            var (known, fits) = (y.Length, new IFittedModel[locals.Count]);
            for (var m = 0; m < fits.Length; m++)
            {
                fits[m] = locals[m].Fit(y, seasonLengths);
            }

            return pooled.Read(versions.Last(v => v.Slots <= known).Trees, y, frame, fits);
        }
    }
}
