using Wfm.Forecasting.Series;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Pooling;

namespace Wfm.Api.Pipeline;

/// <summary>The work of one queue at one hub as staffing and simulation see it: paths of volume, opening hours, shrinkage, promise.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Span">Intervals that are staffed, below a day and even: those of the forecast, or parts of them where hours open or close within.</param>
/// <param name="Paths">Contacts, [path][interval].</param>
/// <param name="AhtSeconds">Average handle time per interval, in seconds.</param>
/// <param name="Open">Per interval: whether any part of it is open.</param>
/// <param name="Shrinkage">Paid time without work, fraction.</param>
internal sealed record QueueWork(PlannedQueue Queue, GridSpan Span, double[][] Paths, double[] AhtSeconds, bool[] Open, double Shrinkage)
{
    /// <summary>Contacts open when the span starts; deferrable work only.</summary>
    public double OpeningBacklog { get; init; }

    /// <summary>The same in hours of work.</summary>
    public double OpeningBacklogHours => OpeningBacklog * AhtSeconds[0] / 3600;

    /// <param name="forecast">The forecast of the queue, adjustments applied.</param>
    /// <param name="shape">How days are spread over their hours.</param>
    /// <param name="paths">Sample paths to draw.</param>
    /// <param name="minutes">Length of the intervals, a divisor of those of <see cref="SpanOf"/>; null for these.</param>
    public static QueueWork Of(
        ForecastedQueue forecast, PlannedHub hub, DayShape shape, int paths, int seed, int? minutes = null, CancellationToken cancellationToken = default)
    {
        var (span, times, drawn) = (SpanOf(forecast, hub, shape), hub.When(forecast.Queue), forecast.Volume.SamplePaths(paths, seed, null, cancellationToken));
        if (minutes is { } finer && finer != span.Grid.Minutes) span = GridSpan.Even(IntervalGrid.Of(finer, span.Grid.Zone), span.Start, span.End);
        var overlay = span.Overlay(forecast.Span, shape.Weight(forecast, times));
        return new QueueWork(forecast.Queue, span, Array.ConvertAll(drawn, overlay.Spread), overlay.Hold(forecast.AhtSeconds), times.Over(span), hub.Shrinkage)
        {
            OpeningBacklog = forecast.OpeningBacklog,
        };
    }

    /// <summary>The intervals in which a forecast is staffed.</summary>
    public static GridSpan SpanOf(ForecastedQueue forecast, PlannedHub hub, DayShape shape)
    {
        var (curve, grid) = (forecast.Span, forecast.Volume.Grid);
        var minutes = hub.When(forecast.Queue).LongestIntervalUpTo(grid.IsCalendar ? shape.Minutes : grid.Minutes);
        return GridSpan.Even(IntervalGrid.Of(minutes, grid.Zone), curve.Start, curve.End);
    }

    /// <summary>The queue as one of its skill group, checked.</summary>
    /// <exception cref="ArgumentException">The work cannot be staffed; the message says why.</exception>
    public GroupedQueue Grouped()
    {
        var shrinkage = new double[Span.Count];
        Array.Fill(shrinkage, Shrinkage);
        if (Queue.Deferrable is { } turnaround)
        {
            return new GroupedQueue(
                Queue.Code, new DeferrableWork(Paths, AhtSeconds, Span.Grid.Interval, turnaround, shrinkage, Open, OpeningBacklog, Queue.MinimumHeads),
                Queue.Claim);
        }

#pragma warning disable MA0015 // the fault lies in the queue as a whole, and its message is shown as it stands
        var goal = Queue.Immediate ?? throw new ArgumentException(Queue.GoalFault ?? "The queue promises nothing.");
#pragma warning restore MA0015
        return new GroupedQueue(
            Queue.Code,
            new ImmediateWork(Paths, AhtSeconds, Span.Grid.Interval, goal, shrinkage, Open, Queue.MinimumHeads, Queue.Concurrency, Queue.ConcurrencySlowdown),
            Queue.Priority);
    }
}
