using NodaTime;
using Wfm.Forecasting.Numerics;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Calendar;

/// <summary>Finds days that are unusual month after month, such as the last working day or payday, and tells them as events.</summary>
/// <remarks>
/// The logarithm of each day over the median of the same weekday in the four weeks around is averaged over the days that a rule names, one a month. A rule
/// is believed when the mean is beyond what the best of all rules reaches by chance (Bonferroni: with about a hundred rules and two sides, 4.6 standard errors
/// leave 0.05 %), when it is large enough to matter, and when nearly all months agree, early and late. Its days are set aside and the rest is looked at again.
/// What the days do is then learned like that of any event. The rules count from the start and from the end of the month, in working days and in dates.
/// </remarks>
internal static class RegularDays
{
    /// <summary>How the kind of a regular day begins; its rule follows.</summary>
    public const string KindPrefix = "regular: ";

    // Set by judgement; RegularDaysTests pins what they find and how seldom they find anything in noise.
    private const double Evidence = 4.6; // standard errors
    private const double LeastEffect = 0.05; // of a logarithm
    private const double Agreement = 0.8; // share of months on one side
    private const int FewestMonths = 6;
    private const int MostRules = 6;
    private const int Neighbours = 4; // weeks on either side
    private const int FewestNeighbours = 4;
    private const double Bound = 3; // standard deviations at which one odd day is cut
    private const double Off = -0.25; // a kind of event that lowers days by this much makes them no working days
    private const int LongestOff = 4; // days: longer events are no holidays
    private const int WorkingDaysLookedAt = 5;
    private const int LastDateEveryMonth = 28;

    /// <summary>The options with the regular days found, past and coming, among the events.</summary>
    /// <param name="history">The history.</param>
    /// <param name="horizon">Steps ahead.</param>
    /// <param name="options">What is known.</param>
    public static ForecastOptions AddTo(TimeSeries history, int horizon, ForecastOptions options)
    {
        var found = Find(history, horizon, options.Events);
        return found.Count == 0 ? options : options with { Events = [.. options.Events, .. found] };
    }

    /// <summary>Regular days as events, by rule and day; empty where there are none, or less than half a year is known.</summary>
    /// <param name="history">The history.</param>
    /// <param name="horizon">Steps ahead.</param>
    /// <param name="events">Events known; their days are theirs.</param>
    public static List<CalendarEvent> Find(TimeSeries history, int horizon, IReadOnlyList<CalendarEvent> events)
    {
        if (history.Grid.DaysPerInterval > 1 || (history.End - history.Start).TotalDays < 30 * FewestMonths)
        {
            return [];
        }

        var days = new DayRow(history, horizon, events);
        var deviation = Statistics.RobustDeviation([.. days.Residuals.Where(r => !double.IsNaN(r))], 0);
        if (!(deviation > 0))
        {
            return [];
        }

        var rules = Rules(days);
        var chosen = new List<Rule>();
        while (chosen.Count < MostRules
            && rules.Select(rule => (Rule: rule, Score: Score(rule, days.Residuals, deviation))).MaxBy(r => r.Score) is { Score: > 0 } best)
        {
            chosen.Add(best.Rule);
            foreach (var day in best.Rule.Days.Where(d => d < days.Residuals.Length))
            {
                days.Residuals[day] = double.NaN; // told already
            }
        }

        return [.. chosen.SelectMany(rule => rule.Days.Where(day => !days.IsTouched(day)).Select(day => days.EventOn(day, KindPrefix + rule.Name)))];
    }

    /// <summary>Standard errors of a rule's mean; 0 where it is not believed.</summary>
    private static double Score(Rule rule, double[] residuals, double deviation)
    {
        double[] seen = [.. rule.Days.Where(d => d < residuals.Length).Select(d => residuals[d]).Where(r => !double.IsNaN(r))];
        if (seen.Length < FewestMonths)
        {
            return 0;
        }

        var side = Math.Sign(Statistics.Median(seen));
        var score = side * seen.Average(r => Math.Clamp(r, -Bound * deviation, Bound * deviation)) * Math.Sqrt(seen.Length) / deviation;
        var half = seen.Length / 2;
        return score > Evidence && side * Statistics.Median(seen) > LeastEffect && seen.Count(r => side * r > 0) >= Agreement * seen.Length
            && side * seen[..half].Average() > LeastEffect / 2 && side * seen[half..].Average() > LeastEffect / 2 ? score : 0;
    }

    private static List<Rule> Rules(DayRow days)
    {
        var months = Enumerable.Range(0, days.Count).GroupBy(d => (days.DateOf(d).Year, days.DateOf(d).Month)).Select(m => m.ToArray()).ToList();
        var rules = new List<Rule>();
        for (var k = 0; k < WorkingDaysLookedAt; k++)
        {
            // A month cut off at either end has no first or no last day that is known.
            var (first, last) = (months.FindAll(m => days.DateOf(m[0]).Day == 1), months.FindAll(m => days.DateOf(m[^1]).PlusDays(1).Day == 1));
            rules.Add(new Rule($"working day {k + 1} of the month", [.. first.SelectMany(m => m.Where(days.IsWorking).Skip(k).Take(1))]));
            rules.Add(new Rule(
                k == 0 ? "last working day of the month" : $"working day {k} before the last of the month",
                [.. last.SelectMany(m => m.Reverse().Where(days.IsWorking).Skip(k).Take(1))]));
            rules.Add(new Rule(
                k == 0 ? "last day of the month" : $"day {k} before the last of the month", [.. last.Where(m => m.Length > k).Select(m => m[^(k + 1)])]));
        }

        for (var date = 1; date <= LastDateEveryMonth; date++)
        {
            int[] on = [.. Enumerable.Range(0, days.Count).Where(d => days.DateOf(d).Day == date)];
            rules.Add(new Rule($"day {date} of the month", on));
            rules.Add(new Rule($"day {date} of the month, or the working day before", Moved(on, -1)));
            rules.Add(new Rule($"day {date} of the month, or the working day after", Moved(on, 1)));
        }

        return rules;

        int[] Moved(int[] on, int step) => [.. on.Select(d =>
        {
            while (d >= 0 && d < days.Count && !days.IsWorking(d))
            {
                d += step;
            }

            return d;
        }).Where(d => d >= 0 && d < days.Count)];
    }

    private sealed record Rule(string Name, int[] Days);

    /// <summary>The local days of history and horizon.</summary>
    private sealed class DayRow
    {
        private const int MonthsEnd = 31; // days after the horizon: the last working day of a month is known by its end

        private readonly IntervalGrid _grid;
        private readonly LocalDate _first;
        private readonly bool[] _touched;
        private readonly bool[] _off;

        public DayRow(TimeSeries history, int horizon, IReadOnlyList<CalendarEvent> events)
        {
            _grid = history.Grid;
            _first = _grid.DateOf(history.Start);
            var known = Period.DaysBetween(_first, _grid.DateOf(history.End - Duration.Epsilon)) + 1;
            Count = Period.DaysBetween(_first, _grid.DateOf(history.InstantAt(history.Length + horizon))) + 1 + MonthsEnd;
            (_touched, _off) = (new bool[Count], new bool[Count]);
            foreach (var e in events)
            {
                Array.ForEach(DaysOf(e), d => _touched[d] = true);
            }

            var totals = Totals(history, known);
            Residuals = Relative(totals, [.. totals.Select((t, d) => _touched[d] ? double.NaN : t)]);
            var all = (double[])[.. Residuals];
            foreach (var kind in events.Where(e => e.IsLearned && (e.End - e.Start).TotalDays <= LongestOff).GroupBy(e => e.Kind, StringComparer.Ordinal))
            {
                var effect = Statistics.MeanOfPresent([.. kind.SelectMany(DaysOf).Where(d => d < known).Select(d => all[d])]);
                foreach (var d in effect < Off ? kind.SelectMany(DaysOf) : [])
                {
                    _off[d] = true;
                }
            }

            for (var d = 0; d < known; d++)
            {
                Residuals[d] = _touched[d] ? double.NaN : Residuals[d];
            }
        }

        /// <summary>Days of history and horizon, and those after it by which its month ends.</summary>
        public int Count { get; }

        /// <summary>Logarithm of each day of the history over the usual of its weekday; NaN where that is not known, and inside events.</summary>
        public double[] Residuals { get; }

        public LocalDate DateOf(int day) => _first.PlusDays(day);

        public bool IsWorking(int day) => DateOf(day).DayOfWeek < IsoDayOfWeek.Saturday && !_off[day];

        public bool IsTouched(int day) => _touched[day];

        public CalendarEvent EventOn(int day, string kind) => new(kind, _grid.StartOfDay(DateOf(day)), _grid.StartOfDay(DateOf(day + 1)));

        private int[] DaysOf(CalendarEvent e)
        {
            var first = Math.Max(0, Period.DaysBetween(_first, _grid.DateOf(e.Start)));
            var last = Math.Min(Count - 1, Period.DaysBetween(_first, _grid.DateOf(e.End - Duration.Epsilon)));
            return last < first ? [] : [.. Enumerable.Range(first, last - first + 1)];
        }

        /// <summary>Sums of the days; NaN where nothing is known, or the day is cut.</summary>
        private double[] Totals(TimeSeries history, int known)
        {
            var (totals, present) = (new double[known], new int[known]);
            for (var i = 0; i < history.Length; i++)
            {
                if (!double.IsNaN(history.Values[i]))
                {
                    var day = Period.DaysBetween(_first, _grid.DateOf(history.InstantAt(i)));
                    totals[day] += Math.Max(0, history.Values[i]);
                    present[day]++;
                }
            }

            // A day with fewer values than its weekday usually has is cut, or has gaps.
            return [.. totals.Select((total, d) =>
            {
                var usual = Enumerable.Range(-Neighbours, (2 * Neighbours) + 1).Select(w => d + (7 * w)).Where(n => n >= 0 && n < known).Max(n => present[n]);
                return present[d] > 0 && present[d] >= usual - (_grid.IntervalsPerDay / 24) ? total : double.NaN; // an hour less where the clocks go forward
            })];
        }

        private static double[] Relative(double[] totals, double[] usual)
        {
            var around = new List<double>();
            return [.. totals.Select((total, day) =>
            {
                around.Clear();
                for (var week = -Neighbours; week <= Neighbours; week++)
                {
                    var other = day + (7 * week);
                    if (week != 0 && other >= 0 && other < usual.Length && !double.IsNaN(usual[other]))
                    {
                        around.Add(usual[other]);
                    }
                }

                return around.Count >= FewestNeighbours && Statistics.Median([.. around]) is > 0 and var median
                    ? Math.Log((total + 0.5) / (median + 0.5)) : double.NaN;
            })];
        }
    }
}
