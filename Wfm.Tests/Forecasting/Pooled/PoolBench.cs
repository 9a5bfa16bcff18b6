using Wfm.Forecasting;
using Wfm.Forecasting.Pooled;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Pooled;

/// <summary>Made-up operations of like queues.</summary>
internal static class PoolBench
{
    /// <summary>Hourly queues of one weekly profile and different sizes.</summary>
    public static PoolMember[] Queues(int count, int weeks, double size = 20) =>
        [.. Enumerable.Range(0, count).Select(i => Queue($"queue {i}", weeks, size * (1 + i), 10 + i))];

    public static PoolMember Queue(string name, int weeks, double size, int seed, string language = "en") =>
        new(name, SyntheticSeries.HourlySeries(weeks, size, seed)) { Attributes = new Dictionary<string, string> { ["language"] = language } };

    /// <summary>A queue that ends with the others but began so many hours ago.</summary>
    public static PoolMember Young(PoolMember queue, int hours)
    {
        var history = queue.History;
        var first = history.Length - hours;
        return queue with { History = new TimeSeries(history.InstantAt(first), history.Grid, history.Values[first..].ToArray()) };
    }

    public static PoolMember Scaled(PoolMember queue, double factor) =>
        queue with { History = new TimeSeries(queue.History.Start, queue.History.Grid, [.. queue.History.Values.ToArray().Select(v => v * factor)]) };

    public static ForecastOptions Fast { get; } = new() { BacktestOrigins = 2 };
}
