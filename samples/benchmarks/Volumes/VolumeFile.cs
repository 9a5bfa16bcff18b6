using System.Globalization;
using System.Text;
using NodaTime;

namespace Wfm.Benchmarks.Volumes;

/// <summary>Half-hours of some queues at one hub, all queues of an interval beside each other, as a ticket system writes them; the same on every run.</summary>
internal sealed class VolumeFile(int rows, int series = 29)
{
    public const string Hub = "dublin";
    public static readonly Instant First = Instant.FromUtc(2024, 1, 1, 0, 0);

    public int Rows { get; } = rows;

    public int SeriesCount { get; } = series;

    public int IntervalsPerSeries => Rows / SeriesCount;

    public static string Queue(int series) => $"queue-{series:00}";

    public (int Series, Instant Start, double Offered, double Handled, double HandleTimeSeconds, double Abandoned, double Backlog) Row(
        int index, int correction = 0)
    {
        var (interval, series) = Math.DivRem(index, SeriesCount);
        var hash = ((uint)index * 2654435761u) >> 8; // Knuth's multiplicative hash: looks random, is not
        var offered = (hash % 97) + correction;
        var handled = offered - Math.Min(offered, hash % 5);
        return (series, First + Duration.FromMinutes(30L * interval), offered, handled, (handled * 312) + (hash % 300), offered - handled, hash % 41);
    }

    public byte[] Csv(int correction = 0)
    {
        using var bytes = new MemoryStream();
        WriteCsv(bytes, correction);
        return bytes.ToArray();
    }

    /// <summary>As an import takes it.</summary>
    public void WriteCsv(Stream to, int correction = 0) =>
        Write(
            to, "interval_start,queue,hub,offered,handled,handle_time_seconds,abandoned,backlog\n", correction,
            static (text, start, row) =>
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{start},{Queue(row.Series)},{Hub},{row.Offered},{row.Handled},{row.HandleTimeSeconds},{row.Abandoned},{row.Backlog}\n"));

    /// <summary>As the table of volumes takes it.</summary>
    public void WriteTableCsv(Stream to) =>
        Write(
            to, "", 0,
            static (text, start, row) =>
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{row.Series},{start},{row.Offered},{row.Handled},{row.HandleTimeSeconds},{row.Abandoned},{row.Backlog}\n"));

    public byte[] Ndjson()
    {
        using var bytes = new MemoryStream();
        Write(
            bytes, "", 0,
            static (text, start, row) =>
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{{\"interval_start\":\"{start}\",\"queue\":\"{Queue(row.Series)}\",\"hub\":\"{Hub}\",\"offered\":{row.Offered},"
                        + $"\"handled\":{row.Handled},\"handle_time_seconds\":{row.HandleTimeSeconds},"
                        + $"\"abandoned\":{row.Abandoned},\"backlog\":{row.Backlog}}}\n"));
        return bytes.ToArray();
    }

    private void Write(
        Stream to, string header, int correction, Action<
            StringBuilder, string, (int Series, Instant Start, double Offered, double Handled, double HandleTimeSeconds, double Abandoned, double Backlog)
        > append)
    {
        var text = new StringBuilder(header);
        var start = "";
        for (var i = 0; i < Rows; i++)
        {
            var row = Row(i, correction);
            if (row.Series == 0)
            {
                start = row.Start.ToDateTimeUtc().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            }

            append(text, start, row);
            if (text.Length > 1 << 16 || i == Rows - 1)
            {
                to.Write(Encoding.UTF8.GetBytes(text.ToString()));
                text.Clear();
            }
        }
    }
}
