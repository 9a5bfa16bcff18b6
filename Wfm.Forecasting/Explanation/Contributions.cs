using System.Runtime.InteropServices;

namespace Wfm.Forecasting.Explanation;

/// <summary>What a volume is made of, in contacts; the parts add up to it.</summary>
/// <param name="Level">The level at the end of the history, the same in every open interval.</param>
/// <param name="Trend">What growth has added since.</param>
/// <param name="TimeOfYear">What the time of the year adds or takes; 0 below a year and a half of history.</param>
/// <param name="DayOfWeek">What the day of the week adds or takes.</param>
/// <param name="TimeOfDay">What the time of the day adds or takes on that day of the week.</param>
/// <param name="Events">What holidays, campaigns and crises add or take.</param>
/// <param name="Adjustments">What people added or took by hand.</param>
/// <param name="Remainder">What the models saw beyond these; for the past, chance.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Contributions(
    double Level, double Trend, double TimeOfYear, double DayOfWeek, double TimeOfDay, double Events, double Adjustments, double Remainder)
{
    /// <summary>The volume the parts add up to.</summary>
    public double Total => Level + Trend + TimeOfYear + DayOfWeek + TimeOfDay + Events + Adjustments + Remainder;

    /// <summary>Part by part.</summary>
    public static Contributions operator +(Contributions a, Contributions b) => new(
        a.Level + b.Level, a.Trend + b.Trend, a.TimeOfYear + b.TimeOfYear, a.DayOfWeek + b.DayOfWeek, a.TimeOfDay + b.TimeOfDay,
        a.Events + b.Events, a.Adjustments + b.Adjustments, a.Remainder + b.Remainder);

    /// <summary>Part by part: how much of a change each part is.</summary>
    public static Contributions operator -(Contributions a, Contributions b) => new(
        a.Level - b.Level, a.Trend - b.Trend, a.TimeOfYear - b.TimeOfYear, a.DayOfWeek - b.DayOfWeek, a.TimeOfDay - b.TimeOfDay,
        a.Events - b.Events, a.Adjustments - b.Adjustments, a.Remainder - b.Remainder);
}

/// <summary>A stretch of time and what its volume is made of.</summary>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="Parts">What the volume is made of.</param>
public sealed record ExplainedPeriod(NodaTime.Instant Start, NodaTime.Instant End, Contributions Parts);

/// <summary>How finely an explanation is summed.</summary>
public enum ExplanationPeriod
{
    /// <summary>Each interval of the series.</summary>
    Interval,

    /// <summary>Local days.</summary>
    Day,

    /// <summary>Local weeks from Monday.</summary>
    Week,
}
