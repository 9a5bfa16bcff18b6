using System.Globalization;
using CsvHelper;
using NodaTime;
using NodaTime.Text;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Commands.Plan;

/// <summary>The series of a volume file of one's own.</summary>
/// <param name="Series">In the order they first appear.</param>
/// <param name="Rejected">Rows left out, each with line, field, value and reason.</param>
/// <param name="Rows">Data rows read, rejected ones included.</param>
internal sealed record PlanVolumes(IReadOnlyList<PlanSeries> Series, IReadOnlyList<PlanRejection> Rejected, int Rows)
{
    private static readonly int[] Grids = [5, 10, 15, 20, 30, 60, 1440];

    /// <summary>Reads <c>series_id,timestamp,count</c> or the columns of the volume import; times without offset are local to the zone.</summary>
    /// <exception cref="FormatException">A column is missing, nothing can be read, or the times lie on no known grid.</exception>
    public static PlanVolumes Read(Stream stream, DateTimeZone zone)
    {
        using var reader = CsvReader.Create(stream, CsvReaderOptions.Default with { Separator = ',', TrackLineNumbers = true });
        var columns = Columns.Of(reader);
        var values = new Dictionary<string, SortedDictionary<Instant, PlanCell>>(StringComparer.Ordinal);
        var (order, rejected, rows) = (new List<string>(), new List<PlanRejection>(), 0);
        while (reader.Read())
        {
            rows++;
            if (ReadRow(reader, columns, zone, values, order) is { } rejection)
            {
                rejected.Add(rejection);
            }
        }

        if (order.Count == 0)
        {
            throw new FormatException(rejected.Count == 0 ? "The file has no rows." : $"None of the {rows} rows can be used; line {rejected[0].Line}, {rejected[0].Field}: {rejected[0].Reason}");
        }

        var grid = new IntervalGrid(Duration.FromMinutes(IntervalOf(values.Values)), zone);
        return new PlanVolumes([.. order.Select(id => PlanSeries.From(id, values[id], grid))], rejected, rows);
    }

    private static PlanRejection? ReadRow(
        CsvReader reader, Columns columns, DateTimeZone zone, Dictionary<string, SortedDictionary<Instant, PlanCell>> values, List<string> order)
    {
        PlanRejection Reject(string field, string value, string reason) => new(reader.LineNumber, field, value, reason);
        if (reader.FieldCount < columns.Needed)
        {
            return Reject("row", $"{reader.FieldCount} fields", $"the header has {columns.Needed} columns up to the last one needed");
        }

        var id = columns.Id(reader);
        if (id.Length == 0)
        {
            return Reject(columns.IdName, "", "is empty");
        }

        var text = reader.GetString(columns.Time);
        var (instants, reason) = ParseTime(text, zone);
        if (instants.Length == 0)
        {
            return Reject(columns.TimeName, text, reason);
        }

        var countText = reader.GetString(columns.Count);
        if (!double.TryParse(countText, NumberStyles.Float, CultureInfo.InvariantCulture, out var count) || !double.IsFinite(count))
        {
            return Reject(columns.CountName, countText, "is not a number");
        }

        if (count < 0)
        {
            return Reject(columns.CountName, countText, "is negative");
        }

        if (!values.TryGetValue(id, out var cells))
        {
            values[id] = cells = [];
            order.Add(id);
        }

        var cell = new PlanCell(count, Columns.Optional(reader, columns.Handled), Columns.Optional(reader, columns.HandleTime));
        return Array.Exists(instants, instant => cells.TryAdd(instant, cell)) // a local time that happens twice: the first row is the first time
            ? null
            : Reject(columns.TimeName, text, $"series '{id}' has this interval already");
    }

    /// <summary>The moments the text may mean: one, two when the clocks go back over it, none with the reason.</summary>
    private static (Instant[] Instants, string Reason) ParseTime(string text, DateTimeZone zone)
    {
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } withOffset)
        {
            return ([withOffset.Value.ToInstant()], "");
        }

        if (ParseLocal(text) is not { } local)
        {
            return ([], "is not a time such as 2026-11-02T07:30:00 or 2026-11-02T07:30:00Z");
        }

        var mapping = zone.MapLocal(local);
        return mapping.Count switch
        {
            0 => ([], $"does not exist in {zone.Id}: the clocks skip it"),
            1 => ([mapping.First().ToInstant()], ""),
            _ => ([mapping.First().ToInstant(), mapping.Last().ToInstant()], ""),
        };
    }

    private static LocalDateTime? ParseLocal(string text)
    {
        if (LocalDateTimePattern.ExtendedIso.Parse(text.Replace(' ', 'T')) is { Success: true } local)
        {
            return local.Value;
        }

        return LocalDatePattern.Iso.Parse(text) is { Success: true } date ? date.Value.AtMidnight() : null;
    }

    private static int IntervalOf(IEnumerable<SortedDictionary<Instant, PlanCell>> series)
    {
        var gaps = series.SelectMany(cells => cells.Keys.Zip(cells.Keys.Skip(1), (a, b) => (b - a).TotalMinutes)).ToList();
        var smallest = gaps.Count == 0 ? 30 : gaps.Min();
        return Array.Find(Grids, g => Math.Abs(g - smallest) < 1e-9) is var grid and > 0 ? grid
            : smallest is >= 1380 and <= 1500 ? 1440
            : throw new FormatException($"The times are {smallest:0.##} minutes apart; intervals of {string.Join(", ", Grids)} minutes are known.");
    }

    /// <summary>Where the columns are, in either of the two layouts.</summary>
    private sealed record Columns(int[] IdFields, string IdName, int Time, string TimeName, int Count, string CountName, int Handled, int HandleTime)
    {
        public int Needed => Math.Max(IdFields.Max(), Math.Max(Time, Count)) + 1;

        public static Columns Of(CsvReader reader)
        {
            int Find(string name) => reader.TryGetFieldIndex(name, out var index) ? index : -1;
            int Need(string name) => Find(name) is var index and >= 0 ? index : throw new FormatException(
                $"The file has no column '{name}'. Give series_id,timestamp,count or interval_start,queue,hub,offered (optional: handled,handle_time_seconds).");
            return Find("series_id") >= 0
                ? new Columns([Find("series_id")], "series_id", Need("timestamp"), "timestamp", Need("count"), "count", -1, -1)
                : new Columns(
                    [Need("queue"), Need("hub")], "queue", Need("interval_start"), "interval_start", Need("offered"), "offered", Find("handled"), Find("handle_time_seconds"));
        }

        public string Id(CsvReader reader) => string.Join('@', IdFields.Select(f => reader.GetString(f)));

        public static double Optional(CsvReader reader, int field) =>
            field >= 0 && field < reader.FieldCount && double.TryParse(reader.GetString(field), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0
                ? value : double.NaN;
    }
}

internal readonly record struct PlanCell(double Offered, double Handled, double HandleTimeSeconds);

/// <param name="Line">Line of the file, from 1, header included.</param>
internal sealed record PlanRejection(long Line, string Field, string Value, string Reason);

/// <summary>One series on an even grid; missing intervals are NaN.</summary>
internal sealed record PlanSeries(string Id, TimeSeries Offered, double[] Handled, double[] HandleTimeSeconds)
{
    public static PlanSeries From(string id, SortedDictionary<Instant, PlanCell> cells, IntervalGrid grid)
    {
        var start = grid.IsCalendar ? grid.Zone.AtStartOfDay(cells.Keys.First().InZone(grid.Zone).Date).ToInstant() : cells.Keys.First();
        var index = new List<(int At, PlanCell Cell)>(cells.Count);
        foreach (var (instant, cell) in cells)
        {
            index.Add((grid.IsCalendar
                ? Period.DaysBetween(start.InZone(grid.Zone).Date, instant.InZone(grid.Zone).Date)
                : (int)((instant - start) / grid.Interval), cell));
        }

        var length = index[^1].At + 1;
        var (offered, handled, seconds) = (Missing(length), Missing(length), Missing(length));
        foreach (var (at, cell) in index)
        {
            (offered[at], handled[at], seconds[at]) = (cell.Offered, cell.Handled, cell.HandleTimeSeconds);
        }

        return new PlanSeries(id, new TimeSeries(start, grid, offered), handled, seconds);
    }

    private static double[] Missing(int length)
    {
        var values = new double[length];
        Array.Fill(values, double.NaN);
        return values;
    }
}
