using System.Text.Json.Serialization;
using Wfm.Forecasting.Models;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Pooled;

/// <summary>Trees over the same hours of the days and weeks before, one set for all series.</summary>
public sealed class PooledLags : PooledModel
{
    /// <summary>Name of the model.</summary>
    public const string ModelName = "pooled-lags";

    /// <summary>Creates a trained model.</summary>
    /// <param name="versions">What was trained, by ascending cut-off.</param>
    [JsonConstructor]
    public PooledLags(IReadOnlyList<PooledVersion> versions)
        : base(versions)
    {
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => ModelName;

    private protected override IFittedModel Read(
        BoostedTrees trees, ReadOnlySpan<double> y, ModelFrame frame, IReadOnlyList<IFittedModel> locals) =>
        new FittedDepartures(trees, new SeriesView(y, frame.Clock), locals, LagFeatures.Width, Write);

    private static double Write(SeriesView view, LocalForecasts locals, int step, Span<float> row)
    {
        LagFeatures.Write(view, step, row);
        return LagFeatures.BaseOf(view, step);
    }
}
