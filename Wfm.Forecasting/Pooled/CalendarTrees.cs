using System.Text.Json.Serialization;
using Wfm.Forecasting.Models;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Pooled;

/// <summary>Trees over the clock, the time of the year and a slow level, for counts with two years of history, one set for all series.</summary>
/// <remarks>ŷ(n+h) = mean of eight weeks · exp(f(features(h))), f boosted for Tweedie's deviance: Yang, Qian &amp; Zou, “Insurance premium prediction via
/// gradient tree-boosted Tweedie compound Poisson models”, <i>Journal of Business &amp; Economic Statistics</i> 36 (2018).</remarks>
public sealed class CalendarTrees : PooledModel
{
    /// <summary>Name of the model.</summary>
    public const string ModelName = "calendar-trees";

    private const int WeeksServed = 100; // two years but for what a caller holds back at either end
    private const int WeeksLearned = 74; // before a first cut-off: every time of the year once, almost half of it twice

    /// <summary>Creates a trained model.</summary>
    /// <param name="versions">What was trained, by ascending cut-off.</param>
    [JsonConstructor]
    public CalendarTrees(IReadOnlyList<PooledVersion> versions)
        : base(versions)
    {
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => ModelName;

    /// <inheritdoc/>
    /// <remarks>As much as the many local models that see no year together: four weeks of back-tests cannot tell. Emergency department, origins before March
    /// 2018, mean pinball loss 1.131 without, 1.122 with 3, 1.120 with 6, 1.118 with 15, 1.116 with 40.</remarks>
    internal override double Prior => 15;

    private protected override int FewestWeeks => 52;

    /// <inheritdoc/>
    internal override bool Serves(PreparedHistory prepared) => IsOfAge(prepared);

    /// <summary>Whether it can be learned from, too.</summary>
    /// <param name="slots">What lies before the first cut-off.</param>
    internal static bool Teaches(PreparedHistory prepared, int slots) => IsOfAge(prepared) && slots >= WeeksLearned * prepared.Frame.Clock.Week;

    private static bool IsOfAge(PreparedHistory prepared) =>
        prepared.Counts && prepared.Frame.DaysPerSlot <= 1 && prepared.Complete.Length >= WeeksServed * prepared.Frame.Clock.Week;

    private protected override IFittedModel Read(
        BoostedTrees trees, ReadOnlySpan<double> y, ModelFrame frame, IReadOnlyList<IFittedModel> locals) =>
        new Fitted(trees, new CalendarView(new CalendarHistory(y, frame), y.Length));

    private sealed record Fitted(BoostedTrees Trees, CalendarView View) : IFittedModel
    {
        public void Forecast(Span<double> mean)
        {
            var rows = new float[mean.Length * CalendarView.Width];
            for (var h = 0; h < mean.Length; h++)
            {
                View.Write(h, rows.AsSpan(h * CalendarView.Width, CalendarView.Width));
            }

            Trees.Predict(rows, CalendarView.Width, mean);
            for (var h = 0; h < mean.Length; h++)
            {
                mean[h] = View.Level * Math.Exp(mean[h]);
            }
        }
    }
}
