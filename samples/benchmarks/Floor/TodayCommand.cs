using System.CommandLine;
using Wfm.Benchmarks.Forecasting;
using Wfm.Benchmarks.Rostering;

namespace Wfm.Benchmarks.Floor;

/// <summary><c>today</c>: what the snapshot of a running day costs a caller of the server, and its projection alone; with <c>--real</c> the error of the
/// re-forecast by hour of the day against the morning's forecast.</summary>
internal static class TodayCommand
{
    private static readonly int[] EveryHour = [.. Enumerable.Range(1, 23)];

    public static Command Create()
    {
        var agents = new Option<int>("--agents") { Description = "People of the made-up hub.", DefaultValueFactory = _ => 120 };
        var count = new Option<int>("--count") { Description = "Snapshots, each of another minute.", DefaultValueFactory = _ => 60 };
        var seed = new Option<int>("--seed") { Description = "Seed of the made-up volumes.", DefaultValueFactory = _ => 1 };
        var projection = new Option<bool>("--projection") { Description = "The projection alone, in this process." };
        var postgres = new Option<string?>("--postgres") { Description = "PostgreSQL where a database may be made; SQLite without it." };
        var real = new Option<FileInfo?>("--real") { Description = "CSV: series_id,timestamp,count; local time without a zone. Prints accuracy instead." };
        var week = new Option<int>("--week") { Description = "With --real: rows in a week.", DefaultValueFactory = _ => 168 };
        var days = new Option<int>("--days") { Description = "With --real: last days, one forecast each.", DefaultValueFactory = _ => 28 };
        var command = new Command("today", "Times the snapshot of a running day, or scores its re-forecast.")
        {
            agents,
            count,
            seed,
            projection,
            postgres,
            real,
            week,
            days,
        };
        command.SetAction(async (parse, cancellationToken) =>
        {
            if (parse.GetValue(real) is { } file)
            {
                IntradayCommand.Run(file, parse.GetValue(week), parse.GetValue(days), EveryHour);
            }
            else if (parse.GetValue(projection))
            {
                ProjectionAlone.Run(parse.GetValue(agents), parse.GetValue(count), parse.GetValue(seed));
            }
            else
            {
                await new FloorOperation(parse.GetValue(agents), parse.GetValue(seed)).Run(parse.GetValue(count), parse.GetValue(postgres), cancellationToken);
            }
        });
        return command;
    }

    /// <summary>Quantiles of times in milliseconds.</summary>
    public static string Line(double[] times) => EditsCommand.Line(times);
}
