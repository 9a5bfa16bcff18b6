using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Explanation;

namespace Wfm.Api.Features.Forecasts.Explanation;

/// <summary>What drove the forecast of one queue; the parts of every line add up to its mean.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="By">interval, day or week.</param>
/// <param name="Items">Lines, ascending; the first and the last may be cut by the time asked for.</param>
/// <param name="Total">All lines together.</param>
/// <param name="Comparisons">The same time compared with the week before, the year before (52 weeks) and the forecast before, where those are known in
/// full.</param>
/// <param name="Models">The models combined, by weight: where the remainder comes from.</param>
/// <param name="EventEffects">What events of each kind do to this queue.</param>
/// <param name="Crises">Crises still running at the cut-off, and when volume is back to 1.1 × usual.</param>
public sealed record ExplanationResponse(
    string Queue, ExplanationPeriod By, IReadOnlyList<ExplanationItem> Items, ExplanationItem Total, IReadOnlyList<ExplanationComparison> Comparisons,
    IReadOnlyList<ModelWeight> Models, IReadOnlyList<LearnedEffect> EventEffects, IReadOnlyList<CrisisOutlook> Crises);

/// <summary>What the volume of a time is made of, in contacts.</summary>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="Mean">Contacts expected: the sum of the parts.</param>
/// <param name="Parts">The parts.</param>
public sealed record ExplanationItem(Instant Start, Instant End, double Mean, ExplanationParts Parts)
{
    internal static ExplanationItem Of(Instant start, Instant end, Contributions parts) => new(start, end, parts.Total, ExplanationParts.Of(parts));
}

/// <summary>Parts of a volume, or of a change of it, in contacts.</summary>
/// <param name="Level">The level at the end of the history.</param>
/// <param name="Trend">Growth since.</param>
/// <param name="TimeOfYear">The time of the year.</param>
/// <param name="DayOfWeek">The day of the week.</param>
/// <param name="TimeOfDay">The time of the day.</param>
/// <param name="Events">Holidays, campaigns, crises.</param>
/// <param name="Adjustments">Changes by hand.</param>
/// <param name="Remainder">What the combined models saw beyond these; for the past, chance.</param>
public sealed record ExplanationParts(
    double Level, double Trend, double TimeOfYear, double DayOfWeek, double TimeOfDay, double Events, double Adjustments, double Remainder)
{
    internal static ExplanationParts Of(Contributions c) =>
        new(c.Level, c.Trend, c.TimeOfYear, c.DayOfWeek, c.TimeOfDay, c.Events, c.Adjustments, c.Remainder);
}

/// <summary>How a time differs from another, part by part.</summary>
/// <param name="With">last-week, last-year or previous-forecast.</param>
/// <param name="Start">Start of the other time.</param>
/// <param name="End">End of the other time, exclusive.</param>
/// <param name="Before">Contacts then: observed where it is past, forecast otherwise.</param>
/// <param name="Change">Contacts more now than then.</param>
/// <param name="Parts">The change in parts; they add up to it.</param>
public sealed record ExplanationComparison(string With, Instant Start, Instant End, double Before, double Change, ExplanationParts Parts)
{
    internal static ExplanationComparison Of(string with, Instant start, Instant end, Contributions now, Contributions before) =>
        new(with, start, end, before.Total, (now - before).Total, ExplanationParts.Of(now - before));
}
