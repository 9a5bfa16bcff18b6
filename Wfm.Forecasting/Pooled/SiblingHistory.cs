using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Pooled;

/// <summary>The recent history of a sibling, slot by slot of the local week.</summary>
internal sealed class SiblingHistory
{
    private const int WeeksKept = 32;
    private const int ShapeWeeks = 8;
    private readonly SlotClock _clock;
    private readonly double[] _complete;
    private readonly double[] _observed;
    private readonly int _cellsPerWeek;

    private SiblingHistory(PoolMember member, PreparedHistory prepared, double similarity)
    {
        (Member, Similarity, _clock) = (member, similarity, prepared.Frame.Clock);
        (_complete, _observed) = (prepared.Complete, [.. prepared.Observed.Select((value, slot) => prepared.Seen.LevelAfter(slot) * value)]);
        _cellsPerWeek = member.History.Grid.IntervalsPerWeek;
        IsCounts = prepared.Counts;
    }

    /// <summary>The sibling.</summary>
    public PoolMember Member { get; }

    /// <summary>How alike it is, in (0, 1].</summary>
    public double Similarity { get; }

    /// <summary>Whether its observations are whole numbers.</summary>
    public bool IsCounts { get; }

    /// <summary>Whole weeks of history.</summary>
    public int Weeks => _complete.Length / _clock.Week;

    /// <summary>Prepares the recent history of a member; <see langword="null"/> for one that cannot be learned from: empty, under two weeks, or
    /// negative.</summary>
    public static SiblingHistory? Of(PoolMember member, double similarity)
    {
        var history = member.History;
        var kept = Math.Min(history.Length, WeeksKept * history.Grid.IntervalsPerWeek);
        var tail = new TimeSeries(history.InstantAt(history.Length - kept), history.Grid, history.Values[^kept..].ToArray());
        try
        {
            var prepared = HistoryPreparation.Prepare(tail, 1, member.Options);
            return prepared.NonNegative && prepared.Complete.Length >= 2 * prepared.Frame.Clock.Week ? new SiblingHistory(member, prepared, similarity) : null;
        }
        catch (ForecastDataException)
        {
            return null; // empty, or wholly inside events: the sibling's own forecast says so
        }
    }

    /// <summary>The profile of the weeks that ended so many weeks ago; <see langword="null"/> where history does not reach back so far.</summary>
    /// <param name="weeksBack">Weeks before the end, at least 0.</param>
    public WeekProfile? ProfileAt(double weeksBack)
    {
        var end = EndAt(weeksBack);
        var weeks = Math.Min(ShapeWeeks, end / _clock.Week);
        return weeks < 1 ? null : new WeekProfile(Sums(end - (weeks * _clock.Week), end), _cellsPerWeek, weeks);
    }

    /// <summary>The last days before a time, as if they were all there is.</summary>
    /// <param name="weeksBack">Weeks before the end.</param>
    /// <param name="weeks">Length of the stretch in weeks, at least 0.</param>
    public OwnWeeks Stretch(double weeksBack, double weeks)
    {
        var end = EndAt(weeksBack);
        return Sums(Math.Max(0, end - (int)Math.Round(weeks * _clock.Week)), end);
    }

    /// <summary>What came from a time on: slot of the week and observation, NaN where missing.</summary>
    /// <param name="weeksBack">Weeks before the end.</param>
    /// <param name="weeks">Length of the stretch in weeks.</param>
    public IEnumerable<(int SlotOfWeek, double Observed)> Ahead(double weeksBack, double weeks)
    {
        var first = EndAt(weeksBack);
        var end = Math.Min(_observed.Length, first + (int)Math.Round(weeks * _clock.Week));
        for (var t = first; t < end; t++)
        {
            yield return (_clock.SlotOfWeek(t), _observed[t]);
        }
    }

    private int EndAt(double weeksBack) => Math.Max(0, _complete.Length - (int)Math.Round(weeksBack * _clock.Week));

    private OwnWeeks Sums(int from, int to)
    {
        var week = new OwnWeeks(_cellsPerWeek);
        for (var t = from; t < to; t++)
        {
            week.Add(_clock.SlotOfWeek(t), _complete[t]);
        }

        return week;
    }
}
