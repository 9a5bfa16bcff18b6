using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Pooled;

/// <summary>Draws rows to train on from a series: what it looked like at an origin, and what came.</summary>
internal static class RowSampler
{
    private const int StepsPerOrigin = 16; // the view of a history is costly, a row of it cheap
    private const int Fits = 12; // origins at which the local models are fitted
    private const float Farthest = 6; // units: beyond it is an accident that teaches nothing
    private const double LeastRatio = 0.01; // to the level: a leaf of nothing but zeros has no logarithm, and boosting ends over it
    private const double LargestRatio = 100; // beyond it is an accident, too

    /// <summary>Draws rows of <see cref="LagFeatures"/> at random origins.</summary>
    /// <param name="prepared">The series.</param>
    /// <param name="cutOffs">Slots before each cut-off, ascending.</param>
    /// <param name="horizon">Steps ahead, at least 1.</param>
    /// <param name="count">Rows wanted of all that lies before a cut-off.</param>
    public static void DrawLags(PreparedHistory prepared, int[] cutOffs, int horizon, int count, TrainingRows rows, PortableRandom random)
    {
        var (y, clock) = (prepared.Complete, prepared.Frame.Clock);
        var first = clock.Week;
        Span<float> row = stackalloc float[LagFeatures.Width];
        for (var drawn = 0; drawn < count && cutOffs[^1] > first; drawn += StepsPerOrigin)
        {
            var origin = first + random.NextBelow(cutOffs[^1] - first);
            var view = new SeriesView(y.AsSpan(0, origin), clock);
            for (var k = 0; k < StepsPerOrigin; k++)
            {
                var step = random.NextBelow(Math.Min(horizon, cutOffs[^1] - origin));
                LagFeatures.Write(view, step, row);
                Add(rows, cutOffs, origin + step, row, view.Scaled(y[origin + step] - LagFeatures.BaseOf(view, step)));
            }
        }
    }

    /// <summary>Draws rows of <see cref="StackFeatures"/> at origins spread evenly.</summary>
    public static void DrawStack(PreparedHistory prepared, int[] cutOffs, int horizon, int count, TrainingRows rows, PortableRandom random)
    {
        var (y, clock) = (prepared.Complete, prepared.Frame.Clock);
        var first = Math.Max(clock.Week, LocalForecasts.MinimumLength(LocalForecasts.Models, prepared.Seasons));
        var room = cutOffs[^1] - first;
        Span<float> row = stackalloc float[StackFeatures.Width];
        for (var k = 0; k < Fits && room > Fits; k++)
        {
            var origin = first + (int)((long)room * k / Fits) + random.NextBelow(room / Fits);
            var (view, steps) = (new SeriesView(y.AsSpan(0, origin), clock), Math.Min(horizon, cutOffs[^1] - origin));
            var locals = LocalForecasts.Of([.. LocalForecasts.Models.Select(model => model.Fit(y.AsSpan(0, origin), prepared.Seasons))], steps);
            for (var drawn = 0; drawn < Math.Max(1, count / Fits); drawn++)
            {
                var step = random.NextBelow(steps);
                StackFeatures.Write(view, locals, step, row);
                Add(rows, cutOffs, origin + step, row, view.Scaled(y[origin + step] - locals.BaseOf(step)));
            }
        }
    }

    /// <summary>Draws rows of <see cref="CalendarView"/>, evenly over time.</summary>
    public static void DrawCalendar(PreparedHistory prepared, int[] cutOffs, int horizon, int count, TrainingRows rows, PortableRandom random)
    {
        var (y, history) = (prepared.Complete, new CalendarHistory(prepared.Complete, prepared.Frame));
        var first = CalendarView.LevelWeeks * history.Clock.Week;
        Span<float> row = stackalloc float[CalendarView.Width];
        for (var k = 0; k < count; k++)
        {
            var slot = first + (int)((long)(cutOffs[^1] - first) * k / count);
            var step = random.NextBelow(Math.Min(horizon, slot - first + 1));
            var view = new CalendarView(history, slot - step);
            if (view.Level > 0)
            {
                view.Write(step, row);
                rows.Add(Array.FindIndex(cutOffs, end => slot < end), row, (float)Math.Clamp(y[slot] / view.Level, LeastRatio, LargestRatio));
            }
        }
    }

    private static void Add(TrainingRows rows, int[] cutOffs, int slot, ReadOnlySpan<float> row, float target) =>
        rows.Add(Array.FindIndex(cutOffs, end => slot < end), row, Math.Clamp(target, -Farthest, Farthest));
}
