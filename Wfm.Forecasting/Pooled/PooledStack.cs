using System.Text.Json.Serialization;
using Wfm.Forecasting.Models;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Pooled;

/// <summary>Trees that correct the series' own autoregression by what other local models, whole weeks back and the clock say, one set for all series.</summary>
public sealed class PooledStack : PooledModel
{
    /// <summary>Name of the model.</summary>
    public const string ModelName = "pooled-stack";

    /// <summary>Creates a trained model.</summary>
    /// <param name="versions">What was trained, by ascending cut-off.</param>
    [JsonConstructor]
    public PooledStack(IReadOnlyList<PooledVersion> versions)
        : base(versions)
    {
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => ModelName;

    private protected override IReadOnlyList<IForecastModel> Asks => LocalForecasts.Models;

    private protected override IFittedModel Read(
        BoostedTrees trees, ReadOnlySpan<double> y, ModelFrame frame, IReadOnlyList<IFittedModel> locals) =>
        new FittedDepartures(trees, new SeriesView(y, frame.Clock), locals, StackFeatures.Width, Write);

    private static double Write(SeriesView view, LocalForecasts locals, int step, Span<float> row)
    {
        StackFeatures.Write(view, locals, step, row);
        return locals.BaseOf(step);
    }
}
