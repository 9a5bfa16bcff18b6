using NodaTime;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;

namespace Wfm.Tests.Forecasting.Support;

/// <summary>A history of a known kind and what came after it.</summary>
/// <param name="Known">The history.</param>
/// <param name="Ahead">What came after it.</param>
/// <param name="Events">Events of both.</param>
internal sealed record MadeHistory(TimeSeries Known, double[] Ahead, IReadOnlyList<CalendarEvent> Events);

/// <summary>Kinds of histories, drawn at random: counts around a weekly profile, and one thing more.</summary>
internal static class HistoryKind
{
    private const int WeeksAhead = 4;

    /// <summary>The kinds: the level of a slot, given its day, the day on which the forecast is made, and a random number of the history in [0, 1).</summary>
    public static readonly IReadOnlyDictionary<string, Kind> All = new Dictionary<string, Kind>
    {
        ["steady"] = new((_, _, _) => 1),
        ["trend"] = new((day, _, slope) => 1 + (day * 0.004 * slope)),
        ["growth"] = new((day, _, rate) => Math.Exp(day / 7.0 * 0.02 * rate)),
        ["shift"] = new((day, now, when) => day >= now - 40 - (60 * when) ? 1.7 : 1),
        ["halved"] = new((day, now, when) => day >= now - 40 - (60 * when) ? 0.5 : 1),
        ["season"] = new((day, _, phase) => 1 + (0.35 * Math.Sin(2 * Math.PI * ((day / 365.25) + phase))), Weeks: 120, IsDaily: true),
        ["silence"] = new((day, now, _) => day >= now - 14 ? 0 : 1),
        ["thin"] = new((_, _, _) => 0.02),
        ["bursty"] = new((_, _, _) => 1, Dispersion: 0.15),
        ["gaps"] = new((_, _, _) => 1, Missing: 0.1),
        ["holidays"] = new((day, _, _) => day % 35 == 30 ? 0.4 : 1, Holiday: day => day % 35 == 30),
    };

    /// <summary>Draws a history.</summary>
    /// <param name="name">Kind.</param>
    /// <param name="slotsPerDay">1 or 24.</param>
    /// <param name="seed">Seed.</param>
    public static MadeHistory Draw(string name, int slotsPerDay, int seed)
    {
        var (kind, random) = (All[name], new Random(seed));
        var (grid, weeks) = (slotsPerDay == 1 ? SyntheticSeries.Daily() : SyntheticSeries.Hourly(), kind.Weeks);
        var (one, size, now) = (random.NextDouble(), slotsPerDay == 1 ? 120 : 15, weeks * 7);
        var values = new double[(weeks + WeeksAhead) * 7 * slotsPerDay];
        var events = new List<CalendarEvent>();
        for (var day = 0; day < (weeks + WeeksAhead) * 7; day++)
        {
            var common = kind.Dispersion > 0 ? Math.Exp(Math.Sqrt(kind.Dispersion) * Normal(random)) : 1;
            for (var slot = 0; slot < slotsPerDay; slot++)
            {
                var profile = slotsPerDay == 1 ? (day % 7 >= 5 ? 0.6 : 1) : SyntheticSeries.HourlyRate(((day % 7) * 24) + slot, 1);
                values[(day * slotsPerDay) + slot] = SyntheticSeries.Poisson(random, size * profile * common * kind.Level(day, now, one));
            }

            if (kind.Holiday?.Invoke(day) == true)
            {
                var start = SyntheticSeries.Monday + Duration.FromDays(day);
                events.Add(new CalendarEvent("holiday", start, start + Duration.FromDays(1)));
            }
        }

        var known = values[..(now * slotsPerDay)];
        for (var t = 0; t < known.Length; t++)
        {
            known[t] = random.NextDouble() < kind.Missing ? double.NaN : known[t];
        }

        return new MadeHistory(new TimeSeries(SyntheticSeries.Monday, grid, known), values[known.Length..], events);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <param name="Level">Level of a day: of the day, the day of the forecast, and a number of the history.</param>
    /// <param name="Weeks">Weeks of history.</param>
    /// <param name="IsDaily">Whether it is drawn by day only.</param>
    /// <param name="Dispersion">Variance of the logarithm of a day's level.</param>
    /// <param name="Missing">Share of the slots that were not recorded.</param>
    /// <param name="Holiday">Days that are entered as an event.</param>
    internal sealed record Kind(
        Func<int, int, double, double> Level, int Weeks = 32, bool IsDaily = false, double Dispersion = 0, double Missing = 0, Func<int, bool>? Holiday = null);
}
