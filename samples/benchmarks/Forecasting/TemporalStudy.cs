using Wfm.Forecasting.Series;

namespace Wfm.Benchmarks.Forecasting;

internal static class TemporalStudy
{
    public static void Run(List<(string Id, TimeSeries Series)> series, RollingProtocol protocol)
    {
        System.Console.WriteLine(series.Count + protocol.Step);
    }
}
