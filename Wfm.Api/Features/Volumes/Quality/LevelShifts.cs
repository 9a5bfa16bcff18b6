using NodaTime;

namespace Wfm.Api.Features.Volumes.Quality;

/// <summary>Finds days from which the daily volume is lastingly higher or lower.</summary>
/// <remarks>
/// Four weeks before a day against four weeks from it, by medians, so that neither the weekly rhythm nor one wild day counts. A shift is at least a
/// fifth of the level and three robust standard deviations of the days within the two windows; of neighbouring days the sharpest step stands.
/// </remarks>
internal static class LevelShifts
{
    private const int Window = 28;
    private const int MinimumDays = 20;
    private const double MinimumChange = 0.2;
    private const double MinimumZ = 3;

    /// <param name="first">Day of element 0.</param>
    /// <param name="daily">Contacts a day; NaN where the day is not complete.</param>
    public static IReadOnlyList<LevelShift> Find(LocalDate first, double[] daily)
    {
        var adjusted = WithoutWeekdays(daily);
        var candidates = new List<(int Day, double Sharpness, LevelShift Shift)>();
        for (var day = Window; day <= daily.Length - Window; day++)
        {
            if (
                Compare(
                    first, day, daily.AsSpan(day - Window, Window), daily.AsSpan(day, Window), adjusted.AsSpan(day - Window, Window),
                    adjusted.AsSpan(day, Window)
                ) is
                { } found)
            {
                candidates.Add((day, found.Sharpness, found.Shift));
            }
        }

        var chosen = new List<(int Day, LevelShift Shift)>();
        foreach (var (day, _, shift) in candidates.OrderByDescending(c => c.Sharpness).ThenBy(c => c.Day))
        {
            if (chosen.TrueForAll(other => Math.Abs(other.Day - day) >= Window))
            {
                chosen.Add((day, shift));
            }
        }

        return [.. chosen.OrderBy(c => c.Day).Select(c => c.Shift)];
    }

    private static (double Sharpness, LevelShift Shift)? Compare(
        LocalDate first, int day, ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> adjustedBefore,
        ReadOnlySpan<double> adjustedAfter)
    {
        var (a, b) = (Known(adjustedBefore), Known(adjustedAfter));
        if (a.Length < MinimumDays || b.Length < MinimumDays)
        {
            return null;
        }

        var (medianA, medianB) = (Medians.Of(a), Medians.Of(b));
        // by the mean distance, not the median one: a window with a day of the other level is noisier, so the step is sharpest on the very day of the change
        var noise = Math.Sqrt((Math.Pow(MeanDistance(a, medianA), 2) + Math.Pow(MeanDistance(b, medianB), 2)) / 2);
        var change = (medianB - medianA) / Math.Max(medianA, 1);
        var difference = Math.Abs(medianB - medianA);
        var poisson = Math.Sqrt(Math.Max(Math.Max(medianA, medianB), 1)); // counts of this size scatter at least so much
        return Math.Abs(change) < MinimumChange || difference < MinimumZ * Math.Max(noise, poisson)
            ? null
            : (difference / noise, new LevelShift(first.PlusDays(day), Medians.Of(Known(before)), Medians.Of(Known(after)), change));
    }

    /// <summary>Each day times overall median ÷ median of its weekday.</summary>
    private static double[] WithoutWeekdays(double[] daily)
    {
        var overall = Medians.Of(Known(daily));
        var factors = Enumerable.Range(0, 7).Select(weekday =>
        {
            var median = Medians.Of([.. daily.Where((value, day) => day % 7 == weekday && !double.IsNaN(value))]);
            return median > 0 ? overall / median : 1;
        }).ToArray();
        return [.. daily.Select((value, day) => value * factors[day % 7])];
    }

    // Of a normal distribution: its σ.
    private static double MeanDistance(double[] values, double from) => values.Average(value => Math.Abs(value - from)) * Math.Sqrt(Math.PI / 2);

    private static double[] Known(ReadOnlySpan<double> values)
    {
        var known = new List<double>(values.Length);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                known.Add(value);
            }
        }

        return [.. known];
    }
}
