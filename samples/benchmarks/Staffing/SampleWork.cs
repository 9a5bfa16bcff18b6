using NodaTime;
using Wfm.Api.Features.SampleOperation;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Benchmarks.Forecasting;
using Wfm.Scheduling.Staffing;

namespace Wfm.Benchmarks.Staffing;

/// <summary>A series of the sample operation as the staffing library wants it, staffed as the requirement job does.</summary>
internal sealed class SampleWork(SampleOperationFiles files, SampleVolumeGenerator generator, SampleSeries series)
{
    public static readonly Duration Interval = Duration.FromMinutes(SampleCalendar.IntervalMinutes);

    public SampleSeries Series { get; } = series;

    public SampleQueue Queue { get; } = files.QueuesByCode[series.Queue];

    public SampleSeriesHistory History { get; } = new(files, generator, series);

    public ImmediateGoal ImmediateGoal => Queue.Goal.ToImmediate();

    public DeferrableGoal DeferrableGoal => Queue.Goal.ToDeferrable();

    /// <summary>Volume of a stretch of the history; a lost measurement is taken from the week before.</summary>
    public double[] Volume(int first, int count)
    {
        var values = History.All.Values;
        var volume = new double[count];
        for (var i = 0; i < count; i++)
        {
            var at = first + i;
            while (double.IsNaN(values[at])) at -= 7 * 48;
            volume[i] = values[at];
        }

        return volume;
    }

    public double[] Aht(int count) => Filled(count, Series.AhtSeconds);

    public double[] Shrinkage(int count) => Filled(count, Scheduling.Staffing.Shrinkage.Combine(History.Hub.PlannedShrinkage, History.Hub.UnplannedShrinkage));

    public bool[] Open(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => History.Hub.IsOpen(History.All.InstantAt(i).InZone(History.Hub.Zone).LocalDateTime))];

    private static double[] Filled(int count, double value) => [.. Enumerable.Repeat(value, count)];
}
