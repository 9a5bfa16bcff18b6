using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Wfm.Forecasting.Series;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Reads a CSV of volumes, <c>series_id,timestamp,count</c> in local time without a zone, onto even grids.</summary>
internal static class VolumeTable
{
    /// <summary>The series by id, in the order of the file; intervals without a row are missing.</summary>
    public static List<(string Id, TimeSeries Series)> Read(FileInfo data) =>
    [
        .. File.ReadLines(data.FullName).Skip(1).Select(line => line.Split(',')).GroupBy(cells => cells[0], StringComparer.Ordinal)
            .Select(g => (g.Key, ToSeries([.. g.Select(c => (Parse(c[1]), double.Parse(c[2], CultureInfo.InvariantCulture)))]))),
    ];

    private static TimeSeries ToSeries(List<(Instant Time, double Count)> rows)
    {
        var interval = rows.Zip(rows.Skip(1), (a, b) => b.Time - a.Time).Take(500).Min();
        var values = new double[(int)((rows[^1].Time - rows[0].Time) / interval) + 1];
        Array.Fill(values, double.NaN);
        foreach (var (time, count) in rows)
        {
            values[(int)((time - rows[0].Time) / interval)] = count;
        }

        return new TimeSeries(rows[0].Time, new IntervalGrid(interval, DateTimeZone.Utc), values);
    }

    private static Instant Parse(string timestamp) =>
        (timestamp.Length == 10 ? LocalDatePattern.Iso.Parse(timestamp).Value.AtMidnight() : LocalDateTimePattern.GeneralIso.Parse(timestamp).Value).InUtc()
            .ToInstant();
}
