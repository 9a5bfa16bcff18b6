using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Wfm.Api.Telemetry;

/// <summary>What the program tells of its own work while it runs: counters, durations and traces. Codes and kinds only, never the name of a person.</summary>
/// <remarks>Names as in PromQL: <c>jobs.run.seconds</c> is served as <c>wfm_jobs_run_seconds</c>. What is counted in the store is told by gauges beside it
/// (<c>JobGauges</c>, <c>ForecastAges</c>).</remarks>
internal static class WfmMetrics
{
    /// <summary>Of the meter and of the source of traces.</summary>
    public const string Name = "Wfm";

    /// <summary>The meters that are served and exported.</summary>
    public static readonly string[] Meters = [Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime"];

    public static readonly ActivitySource Traces = new(Name);

    private static readonly double[] Seconds = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60, 180, 600, 1800, 3600, 7200, 14400];

    private static readonly Meter Meter = new(Name);

    /// <summary>From the request of a job to its first attempt, by kind.</summary>
    public static readonly Histogram<double> JobWait = Duration("jobs.wait.seconds", "From the request of a job to its first attempt");

    /// <summary>Of an attempt, by kind and outcome: succeeded, failed, cancelled, or queued when it is tried again.</summary>
    public static readonly Histogram<double> JobRun = Duration("jobs.run.seconds", "Length of an attempt at a job");

    /// <summary>Moves that searches for rosters and repairs tried.</summary>
    public static readonly Counter<long> RosterMoves = Meter.CreateCounter<long>("roster.moves", "{move}", "Moves that searches for rosters tried");

    /// <summary>Rows of imports by outcome: inserted, updated, unchanged, rejected.</summary>
    public static readonly Counter<long> VolumeRows = Meter.CreateCounter<long>("volumes.rows", "{row}", "Rows of volume imports");

    /// <summary>Series forecast by outcome: learned, incremental, unchanged, skipped.</summary>
    public static readonly Counter<long> SeriesForecast = Meter.CreateCounter<long>("forecast.series", "{series}", "Series forecast");

    /// <summary>What retention took away, by what: requirements, draft rosters, forecasts, jobs …</summary>
    public static readonly Counter<long> Retired = Meter.CreateCounter<long>("retention.removed", "{thing}", "What retention took away");

    /// <summary>Queries slower than the threshold.</summary>
    public static readonly Counter<long> SlowQueries = Meter.CreateCounter<long>("store.slow.queries", "{query}", "Queries slower than the threshold");

    private static Histogram<double> Duration(string name, string description) =>
        Meter.CreateHistogram(name, "s", description, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
}
