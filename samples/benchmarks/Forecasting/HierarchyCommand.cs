using System.CommandLine;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Accuracy by level of a hierarchy before and after reconciliation, at rolling origins.</summary>
internal static class HierarchyCommand
{
    public static Command Create()
    {
        var data = new Option<FileInfo?>("--data") { Description = "Daily CSV: series_id,timestamp,count; series_id is HUB/PRIORITY" };
        var temporal = new Option<FileInfo?>("--temporal") { Description = "Half-hourly or hourly CSV: reconciles days with intervals" };
        var horizon = new Option<int>("--horizon") { Description = "Days ahead", DefaultValueFactory = _ => 28 };
        var origins = new Option<int>("--origins") { Description = "Origins scored", DefaultValueFactory = _ => 10 };
        var step = new Option<int>("--step") { Description = "Days between origins", DefaultValueFactory = _ => 15 };
        var learning = new Option<int>("--learning-origins")
        {
            Description = "Earlier origins whose errors the first one learns from",
            DefaultValueFactory = _ => 12,
        };
        var threads = new Option<int>("--threads") { Description = "Series forecast at the same time", DefaultValueFactory = _ => 1 };
        var trust = new Option<double>("--trust") { Description = "How much daily forecasts count against sums of intervals", DefaultValueFactory = _ => 1 };
        var output = new Option<FileInfo?>("--out") { Description = "CSV to write: origin,level,node,h,actual, a column per method" };
        var command = new Command("hierarchy", "Measures reconciliation across levels, and of days with intervals.")
        {
            data,
            temporal,
            horizon,
            origins,
            step,
            learning,
            trust,
            threads,
            output,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(data) is null && result.GetValue(temporal) is null)
            {
                result.AddError("Give --data, --temporal or both.");
            }
        });
        command.SetAction(result =>
        {
            var protocol = new RollingProtocol(result.GetValue(horizon), result.GetValue(origins), result.GetValue(step), result.GetValue(threads));
            if (result.GetValue(data) is { } daily)
            {
                new LevelStudy(VolumeTable.Read(daily), protocol, result.GetValue(learning)).Run(result.GetValue(output));
            }

            if (result.GetValue(temporal) is { } fine)
            {
                TemporalStudy.Run(VolumeTable.Read(fine), protocol, result.GetValue(trust));
            }
        });
        return command;
    }
}

/// <summary>Where forecasts are made and how far they reach.</summary>
/// <param name="Horizon">Days ahead.</param>
/// <param name="Origins">Number of origins; the last lies a horizon before the end.</param>
/// <param name="Step">Days between them.</param>
/// <param name="Threads">Series forecast at the same time.</param>
internal sealed record RollingProtocol(int Horizon, int Origins, int Step, int Threads);
