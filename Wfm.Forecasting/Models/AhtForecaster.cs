using NodaTime;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Models;

/// <summary>Average handle time (AHT) per interval, from volumes and handle time totals.</summary>
/// <remarks>
/// AHT is a ratio of totals, so each interval counts by its volume. The level is a volume-weighted mean of the last weeks with old days
/// fading; the shape over the slots of the week is shrunk toward the day, the hour of the day, and 1, by the volume behind it: an interval
/// of the week that saw few contacts gets the AHT of its day, not an accident. Days whose AHT is far off are drawn in before they count.
/// </remarks>
public static class AhtForecaster
{
    private const double HalfLifeDays = 21;
    private const int WeeksUsed = 26;
    private const double ContactsToBelieve = 60; // contacts in a cell that weigh as much as the level above it
    private const double LargestStep = 2.5; // an interval's AHT counts as at most this many times the level, or its inverse

    /// <summary>Forecasts the AHT.</summary>
    /// <param name="start">Start of the first interval of the history.</param>
    /// <param name="grid">Interval and zone.</param>
    /// <param name="volume">Contacts handled per interval, NaN where missing.</param>
    /// <param name="handleTimeSeconds">Total handle time per interval in seconds, NaN where missing.</param>
    /// <param name="horizon">Steps after the end of the history, at least 1.</param>
    /// <param name="fallbackAhtSeconds">AHT in seconds where the history has none, above 0.</param>
    /// <returns>AHT in seconds per step; the fallback throughout when the history holds no contact with a handle time.</returns>
    /// <exception cref="ForecastDataException">A volume or a handle time is negative or infinite.</exception>
    /// <exception cref="ArgumentException">The arrays differ in length, or the fallback is not above 0.</exception>
    public static double[] Forecast(
        Instant start, IntervalGrid grid, double[] volume, double[] handleTimeSeconds, int horizon, double fallbackAhtSeconds)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(handleTimeSeconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (volume.Length != handleTimeSeconds.Length)
        {
            throw new ArgumentException(
                $"There are {volume.Length} volumes and {handleTimeSeconds.Length} handle times; they must pair up.", nameof(handleTimeSeconds));
        }

        if (!(fallbackAhtSeconds > 0) || double.IsInfinity(fallbackAhtSeconds))
        {
            throw new ArgumentOutOfRangeException(nameof(fallbackAhtSeconds), fallbackAhtSeconds, "The fallback AHT must be above 0 seconds.");
        }

        Check(volume, "volume");
        Check(handleTimeSeconds, "handle time");
        var map = new LocalCalendarMap(start, grid, volume.Length + horizon);
        var first = Math.Max(0, volume.Length - (WeeksUsed * grid.IntervalsPerWeek));
        var level = RobustLevel(volume, handleTimeSeconds, first, grid);
        if (double.IsNaN(level))
        {
            return [.. Enumerable.Repeat(fallbackAhtSeconds, horizon)];
        }

        var shape = WeeklyShape(volume, handleTimeSeconds, first, level, map, grid);
        var aht = new double[horizon];
        for (var h = 0; h < horizon; h++)
        {
            aht[h] = level * shape[map.SlotOfWeek(map.CellOf(volume.Length + h))];
        }

        return aht;
    }

    private static void Check(double[] values, string what)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] < 0 || double.IsInfinity(values[i]))
            {
                throw new ForecastDataException(
                    $"The {what} at index {i} is {values[i]}; it must be finite and not negative. Leave it out, as missing, or correct it.");
            }
        }
    }

    private static double Weight(int t, int length, IntervalGrid grid) =>
        Math.Exp(-Math.Log(2) * (length - 1 - t) * grid.Interval.TotalDays / HalfLifeDays);

    private static bool Counts(double volume, double seconds) => volume > 0 && seconds > 0;

    private static double RobustLevel(double[] volume, double[] seconds, int first, IntervalGrid grid)
    {
        // The plain level first; then every day drawn in to within a factor of it, so that one broken day cannot set the level.
        var plain = Level(volume, seconds, first, grid, double.NaN);
        return double.IsNaN(plain) ? plain : Level(volume, seconds, first, grid, MedianOfDays(volume, seconds, first, grid, plain));
    }

    private static double Level(double[] volume, double[] seconds, int first, IntervalGrid grid, double centre)
    {
        var (time, contacts) = (0.0, 0.0);
        for (var t = first; t < volume.Length; t++)
        {
            if (Counts(volume[t], seconds[t]))
            {
                var weight = Weight(t, volume.Length, grid) * volume[t];
                time += weight * Drawn(seconds[t] / volume[t], centre);
                contacts += weight;
            }
        }

        return contacts > 0 ? time / contacts : double.NaN;
    }

    private static double Drawn(double aht, double centre) =>
        double.IsNaN(centre) ? aht : Math.Clamp(aht, centre / LargestStep, centre * LargestStep);

    private static double MedianOfDays(double[] volume, double[] seconds, int first, IntervalGrid grid, double otherwise)
    {
        var days = new List<double>();
        for (var day = first; day < volume.Length; day += grid.IntervalsPerDay)
        {
            var (time, contacts) = (0.0, 0.0);
            for (var t = day; t < Math.Min(day + grid.IntervalsPerDay, volume.Length); t++)
            {
                if (Counts(volume[t], seconds[t]))
                {
                    time += seconds[t];
                    contacts += volume[t];
                }
            }

            if (contacts > 0)
            {
                days.Add(time / contacts);
            }
        }

        return days.Count == 0 ? otherwise : Numerics.Statistics.Median([.. days]);
    }

    private static double[] WeeklyShape(
        double[] volume, double[] seconds, int first, double level, LocalCalendarMap map, IntervalGrid grid)
    {
        var perDay = grid.IntervalsPerDay;
        var (slotTime, slotContacts) = (new double[map.SlotsPerWeek], new double[map.SlotsPerWeek]);
        for (var t = first; t < volume.Length; t++)
        {
            if (Counts(volume[t], seconds[t]))
            {
                var slot = map.SlotOfWeek(map.CellOf(t));
                slotTime[slot] += volume[t] * Drawn(seconds[t] / volume[t], level) / level;
                slotContacts[slot] += volume[t];
            }
        }

        var overall = slotTime.Sum() / slotContacts.Sum();
        var (dayShape, hourShape) = (Shrunk(map.SlotsPerWeek / perDay, s => s / perDay), Shrunk(perDay, s => s % perDay));
        var shape = new double[map.SlotsPerWeek];
        for (var slot = 0; slot < shape.Length; slot++)
        {
            var above = dayShape[slot / perDay] * hourShape[slot % perDay];
            shape[slot] = ((slotTime[slot] / overall) + (ContactsToBelieve * above)) / (slotContacts[slot] + ContactsToBelieve);
        }

        return shape;

        double[] Shrunk(int groups, Func<int, int> groupOf)
        {
            var (time, contacts) = (new double[groups], new double[groups]);
            for (var slot = 0; slot < slotTime.Length; slot++)
            {
                time[groupOf(slot)] += slotTime[slot] / overall;
                contacts[groupOf(slot)] += slotContacts[slot];
            }

            return [.. time.Select((sum, g) => (sum + ContactsToBelieve) / (contacts[g] + ContactsToBelieve))];
        }
    }
}
