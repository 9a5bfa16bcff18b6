using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Uncertainty;

/// <summary>The phase of a slot for error scales: the slot of the day, or of the week on daily grids.</summary>
/// <param name="frame">History as the models see it.</param>
internal sealed class PhaseOfSlot(ModelFrame frame)
{
    /// <summary>Number of phases, at least 1.</summary>
    public int Count { get; } = frame.SeasonLengths.Length == 0 || frame.SeasonLengths[0] > frame.Observed.Length ? 1 : frame.SeasonLengths[0];

    /// <summary>Phase of a slot counted from the first of the history.</summary>
    public int Of(int slot) => slot % Count;

    /// <summary>Day of a slot counted from the first of the history.</summary>
    public int DayOf(int slot) => (int)(slot / frame.SlotsPerDay);
}
