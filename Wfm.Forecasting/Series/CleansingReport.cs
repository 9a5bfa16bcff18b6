namespace Wfm.Forecasting.Series;

/// <summary>One value the models did not see as it was observed.</summary>
/// <param name="Index">Index in the history, from 0.</param>
/// <param name="Observed">What was recorded; <see langword="null"/> when nothing was.</param>
/// <param name="ReplacedBy">What the models saw instead.</param>
/// <param name="Reason">Why, in words: <c>missing</c>, <c>outlier</c>, <c>event: christmas</c>.</param>
public sealed record CleansedValue(int Index, double? Observed, double ReplacedBy, string Reason);

/// <summary>A lasting change of level.</summary>
/// <param name="Index">First interval of the new level in the history, from 0.</param>
/// <param name="Factor">New level ÷ old level; the history before it was multiplied by this.</param>
public sealed record LevelShift(int Index, double Factor);

/// <summary>Everything that was changed before the models saw the history. Nothing is changed silently.</summary>
/// <param name="Changes">Observed values that were replaced, ascending by index.</param>
/// <param name="MissingFilled">Number of missing intervals inside opening hours that were filled in.</param>
/// <param name="LevelShifts">Lasting changes of level that earlier history was adjusted for.</param>
/// <param name="ClosedIntervals">Number of intervals of the history that were taken as closed, not missing.</param>
public sealed record CleansingReport(
    IReadOnlyList<CleansedValue> Changes, int MissingFilled, IReadOnlyList<LevelShift> LevelShifts, int ClosedIntervals)
{
    /// <summary>The report of a history that was used as it is.</summary>
    public static CleansingReport Nothing { get; } = new([], 0, [], 0);
}
