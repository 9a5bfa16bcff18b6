using NodaTime;
using Wfm.Forecasting.Combination;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Uncertainty;

/// <summary>What a series came in above or below its forecast day by day, at the rolling origins: what tells which series move together.</summary>
/// <param name="Days">Local days, as days since 1 January 1970, ascending.</param>
/// <param name="Errors">By day Σ(actual − forecast) ÷ Σ of the scale of the errors, over all origins that forecast the day.</param>
public sealed record DayErrors(int[] Days, double[] Errors)
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    /// <summary>No day was forecast before it came.</summary>
    public static DayErrors None { get; } = new([], []);

    internal static DayErrors Collect(
        CombinedForecast combined, TimeSeries history, PreparedHistory prepared, ErrorQuantiles distribution, PhaseOfSlot phases)
    {
        if (combined.Plan.Origins.Length == 0 || prepared.Frame.DaysPerSlot > 1)
        {
            return None;
        }

        var first = combined.Plan.Origins[0];
        var days = DaysOfSlots(history, prepared.Frame, first);
        var sums = new SortedDictionary<int, (double Error, double Scale, int Slots)>();
        foreach (var e in BacktestErrors.AtLatestLevel(combined, prepared).Where(e => !e.IsAcross))
        {
            if (days[e.Slot - first] is { } day)
            {
                var (error, scale, slots) = sums.GetValueOrDefault(day);
                sums[day] = (error + e.Actual - e.Forecast, scale + distribution.ScaleOf(e.Forecast, e.Step, phases.Of(e.Slot)), slots + 1);
            }
        }

        var scored = sums.Where(s => s.Value.Scale > 0 && 2 * s.Value.Slots >= prepared.Frame.SlotsPerDay).ToArray(); // an hour is no day
        return new DayErrors([.. scored.Select(s => s.Key)], [.. scored.Select(s => (double)(float)(s.Value.Error / s.Value.Scale))]);
    }

    /// <summary>Local day of each open slot of the history from one on; null for a slot that a change of the clocks left out.</summary>
    private static int?[] DaysOfSlots(TimeSeries history, ModelFrame frame, int first)
    {
        var days = new int?[frame.Observed.Length - first];
        for (var i = history.Length - 1; i >= 0; i--)
        {
            if (!frame.IsOpen(i))
            {
                continue;
            }

            var slot = frame.SlotOf(i) - first;
            if (slot < 0)
            {
                break;
            }

            days[slot] = Period.DaysBetween(Epoch, history.Grid.DateOf(history.InstantAt(i)));
        }

        return days;
    }
}
