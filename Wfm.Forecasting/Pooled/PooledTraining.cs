using NodaTime;
using Wfm.Forecasting.Combination;
using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Pooled;

/// <summary>Trains global models across the series of an operation.</summary>
/// <remarks>
/// Training ends where the first back-test of any member begins, so that the engine's rolling origins judge the pooled models on data they
/// never saw. Rows are drawn at random, as many from a small queue as from a large one, in time that does not grow with the pool.
/// Deterministic: the same members, horizon and seed give the same numbers, in whatever order of cores.
/// </remarks>
public static class PooledTraining
{
    /// <summary>Rows drawn when the caller names no number: a second or two of work.</summary>
    public const int DefaultRows = 60_000;

    private const int FewestRows = 500;
    private const int RowsPerObservation = 4; // more would only repeat themselves
    private const int LongestHorizonDays = 42; // steps beyond are forecast as the last one trained

    /// <summary>Trains a ridge regression and boosted trees.</summary>
    /// <param name="members">Series on grids of one interval; zones and opening hours may differ. At least one.</param>
    /// <param name="horizon">Steps the models will be asked for, at least 1.</param>
    /// <param name="rows">Most training rows, at least 1000.</param>
    /// <param name="seed">Seed of the rows drawn.</param>
    /// <param name="cancellationToken">Checked between series and trees.</param>
    /// <returns>Trained models for <see cref="ForecastOptions.PooledModels"/>.</returns>
    /// <exception cref="ForecastDataException">The pool is empty, or nothing before the first back-test is long enough to learn from.</exception>
    /// <exception cref="ArgumentException">Intervals differ, or a number is out of range.</exception>
    public static IReadOnlyList<PooledModel> Train(
        IReadOnlyList<PoolMember> members, int horizon, int rows = DefaultRows, int seed = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1000);
        PoolGuard.SameInterval(members);
        var (able, prepared) = Prepare(members, horizon, cancellationToken);
        var cutOff = CutOff(able, prepared, horizon);
        var known = able.Select((member, s) => Known(member, prepared[s], cutOff)).ToArray();
        var longEnough = known.Where((end, s) => end > prepared[s].Frame.Clock.Week).ToArray();
        var rowsEach = longEnough.Length == 0 ? 0 : (int)(Math.Min(rows, RowsPerObservation * longEnough.Sum(end => (long)end)) / longEnough.Length);
        var (training, heldBack) = (new PooledSample(), new PooledSample());
        for (var s = 0; s < able.Count; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var clock = prepared[s].Frame.Clock;
            if (known[s] > clock.Week)
            {
                var steps = Math.Min(Math.Max(1, prepared[s].Frame.Horizon), Math.Max(1, LongestHorizonDays * clock.Week / 7));
                PooledSample.Draw(prepared[s].Complete, clock, known[s], steps, rowsEach, new PortableRandom(seed, s), training, heldBack);
            }
        }

        if (training.Count < FewestRows)
        {
            throw new ForecastDataException(
                $"The {members.Count} series of the pool hold too little history before {cutOff}, where back-tests begin, to learn from.");
        }

        return
        [
            PooledRidge.Train(training, heldBack),
            PooledTrees.Train(training, heldBack, new BoostingOptions { Seed = seed }, cancellationToken),
        ];
    }

    /// <summary>The members that can be prepared; one that cannot says why in its own forecast and spoils no other.</summary>
    private static (List<PoolMember> Able, List<PreparedHistory> Prepared) Prepare(
        IReadOnlyList<PoolMember> members, int horizon, CancellationToken cancellationToken)
    {
        var (able, prepared) = (new List<PoolMember>(), new List<PreparedHistory>());
        foreach (var member in members)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                prepared.Add(HistoryPreparation.Prepare(member.History, horizon, member.Options));
                able.Add(member);
            }
            catch (ForecastDataException)
            {
                continue;
            }
        }

        return (able, prepared);
    }

    /// <summary>The earliest first origin of the members' back-tests.</summary>
    private static Instant CutOff(List<PoolMember> members, List<PreparedHistory> prepared, int horizon)
    {
        var cutOff = Instant.MaxValue;
        for (var s = 0; s < members.Count; s++)
        {
            var (history, frame) = (members[s].History, prepared[s].Frame);
            var plan = CombinationForecaster.PlanOrigins(prepared[s], Math.Max(1, frame.Horizon), horizon, members[s].Options, prepared[s].Seasons);
            var first = plan.Origins.Length > 0 ? plan.Origins[0] : prepared[s].Complete.Length;
            var index = 0;
            while (index < history.Length && (!frame.IsOpen(index) || frame.SlotOf(index) < first))
            {
                index++;
            }

            cutOff = Instant.Min(cutOff, history.InstantAt(index));
        }

        return cutOff;
    }

    /// <summary>Open slots of a member that lie before an instant.</summary>
    private static int Known(PoolMember member, PreparedHistory prepared, Instant cutOff)
    {
        var last = member.History.Length - 1;
        while (last >= 0 && (!prepared.Frame.IsOpen(last) || member.History.InstantAt(last) >= cutOff))
        {
            last--;
        }

        return last < 0 ? 0 : Math.Min(prepared.Complete.Length, prepared.Frame.SlotOf(last) + 1);
    }
}
