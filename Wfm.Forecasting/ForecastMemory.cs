using NodaTime;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Forecasting;

/// <summary>
/// What a forecast learned that costs time to learn: parameters, weights, errors at the rolling origins. Plain numbers, to be stored with the
/// forecast and given to the next one, which then only brings the models' states up to date.
/// </summary>
/// <param name="Start">Start of the history it was learned from; a later history must start there too.</param>
/// <param name="Intervals">Intervals of that history.</param>
/// <param name="Slots">Open slots of that history.</param>
/// <param name="Steps">Open slots ahead that the weights and errors were learned for.</param>
/// <param name="SeasonLengths">Seasons the history covered, in open slots.</param>
/// <param name="LevelShifts">Lasting changes of level found; one more and everything is learned anew.</param>
/// <param name="Models">The models that took part.</param>
/// <param name="Errors">Distribution of the errors.</param>
/// <param name="Dependence">Dependence of the errors.</param>
/// <param name="Weights">All models tried, as the forecast reports them.</param>
/// <param name="Backtest">The back-test, as the forecast reports it.</param>
public sealed record ForecastMemory(
    Instant Start,
    int Intervals,
    int Slots,
    int Steps,
    int[] SeasonLengths,
    int LevelShifts,
    IReadOnlyList<RememberedModel> Models,
    RememberedErrors Errors,
    PathDependence Dependence,
    IReadOnlyList<ModelWeight> Weights,
    BacktestReport Backtest)
{
    /// <summary>Errors by day, for the dependence on other series.</summary>
    public DayErrors Days { get; init; } = DayErrors.None;

    /// <summary>Days of new observations after which a forecast learns anew.</summary>
    public const int LongestDays = 7;

    private const double ClockChange = 1.0 / 24; // a week in which the clocks go back is an hour longer

    /// <summary>Whether a history may be forecast from this memory.</summary>
    /// <param name="history">The history.</param>
    /// <param name="prepared">The history as the models see it.</param>
    /// <param name="names">Models there are.</param>
    internal bool Serves(TimeSeries history, PreparedHistory prepared, IReadOnlyCollection<string> names)
    {
        var newDays = (history.Length - Intervals) * history.Grid.Interval.TotalDays;
        return history.Start == Start && newDays >= 0 && newDays <= LongestDays + ClockChange
            && prepared.Complete.Length >= Slots && prepared.Frame.Horizon <= Steps + prepared.Frame.SlotsPerDay // a day of 25 hours has more of them
            && prepared.Seasons.AsSpan().SequenceEqual(SeasonLengths)
            && prepared.Report.LevelShifts.Count == LevelShifts
            && Models.All(m => names.Contains(m.Name));
    }
}

/// <summary>A model that takes part in a forecast.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Parameters">What its fit to the whole history found.</param>
/// <param name="WeightsByRange">Its weight by range of days ahead.</param>
public sealed record RememberedModel(string Name, double[] Parameters, double[] WeightsByRange);

/// <summary>Errors at the rolling origins, divided by their scale.</summary>
/// <param name="ForecastPower">The scale grows with the forecast to this power.</param>
/// <param name="StepPower">The scale grows with the step ahead to this power.</param>
/// <param name="Floor">Least forecast that counts for the scale.</param>
/// <param name="PhaseFactors">Factor of the scale by phase of the season.</param>
/// <param name="Sorted">Evenly spaced order statistics of the errors, ascending.</param>
/// <param name="Count">Number of errors they stand for.</param>
/// <param name="Draws">Number of independent draws they are worth: days, or more where the errors of a day have little to do with each other.</param>
/// <param name="Recent">How much larger errors have become in the last days than they were, beyond chance: at least 1.</param>
public sealed record RememberedErrors(
    double ForecastPower, double StepPower, double Floor, double[] PhaseFactors, double[] Sorted, int Count, double Draws,
    double Recent = 1);
