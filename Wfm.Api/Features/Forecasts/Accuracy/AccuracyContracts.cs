using NodaTime;

namespace Wfm.Api.Features.Forecasts.Accuracy;

/// <summary>What accuracy is told by.</summary>
public enum AccuracyGrouping { Queue, Hub, LeadDays, Weekday }

/// <summary>Accuracy of a forecast against what came; y is the volume, ŷ the mean forecast, sums run over the intervals scored.</summary>
/// <param name="Observations">Intervals scored.</param>
/// <param name="Wape">Σ|y − ŷ| ÷ Σy, a fraction; null when nothing came.</param>
/// <param name="Bias">Σ(ŷ − y) ÷ Σy, a fraction; positive when the forecast was too high; null when nothing came.</param>
/// <param name="Mase">Mean of |y − ŷ| ÷ s, where s is the queue's mean |y(t) − y(t − 1 week)| in the nine weeks before; null where those are missing.</param>
/// <param name="MeanPinball">Mean over intervals and the levels τ of 2.5, 5, 10, 25, 50, 75, 90, 95 and 97.5 % of
/// τ·(y − q) where y ≥ q, else (1 − τ)·(q − y), contacts; null without quantiles.</param>
/// <param name="Coverage50">Share of y in [q25, q75]; null without quantiles.</param>
/// <param name="Coverage80">Share of y in [q10, q90]; null without quantiles.</param>
/// <param name="Coverage95">Share of y in [q2.5, q97.5]; null without quantiles.</param>
public sealed record AccuracyFigures(
    int Observations, double? Wape, double? Bias, double? Mase, double? MeanPinball, double? Coverage50, double? Coverage80, double? Coverage95);

/// <summary>Accuracy over intervals that have something in common.</summary>
/// <param name="Name">Code of the queue or hub, days between cut-off and interval (0 within the first 24 hours), or day of the local week.</param>
/// <param name="Published">The forecast as it was published.</param>
/// <param name="Adjusted">The same with its adjustments.</param>
/// <param name="SeasonalNaive">The volume of the same local time a week before, where it is known.</param>
public sealed record AccuracyGroup(string Name, AccuracyFigures Published, AccuracyFigures Adjusted, AccuracyFigures SeasonalNaive);

/// <summary>Accuracy of the forecasts of a hub against what came.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="From">First interval start.</param>
/// <param name="To">End, exclusive.</param>
/// <param name="By">What it is told by.</param>
/// <param name="LeadDays">Shortest time between cut-off and interval, days of 24 hours.</param>
/// <param name="Overall">All intervals.</param>
/// <param name="Groups">By group; queues and hubs in order of code, the others ascending.</param>
public sealed record AccuracyResponse(
    string Hub, Instant From, Instant To, AccuracyGrouping By, int LeadDays, AccuracyGroup Overall, IReadOnlyList<AccuracyGroup> Groups);

/// <summary>What the forecast published before was worth on the intervals since its cut-off.</summary>
/// <param name="ForecastId">The earlier forecast.</param>
/// <param name="CutOff">Its cut-off; scored from here to the cut-off of the newer one.</param>
/// <param name="Published">The forecast as it was published.</param>
/// <param name="Adjusted">The same with its adjustments.</param>
/// <param name="SeasonalNaive">The volume of the same local time a week before, where it is known.</param>
public sealed record PreviousForecastAccuracy(
    Guid ForecastId, Instant CutOff, AccuracyFigures Published, AccuracyFigures Adjusted, AccuracyFigures SeasonalNaive);
