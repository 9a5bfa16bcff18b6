using NodaTime;
using Wfm.Forecasting.Series;

namespace Wfm.Tests.Forecasting.Support;

/// <summary>Made-up histories of known truth.</summary>
internal static class SyntheticSeries
{
    public static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    public static readonly Instant Monday = Instant.FromUtc(2024, 1, 1, 0, 0);

    public static IntervalGrid Hourly(string zone = "Etc/UTC") => new(Duration.FromHours(1), DateTimeZoneProviders.Tzdb[zone]);

    public static IntervalGrid HalfHourly(string zone = "Etc/UTC") => new(Duration.FromMinutes(30), DateTimeZoneProviders.Tzdb[zone]);

    public static IntervalGrid Daily(string zone = "Etc/UTC") => new(Duration.FromDays(1), DateTimeZoneProviders.Tzdb[zone]);

    /// <summary>Expected contacts in an hour of the week: quiet nights, two peaks by day, half of it at weekends.</summary>
    public static double HourlyRate(int hourOfWeek, double size)
    {
        var (day, hour) = (hourOfWeek / 24, hourOfWeek % 24);
        var shape = 0.15 + Math.Exp(-Math.Pow((hour - 10) / 3.0, 2)) + (0.7 * Math.Exp(-Math.Pow((hour - 16) / 3.0, 2)));
        return size * shape * (day >= 5 ? 0.5 : 1);
    }

    /// <summary>Hourly Poisson counts with a weekly profile.</summary>
    public static double[] HourlyCounts(int weeks, double size, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, weeks * 168).Select(t => (double)Poisson(random, HourlyRate(t % 168, size)))];
    }

    public static TimeSeries HourlySeries(int weeks, double size, int seed) => new(Monday, Hourly(), HourlyCounts(weeks, size, seed));

    public static int Poisson(Random random, double mean)
    {
        if (mean > 50)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * normal)));
        }

        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        while (product > limit)
        {
            product *= random.NextDouble();
            count++;
        }

        return count;
    }
}
