using Wfm.Api.Features.Volumes.Storage;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Volumes.Quality;

/// <summary>Looks a history over: what is missing, silent, wild or moved.</summary>
internal static class QualityCheck
{
    private const int Listed = 20;
    private const int ListedShifts = 10;
    private const double OutlierZ = 6;

    /// <summary>Contacts usually brought that make a silence remarkable: by chance it is then rarer than one in 20,000 (Poisson, e^−10).</summary>
    private const double SurprisingSilence = 10;

    /// <param name="history">Any stretch; what lies before the first and after the last known interval does not count as missing.</param>
    public static SeriesQuality Check(string queue, string hub, History history)
    {
        var known = Trim(history);
        if (known.Length == 0)
        {
            return new SeriesQuality(queue, hub, history.Grid.Minutes, null, null, 0, 0, 0, 0, [], [], [], [], ["There are no volumes in this stretch."]);
        }

        var profile = new WeeklyProfile(known);
        var gaps = Gaps(known);
        var missing = gaps.Sum(gap => gap.Intervals);
        var quality = new SeriesQuality(
            queue,
            hub,
            known.Grid.Minutes,
            known.Start,
            known.StartOf(known.Length - 1),
            known.Length,
            known.Length - missing,
            missing,
            gaps.Count,
            [.. gaps.OrderByDescending(gap => gap.Intervals).ThenBy(gap => gap.From).Take(Listed)],
            [.. ZeroRuns(known, profile).OrderByDescending(run => run.UsuallyOffered).Take(Listed)],
            [.. Outliers(known, profile).OrderByDescending(outlier => Math.Abs(outlier.RobustZ)).Take(Listed)],
            [.. DailyShifts(known).Take(ListedShifts)],
            []);
        return quality with { Findings = QualityFindings.Describe(quality, known.Grid.Zone) };
    }

    private static History Trim(History history)
    {
        var first = Array.FindIndex(history.Offered, value => !double.IsNaN(value));
        if (first < 0)
        {
            return history with { Offered = [], Handled = [], HandleTimeSeconds = [] };
        }

        var last = Array.FindLastIndex(history.Offered, value => !double.IsNaN(value));
        return history with
        {
            FirstSlot = history.FirstSlot + first,
            Offered = history.Offered[first..(last + 1)],
            Handled = history.Handled[first..(last + 1)],
            HandleTimeSeconds = history.HandleTimeSeconds[first..(last + 1)],
        };
    }

    private static List<IntervalRun> Gaps(History history) =>
        [.. Runs(history, double.IsNaN).Select(run => new IntervalRun(history.StartOf(run.From), history.StartOf(run.To), run.To - run.From))];

    private static IEnumerable<ZeroRun> ZeroRuns(History history, WeeklyProfile profile)
    {
        foreach (var (from, to) in Runs(history, value => value == 0))
        {
            var usual = 0.0;
            for (var i = from; i < to; i++)
            {
                usual += double.IsNaN(profile.Usual(i)) ? 0 : profile.Usual(i);
            }

            if (usual >= SurprisingSilence)
            {
                yield return new ZeroRun(history.StartOf(from), history.StartOf(to), to - from, usual);
            }
        }
    }

    private static IEnumerable<VolumeOutlier> Outliers(History history, WeeklyProfile profile)
    {
        for (var i = 0; i < history.Length; i++)
        {
            var z = (history.Offered[i] - profile.Usual(i)) / profile.Spread(i);
            if (Math.Abs(z) >= OutlierZ) // not with NaN
            {
                yield return new VolumeOutlier(history.StartOf(i), history.Offered[i], profile.Usual(i), Math.Round(z, 1));
            }
        }
    }

    private static IReadOnlyList<LevelShift> DailyShifts(History history)
    {
        var days = IntervalGrid.Of(IntervalGrid.Day, history.Grid.Zone);
        var (first, last) = (days.SlotOf(history.Start), days.SlotOf(history.StartOf(history.Length - 1)));
        var daily = new double[last - first + 1];
        var (day, end) = (0, days.StartOf(first + 1));
        for (var i = 0; i < history.Length; i++)
        {
            while (history.StartOf(i) >= end)
            {
                day++;
                end = days.StartOf(first + day + 1);
            }

            daily[day] += history.Offered[i]; // NaN for the whole day where one interval is missing
        }

        if (days.StartOf(first) < history.Start)
        {
            daily[0] = double.NaN;
        }

        if (history.StartOf(history.Length) < days.StartOf(last + 1))
        {
            daily[^1] = double.NaN;
        }

        return LevelShifts.Find(history.Start.InZone(history.Grid.Zone).Date, daily);
    }

    private static IEnumerable<(int From, int To)> Runs(History history, Predicate<double> belongs)
    {
        for (var i = 0; i < history.Length; i++)
        {
            if (!belongs(history.Offered[i]))
            {
                continue;
            }

            var from = i;
            while (i < history.Length && belongs(history.Offered[i]))
            {
                i++;
            }

            yield return (from, i);
        }
    }
}
