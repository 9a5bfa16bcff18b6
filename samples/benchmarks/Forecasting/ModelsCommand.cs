using System.CommandLine;
using System.Diagnostics;
using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Accuracy;
using Wfm.Forecasting.Models;
using Wfm.Forecasting.Pooled;
using Wfm.Forecasting.Series;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Every model alone on the hours of M4: what a fit and an update cost, and how well the last two days of the training part are forecast.</summary>
internal static class ModelsCommand
{
    private const int Horizon = 48;
    private static readonly int[] Seasons = [24, 168];
    private static readonly IntervalGrid Hours = new(Duration.FromHours(1), DateTimeZone.Utc);

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder with Hourly-train.csv", Required = true };
        var every = new Option<int>("--every") { Description = "Take every n-th series only", DefaultValueFactory = _ => 1 };
        var command = new Command("models", "Measures cost and accuracy of each model alone.") { data, every };
        command.SetAction(result => Run(result.GetRequiredValue(data), result.GetValue(every)));
        return command;
    }

    private static IEnumerable<IForecastModel> Models() =>
    [
        .. ModelCatalog.Default(0).Select(e => e.Model), new SingularSpectrumAnalysis(logarithm: false), new SingularSpectrumAnalysis(logarithm: true),
        new HarmonicRegressionArma(logarithm: false), new HarmonicRegressionArma(logarithm: true), new CountRegression(),
    ];

    private static void Run(DirectoryInfo data, int every)
    {
        var series = M4Command.Read(Path.Combine(data.FullName, "Hourly-train.csv")).Where((_, i) => i % every == 0).Select(s => s.Values).ToArray();
        Console.WriteLine($"{series.Length} series, horizon {Horizon}");
        Console.WriteLine($"{"model",-32} {"fit ms",8} {"resume ms",10} {"sMAPE",8} {"MASE",8}");
        foreach (var model in Models())
        {
            Measure(model.Name, series, _ => model);
        }

        PoolMember[] pool = [.. series.Select((y, i) => new PoolMember($"{i}", M4Command.HistoryOf(y[..^Horizon], Hours)))];
        var frames = Array.ConvertAll(pool, member => HistoryPreparation.Prepare(member.History, Horizon, member.Options).Frame);
        var (trained, training) = Timed(_ => PooledTraining.Train(pool, Horizon), 1);
        foreach (var model in trained[0])
        {
            Measure(model.Name, series, i => model.For(frames[i], new Dictionary<string, SharedFits>(StringComparer.Ordinal))!);
        }

        Console.WriteLine($"pooled models: {training / series.Length:0.0} ms a series to train all, once for all of them, by {TreeTrainer.Method}");
    }

    private static void Measure(string name, double[][] series, Func<int, IForecastModel> model)
    {
        var known = series.Select(y => y[..^Horizon]).ToArray();
        _ = model(0).Resume(model(0).Fit(known[0], Seasons).Parameters, known[0], Seasons).Forecast(Horizon); // compiled before the clock runs
        var (fits, fitTime) = Timed(i => model(i).Fit(known[i], Seasons), series.Length);
        var (_, resumeTime) = Timed(i => model(i).Resume(fits[i].Parameters, known[i], Seasons), series.Length);
        var (smape, mase) = (0.0, 0.0);
        for (var i = 0; i < series.Length; i++)
        {
            var (actual, forecast) = (series[i][^Horizon..], fits[i].Forecast(Horizon));
            smape += Smape.Of(actual, forecast) / series.Length;
            mase += Measures.Mase(actual, forecast, Mase.Scale(known[i], Seasons[0])) / series.Length;
        }

        Console.WriteLine($"{name,-32} {fitTime / series.Length,8:0.000} {resumeTime / series.Length,10:0.000} {smape,8:0.000} {mase,8:0.000}");
    }

    /// <summary>Processor time of this process, in milliseconds: other work on the machine does not count.</summary>
    private static (T[] Fits, double Milliseconds) Timed<T>(Func<int, T> fit, int count)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var fits = new T[count];
        for (var i = 0; i < count; i++)
        {
            fits[i] = fit(i);
        }

        process.Refresh();
        return (fits, (process.TotalProcessorTime - before).TotalMilliseconds);
    }
}
