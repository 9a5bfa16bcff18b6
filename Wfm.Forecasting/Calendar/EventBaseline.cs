using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Calendar;

/// <summary>The usual volume of an interval as the weeks around it show it, events and the days around them set aside.</summary>
/// <remarks>
/// The mean of up to three present values of the same phase before and three after. Six values, so that the noise of the usual hardly adds to that
/// of the event.
/// </remarks>
internal sealed class EventBaseline
{
    private const int Side = 3;
    private const int Cycles = 10;

    private readonly ModelFrame _frame;
    private readonly double[] _values;
    private readonly bool[] _around;
    private readonly double[] _complete;
    private readonly int _season;

    /// <summary>Prepares the lookup.</summary>
    /// <param name="frame">Open slots.</param>
    /// <param name="values">Values of the open slots without outliers, NaN where missing or inside an event.</param>
    /// <param name="complete">The same, gaps filled.</param>
    /// <param name="around">Open slots on days next to an event.</param>
    public EventBaseline(ModelFrame frame, double[] values, double[] complete, bool[] around)
    {
        (_frame, _values, _complete, _around) = (frame, values, complete, around);
        _season = frame.SeasonLengths.LastOrDefault(m => 2 * m <= values.Length, 1);
        Dispersion = DispersionOf(values, _season);
    }

    /// <summary>Variance ÷ mean of an interval from one season to the next: 1 of pure counts, more of counts that vary; in the unit of the series.</summary>
    public double Dispersion { get; }

    /// <summary>Usual volume of an interval of the history; NaN where closed.</summary>
    public double At(int index)
    {
        if (!_frame.IsOpen(index))
        {
            return double.NaN;
        }

        var slot = _frame.SlotOf(index);
        var (sum, count) = (0.0, 0);
        Add(slot, -_season, ref sum, ref count);
        Add(slot, _season, ref sum, ref count);
        return count > 0 ? sum / count : _complete[slot];
    }

    private void Add(int slot, int stride, ref double sum, ref int count)
    {
        var found = 0;
        var index = slot + stride;
        for (var cycle = 0; cycle < Cycles && found < Side && index >= 0 && index < _values.Length; cycle++, index += stride)
        {
            if (!double.IsNaN(_values[index]) && !_around[index])
            {
                sum += _values[index];
                count++;
                found++;
            }
        }
    }

    private static double DispersionOf(double[] values, int season)
    {
        var (squares, sum, count) = (0.0, 0.0, 0);
        for (var t = season; t < values.Length; t++)
        {
            var difference = values[t] - values[t - season];
            if (!double.IsNaN(difference))
            {
                squares += 0.5 * difference * difference;
                sum += 0.5 * (values[t] + values[t - season]);
                count++;
            }
        }

        return count > 0 && sum > 0 ? squares / sum : 0;
    }
}
