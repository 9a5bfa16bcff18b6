using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Pipeline;

/// <summary>The work of one queue at one hub as staffing and simulation see it: paths of volume, opening hours, shrinkage, promise.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Start">Start of the first interval.</param>
/// <param name="Interval">Length of an interval, an hour or less.</param>
/// <param name="Paths">Contacts, [path][interval].</param>
/// <param name="AhtSeconds">Average handle time per interval, in seconds.</param>
/// <param name="Open">Per interval: whether the queue is open.</param>
/// <param name="Shrinkage">Paid time without work, fraction.</param>
internal sealed record QueueWork(PlannedQueue Queue, Instant Start, Duration Interval, double[][] Paths, double[] AhtSeconds, bool[] Open, double Shrinkage)
{
    /// <summary>Number of intervals.</summary>
    public int Count => AhtSeconds.Length;

    /// <param name="forecast">The forecast of the queue, adjustments applied.</param>
    /// <param name="shape">How days are spread over their hours.</param>
    /// <param name="paths">Sample paths to draw.</param>
    public static QueueWork Of(ForecastedQueue forecast, PlannedHub hub, DayShape shape, int paths, int seed)
    {
        var (volume, hours, drawn) = (forecast.Volume, forecast.Queue.Open ?? hub.Open, forecast.Volume.SamplePaths(paths, seed));
        if (!volume.Grid.IsCalendar)
        {
            var interval = volume.Grid.Interval;
            return new QueueWork(forecast.Queue, volume.Start, interval, drawn, forecast.AhtSeconds, hours.Over(hub.Zone, volume.Start, interval, volume.Horizon), hub.Shrinkage);
        }

        var length = (int)Math.Ceiling((volume.Grid.InstantAt(volume.Start, volume.Horizon) - volume.Start) / shape.Interval);
        var open = hours.Over(hub.Zone, volume.Start, shape.Interval, length);
        var (day, share) = shape.Shares(forecast, open);
        return new QueueWork(
            forecast.Queue, volume.Start, shape.Interval, Array.ConvertAll(drawn, path => CurveWindow.Spread(path, day, share)),
            Array.ConvertAll(day, d => forecast.AhtSeconds[d]), open, hub.Shrinkage);
    }

    /// <summary>The requirement at any risk level; the work is checked once.</summary>
    /// <exception cref="ArgumentException">The work cannot be staffed; the message says why.</exception>
    public Func<double, RequirementCurve> Curves()
    {
        var shrinkage = new double[Count];
        Array.Fill(shrinkage, Shrinkage);
        if (Queue.Deferrable is { } turnaround)
        {
            var tickets = new DeferrableWork(Paths, AhtSeconds, Interval, turnaround, shrinkage, Open, MinimumHeads: Queue.MinimumHeads);
            return level => RiskStaffing.Require(tickets, level);
        }

        var goal = Queue.Immediate ?? throw new ArgumentException(Queue.GoalFault ?? "It promises nothing.");
        var calls = new ImmediateWork(Paths, AhtSeconds, Interval, goal, shrinkage, Open, Queue.MinimumHeads, Queue.Concurrency);
        return level => RiskStaffing.Require(calls, level);
    }
}
