using NodaTime;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Volumes.Quality;

/// <summary>What each time of the local week usually brings: median and robust spread over all weeks of a history.</summary>
internal sealed class WeeklyProfile
{
    private const int MinimumWeeks = 4;
    private readonly int[] _slotOf;
    private readonly double[] _median;
    private readonly double[] _spread;

    public WeeklyProfile(History history)
    {
        var perDay = IntervalGrid.Day / history.Grid.Minutes;
        var offsets = new ZoneOffsets(history.Grid.Zone);
        _slotOf = new int[history.Length];
        var values = new List<double>[7 * perDay];
        for (var i = 0; i < history.Length; i++)
        {
            var local = offsets.Local(history.StartOf(i));
            var minute = (local.Hour * 60) + local.Minute;
            var slot = _slotOf[i] = (((int)local.DayOfWeek - 1) * perDay) + (perDay == 1 ? 0 : minute / history.Grid.Minutes);
            if (!double.IsNaN(history.Offered[i]))
            {
                (values[slot] ??= []).Add(history.Offered[i]);
            }
        }

        _median = new double[values.Length];
        _spread = new double[values.Length];
        for (var slot = 0; slot < values.Length; slot++)
        {
            (_median[slot], _spread[slot]) = Describe(values[slot]);
        }
    }

    /// <summary>Median of the time of week of interval <paramref name="index"/>; NaN where fewer than four weeks are known.</summary>
    public double Usual(int index) => _median[_slotOf[index]];

    /// <summary>Robust standard deviation there; never below that of a Poisson count of the same size, or rare contacts would all be outliers.</summary>
    public double Spread(int index) => _spread[_slotOf[index]];

    private static (double Median, double Spread) Describe(List<double>? values)
    {
        if (values is not { Count: >= MinimumWeeks })
        {
            return (double.NaN, double.NaN);
        }

        var sample = values.ToArray();
        var median = Medians.Of(sample);
        return (median, Math.Max(Medians.Spread(sample, median), Math.Sqrt(Math.Max(median, 1))));
    }

    /// <summary>Local time without asking the zone each time: most neighbours share an offset.</summary>
    private sealed class ZoneOffsets(DateTimeZone zone)
    {
        private NodaTime.TimeZones.ZoneInterval? _interval;

        public LocalDateTime Local(Instant instant)
        {
            if (_interval is null || !_interval.Contains(instant))
            {
                _interval = zone.GetZoneInterval(instant);
            }

            return instant.WithOffset(_interval.WallOffset).LocalDateTime;
        }
    }
}
