namespace Wfm.Forecasting;

/// <summary>Accuracy over a set of forecast errors.</summary>
/// <param name="Wape">Σ|y−ŷ| ÷ Σ|y|, a fraction; <see langword="null"/> where all observations are zero.</param>
/// <param name="Bias">Σ(ŷ−y) ÷ Σ|y|, a fraction; positive when the forecast was too high; <see langword="null"/> where all observations are zero.</param>
/// <param name="Mase">Mean absolute error ÷ in-sample mean absolute seasonal difference (week, or the longest season there is); <see langword="null"/> where
/// the history repeats itself exactly.</param>
/// <param name="MeanPinball">Pinball loss in contacts, mean over the observations and the quantile levels.</param>
/// <param name="Coverage50">Share of observations inside the central 50 % interval.</param>
/// <param name="Coverage80">Share of observations inside the central 80 % interval.</param>
/// <param name="Coverage95">Share of observations inside the central 95 % interval.</param>
/// <param name="Observations">Number of observations scored, at least 1.</param>
public sealed record AccuracySummary(
    double? Wape, double? Bias, double? Mase, double MeanPinball, double Coverage50, double Coverage80, double Coverage95, int Observations);

/// <summary>Accuracy of one range of days ahead.</summary>
/// <param name="FirstDay">First day ahead, 1 for the day that starts at the origin.</param>
/// <param name="LastDay">Last day ahead, inclusive.</param>
/// <param name="Accuracy">Accuracy of the forecast.</param>
/// <param name="SeasonalNaive">Accuracy of the weekly seasonal naive forecast on the same observations; <see langword="null"/> where it had no season behind
/// it.</param>
public sealed record HorizonAccuracy(int FirstDay, int LastDay, AccuracySummary Accuracy, AccuracySummary? SeasonalNaive);

/// <summary>What the forecast would have been worth at earlier origins: every number out of sample.</summary>
/// <param name="Origins">Number of rolling origins; 0 when the history is too short for any.</param>
/// <param name="Horizon">Steps forecast from each origin.</param>
/// <param name="Overall">Accuracy over all origins and steps; <see langword="null"/> where nothing could be scored.</param>
/// <param name="SeasonalNaive">The weekly seasonal naive on the same observations; <see langword="null"/> where it had no season behind it.</param>
/// <param name="ByHorizon">Accuracy by days ahead, ascending.</param>
public sealed record BacktestReport(
    int Origins, int Horizon, AccuracySummary? Overall, AccuracySummary? SeasonalNaive, IReadOnlyList<HorizonAccuracy> ByHorizon)
{
    /// <summary>Of a forecast that could not be tested.</summary>
    public static BacktestReport Untested { get; } = new(0, 0, null, null, []);
}

/// <summary>A model's part in a forecast.</summary>
/// <param name="Model">Name from <see cref="Models.ModelCatalog"/>.</param>
/// <param name="Weight">Share in the combination, 0 to 1, mean over the horizon; the weights of a forecast sum to 1.</param>
/// <param name="BacktestWape">WAPE of the model alone at the rolling origins; <see langword="null"/> where it was not tested or nothing came.</param>
/// <param name="GatedBecause">Why the back-test shut the model out; <see langword="null"/> when it takes part.</param>
public sealed record ModelWeight(string Model, double Weight, double? BacktestWape, string? GatedBecause);
