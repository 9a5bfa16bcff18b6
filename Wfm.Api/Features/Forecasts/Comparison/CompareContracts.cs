using NodaTime;
using Wfm.Api.Features.Forecasts.Accuracy;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Forecasting;

namespace Wfm.Api.Features.Forecasts.Comparison;

/// <summary>One side of a comparison.</summary>
/// <param name="Id">Identity of the forecast.</param>
/// <param name="State">draft, published or superseded.</param>
/// <param name="CutOff">End of its history.</param>
/// <param name="Total">Contacts over the intervals that both have, adjustments included.</param>
/// <param name="Backtest">Accuracy in its own back-test; null where the history was too short for one.</param>
/// <param name="Actual">Accuracy on the intervals that both have and whose volume is known; null without any.</param>
public sealed record ComparedForecast(Guid Id, PublicationState State, Instant CutOff, double Total, AccuracySummary? Backtest, AccuracyFigures? Actual);

/// <summary>A local day of two forecasts.</summary>
/// <param name="Date">Date at the hub.</param>
/// <param name="A">Contacts by the first forecast.</param>
/// <param name="B">Contacts by the second.</param>
/// <param name="Difference">B − A.</param>
/// <param name="Ratio">B ÷ A; null when A is zero.</param>
public sealed record ComparedDay(LocalDate Date, double A, double B, double Difference, double? Ratio);

/// <summary>An interval of two forecasts.</summary>
/// <param name="Start">Start of the interval.</param>
/// <param name="A">Contacts by the first forecast.</param>
/// <param name="B">Contacts by the second.</param>
/// <param name="Difference">B − A.</param>
public sealed record ComparedInterval(Instant Start, double A, double B, double Difference);

/// <summary>A model whose weight differs.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="A">Weight in the first forecast; 0 when it took no part.</param>
/// <param name="B">Weight in the second.</param>
/// <param name="Difference">B − A.</param>
public sealed record ComparedWeight(string Model, double A, double B, double Difference);

/// <summary>Two forecasts of one queue side by side, over the intervals that both have.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="A">The first.</param>
/// <param name="B">The second.</param>
/// <param name="Days">By local day, ascending; the first and the last may be cut.</param>
/// <param name="LargestDifferences">The ten intervals that differ most, largest first.</param>
/// <param name="Weights">Models whose weight differs, largest change first.</param>
public sealed record CompareResponse(
    string Queue, ComparedForecast A, ComparedForecast B, IReadOnlyList<ComparedDay> Days, IReadOnlyList<ComparedInterval> LargestDifferences,
    IReadOnlyList<ComparedWeight> Weights);
