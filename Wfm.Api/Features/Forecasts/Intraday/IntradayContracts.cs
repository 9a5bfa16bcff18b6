using NodaTime;

namespace Wfm.Api.Features.Forecasts.Intraday;

/// <summary>Forecast of a number of contacts over several intervals.</summary>
/// <param name="Mean">Expected contacts.</param>
/// <param name="Quantiles">Contacts by level, in the order of <c>levels</c>.</param>
public sealed record IntradaySum(double Mean, double[] Quantiles);

/// <summary>One interval of a re-forecast.</summary>
/// <param name="Start">Start of the interval.</param>
/// <param name="ForecastMean">Contacts expected by the served forecast, adjustments included.</param>
/// <param name="Mean">Contacts expected given what came in.</param>
/// <param name="Quantiles">Contacts given what came in, by level, in the order of <c>levels</c>.</param>
/// <param name="AhtSeconds">Expected average handle time.</param>
/// <param name="Closed">True outside opening hours.</param>
public sealed record IntradayInterval(Instant Start, double ForecastMean, double Mean, double[] Quantiles, double AhtSeconds, bool Closed);

/// <summary>How unusual today is so far under the forecast that was made before it.</summary>
/// <param name="Intervals">Intervals of today that the forecast reaches and whose volume is known; without any both probabilities are 1.</param>
/// <param name="Observed">Contacts that came in them.</param>
/// <param name="Expected">Contacts that were expected in them before the day began.</param>
/// <param name="ProbabilityAtLeast">Probability of at least so many; below 0.05 the day is unusually high.</param>
/// <param name="ProbabilityAtMost">Probability of at most so many; below 0.05 the day is unusually low.</param>
public sealed record IntradayRarity(int Intervals, double Observed, double Expected, double ProbabilityAtLeast, double ProbabilityAtMost);

/// <summary>The rest of a local day of one queue, re-forecast from what came in so far.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Queue">Code of the queue.</param>
/// <param name="ForecastId">The served forecast that was updated.</param>
/// <param name="CutOff">End of its history.</param>
/// <param name="At">The moment of the update.</param>
/// <param name="Date">The local day at the hub.</param>
/// <param name="KnownUntil">End of the last interval whose volume was used; the cut-off when nothing has come since.</param>
/// <param name="Observed">Contacts known of the day so far.</param>
/// <param name="ForecastTotal">Contacts of the day by the served forecast, those before its cut-off as they came.</param>
/// <param name="Levels">Levels of the quantiles, in (0, 1).</param>
/// <param name="RestOfDay">Contacts still to come today.</param>
/// <param name="DayTotal">Contacts of the whole day.</param>
/// <param name="Unusual">How unusual the day is so far.</param>
/// <param name="IntervalMinutes">Length of an interval.</param>
/// <param name="Items">The intervals from <c>knownUntil</c> to the end of the last day asked for, ascending; at most seven days.</param>
public sealed record IntradayResponse(
    string Hub, string Queue, Guid ForecastId, Instant CutOff, Instant At, LocalDate Date, Instant KnownUntil, double Observed, double ForecastTotal,
    double[] Levels, IntradaySum RestOfDay, IntradaySum DayTotal, IntradayRarity Unusual, int IntervalMinutes, IReadOnlyList<IntradayInterval> Items);
