using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;

namespace Wfm.Api.Features.Forecasts.Rollup;

/// <summary>What forecasts are added up by.</summary>
public enum RollupBy { Total, Hub, Language, SkillGroup, Tier, Channel, Queue }

/// <summary>Length of the periods forecasts are added up to.</summary>
public enum RollupInterval { Hour, Day, Week }

/// <summary>The sum of several forecasts in one period.</summary>
/// <param name="Key">Code of the hub or queue, language, skill group, severity tier or channel; total for all.</param>
/// <param name="Start">Start of the period.</param>
/// <param name="End">End of the period, exclusive.</param>
/// <param name="Mean">Expected contacts: exactly the sum of the means of the series' intervals, adjustments included.</param>
/// <param name="Quantiles">Contacts by level, in the order of <c>levels</c>, from sums of sample paths.</param>
/// <param name="Series">Number of series with an interval in the period.</param>
/// <param name="Complete">False when a series' forecast starts or ends inside the period, so that a part of it is not in the sum.</param>
public sealed record RollupPeriod(string Key, Instant Start, Instant End, double Mean, double[] Quantiles, int Series, bool Complete);

/// <summary>Sums of the served forecasts, a page at a time.</summary>
/// <param name="By">What they are added up by.</param>
/// <param name="Interval">Length of a period.</param>
/// <param name="TimeZone">IANA zone of days and weeks: the hub's when one is given, Etc/UTC otherwise.</param>
/// <param name="Levels">Levels of the quantiles, in (0, 1).</param>
/// <param name="Items">The periods in order of start, then key.</param>
/// <param name="Next">Cursor of the next page, to be given as <c>after</c>; null at the end.</param>
/// <param name="Skipped">Series left out because their intervals are longer than the periods asked for.</param>
public sealed record RollupResponse(
    RollupBy By, RollupInterval Interval, string TimeZone, double[] Levels, IReadOnlyList<RollupPeriod> Items, string? Next,
    IReadOnlyList<SkippedSeries> Skipped);
