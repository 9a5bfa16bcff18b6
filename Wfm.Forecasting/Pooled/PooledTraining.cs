using NodaTime;
using Wfm.Forecasting.Combination;
using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Pooled;

/// <summary>Trains global models across the series of an operation.</summary>
/// <remarks>
/// At three cut-offs: where the first back-test of any member begins, half-way from there, and at the end, so that rolling origins judge the pooled models on
/// data they never saw. Rows are drawn at random, as many from a small queue as from a large one, in time that does not grow with the pool.
/// Deterministic: the same members, horizon and seed give the same numbers, in whatever order of cores.
/// </remarks>
public static class PooledTraining
{
    /// <summary>Rows drawn for a model and cut-off when the caller names no number: some seconds of work.</summary>
    public const int DefaultRows = 150_000;

    private const int FewestRows = 500;
    private const int RowsPerObservation = 4; // more would only repeat themselves
    private const int MostRowsPerSeries = 1500; // a small pool has no more to tell
    private const int CalendarRows = 30_000; // most, of all series: on the emergency department 10,000 serve worse, 60,000 no better
    private const double HalfWeight = 20; // contacts a slot at which a series teaches half as much of the calendar as the largest: chance blurs smaller ones
    private const int LongestHorizonDays = 42; // steps beyond are forecast as the last one trained

    private static readonly TreeOptions Ratios = new() { Trees = 100, Leaves = 20, LearningRate = 0.05 };

    private delegate BoostedTrees Trainer(int width, ReadOnlySpan<float> rows, ReadOnlySpan<float> targets, TreeOptions options);

    /// <summary>Trains trees on lags, trees on what local models say and, where counts reach back two years, trees on the calendar.</summary>
    /// <param name="members">Series on grids of one interval; zones and opening hours may differ. At least one.</param>
    /// <param name="horizon">Steps the models will be asked for, at least 1.</param>
    /// <param name="rows">Most training rows of a model, at least 1000.</param>
    /// <param name="seed">Seed of the rows drawn.</param>
    /// <param name="threads">Series looked at side by side, at least 1; the models do not depend on it.</param>
    /// <param name="cancellationToken">Checked between series and models.</param>
    /// <returns>Trained models for <see cref="ForecastOptions.PooledModels"/>.</returns>
    /// <exception cref="ForecastDataException">The pool is empty, or nothing before the first back-test is long enough to learn from.</exception>
    /// <exception cref="ArgumentException">Intervals differ, or a number is out of range.</exception>
    public static IReadOnlyList<PooledModel> Train(
        IReadOnlyList<PoolMember> members, int horizon, int rows = DefaultRows, int seed = 1, int threads = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1000);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        PoolGuard.SameInterval(members);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        var pool = Prepare(members, horizon, parallel);
        var cutOffs = CutOffs(pool, horizon);
        var (lags, stack) = Draw(pool, cutOffs, rows, seed, parallel);
        var (models, departures) = (new List<PooledModel>(), new TreeOptions { Seed = seed });
        if (Versions(lags, cutOffs, departures, TreeTrainer.Train, cancellationToken) is { Count: > 0 } ofLags)
        {
            models.Add(new PooledLags(ofLags));
        }

        if (Versions(stack, cutOffs, departures, TreeTrainer.Train, cancellationToken) is { Count: > 0 } ofStack)
        {
            models.Add(new PooledStack(ofStack));
        }

        var calendar = DrawCalendar(pool, cutOffs, Math.Min(rows, CalendarRows), seed, parallel);
        if (Versions(calendar, cutOffs, Ratios with { Seed = seed }, TreeTrainer.TrainRatios, cancellationToken) is { Count: > 0 } ofCalendar)
        {
            models.Add(new CalendarTrees(ofCalendar));
        }

        return models.Count > 0 ? models : throw new ForecastDataException(
            $"The {members.Count} series of the pool hold too little history before {cutOffs[0]}, where back-tests begin, to learn from.");
    }

    /// <summary>Rows of all series, in the order of the series.</summary>
    private static (TrainingRows Lags, TrainingRows Stack) Draw(
        List<(PoolMember Member, PreparedHistory Prepared)> pool, Instant[] cutOffs, int rows, int seed, ParallelOptions parallel)
    {
        var drawn = new (TrainingRows Lags, TrainingRows Stack)[pool.Count];
        Parallel.For(0, pool.Count, parallel, s =>
        {
            var (prepared, random) = (pool[s].Prepared, new PortableRandom(seed, s));
            var slots = Array.ConvertAll(cutOffs, prepared.Frame.SlotsBefore);
            var steps = StepsOf(prepared);
            var rowsEach = Math.Min(Math.Clamp(rows / pool.Count, 1, MostRowsPerSeries), RowsPerObservation * prepared.Complete.Length);
            var (lags, stack) = drawn[s] = (new TrainingRows(LagFeatures.Width, slots.Length), new TrainingRows(StackFeatures.Width, slots.Length));
            if (pool.Count > 1) // of a single series there is nothing to learn that its own models do not tell: emergency department, weight 0.05
            {
                RowSampler.DrawLags(prepared, slots, steps, rowsEach, lags, random);
                RowSampler.DrawStack(prepared, slots, steps, rowsEach, stack, random);
            }
        });
        return (TrainingRows.Joined([.. drawn.Select(d => d.Lags)]), TrainingRows.Joined([.. drawn.Select(d => d.Stack)]));
    }

    /// <summary>Rows of the series that teach the calendar, more of those that chance blurs less.</summary>
    private static TrainingRows DrawCalendar(
        List<(PoolMember Member, PreparedHistory Prepared)> pool, Instant[] cutOffs, int rows, int seed, ParallelOptions parallel)
    {
        var slots = pool.ConvertAll(s => Array.ConvertAll(cutOffs, s.Prepared.Frame.SlotsBefore));
        var shares = pool.Select((s, i) => CalendarTrees.Teaches(s.Prepared, slots[i][0]) ? ShareOf(s.Prepared.Complete) : 0).ToArray();
        var (all, drawn) = (shares.Sum(), new TrainingRows[pool.Count]);
        Parallel.For(0, pool.Count, parallel, s =>
        {
            drawn[s] = new TrainingRows(CalendarView.Width, cutOffs.Length);
            if (shares[s] > 0)
            {
                var prepared = pool[s].Prepared;
                var count = Math.Min((int)(rows * shares[s] / all), RowsPerObservation * prepared.Complete.Length);
                RowSampler.DrawCalendar(prepared, slots[s], StepsOf(prepared), count, drawn[s], new PortableRandom(seed, s));
            }
        });
        return TrainingRows.Joined(drawn);
    }

    private static double ShareOf(double[] y) => Statistics.Mean(y) is var mean and > 0 ? mean / (mean + HalfWeight) : 0;

    private static int StepsOf(PreparedHistory prepared) =>
        Math.Min(Math.Max(1, prepared.Frame.Horizon), Math.Max(1, LongestHorizonDays * prepared.Frame.Clock.Week / 7));

    /// <summary>One version a cut-off; none where the first back-tests would have nothing honest to judge.</summary>
    private static List<PooledVersion> Versions(
        TrainingRows rows, Instant[] cutOffs, TreeOptions options, Trainer train, CancellationToken cancellationToken)
    {
        var versions = new List<PooledVersion>();
        for (var c = 0; c < cutOffs.Length; c++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (features, targets) = rows.Until(c);
            if (targets.Length < FewestRows)
            {
                return [];
            }

            versions.Add(new PooledVersion(cutOffs[c], train(rows.Width, features, targets, options)));
        }

        return versions;
    }

    /// <summary>The members that can be prepared; one that cannot says why in its own forecast and spoils no other.</summary>
    private static List<(PoolMember Member, PreparedHistory Prepared)> Prepare(IReadOnlyList<PoolMember> members, int horizon, ParallelOptions parallel)
    {
        var prepared = new PreparedHistory?[members.Count];
        Parallel.For(0, members.Count, parallel, s =>
        {
            try
            {
                prepared[s] = HistoryPreparation.Prepare(members[s].History, horizon, members[s].Options);
            }
            catch (ForecastDataException)
            {
                prepared[s] = null;
            }
        });
        var able = members.Zip(prepared).Where(pair => pair.Second is not null).Select(pair => (pair.First, pair.Second!)).ToList();
        return able.Count > 0 ? able : throw new ForecastDataException($"None of the {members.Count} series of the pool has an observation to learn from.");
    }

    /// <summary>The earliest first origin of the members' back-tests, the middle between it and the last end, and the last end.</summary>
    private static Instant[] CutOffs(List<(PoolMember Member, PreparedHistory Prepared)> pool, int horizon)
    {
        var (first, end) = (Instant.MaxValue, Instant.MinValue);
        foreach (var (member, prepared) in pool)
        {
            var plan = CombinationForecaster.PlanOrigins(prepared, Math.Max(1, prepared.Frame.Horizon), horizon, member.Options, prepared.Seasons);
            first = Instant.Min(first, plan.Origins.Length > 0 ? prepared.Frame.InstantOf(plan.Origins[0]) : member.History.End);
            end = Instant.Max(end, member.History.End);
        }

        return first < end ? [first, first + ((end - first) / 2), end] : [end];
    }
}
