using Wfm.Forecasting.Numerics;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Pooled;

/// <summary>A history seen from its end, in units of its own change from day to day: what the features of pooled models are made of.</summary>
internal sealed class SeriesView
{
    private const int Weeks = 4;
    private const int FewestValues = 28;
    private const double LeastUnit = 0.01; // of the mean: a series that repeats itself has no change to be measured by
    private const int YearOfWeeks = 52;
    private const int WeeksBefore = 8;
    private const int WeeksAhead = 7; // later ones are taken as the last
    private const double LargestYearRatio = 0.5;

    private readonly double[] _tail;
    private readonly double[] _yearByWeek;
    private readonly SlotClock _clock;
    private readonly int _origin;
    private readonly int _day;
    private readonly int _week;

    /// <summary>Looks at a history.</summary>
    /// <param name="y">Complete observations, at least a week.</param>
    /// <param name="clock">Where slots lie in the local week.</param>
    public SeriesView(ReadOnlySpan<double> y, SlotClock clock)
    {
        (_clock, _origin) = (clock, y.Length);
        (_week, _day) = (clock.Week, clock.IsRegular ? clock.Day : clock.Week);
        _tail = y[^Math.Min(y.Length, Math.Max((Weeks + 1) * _week, FewestValues + _day))..].ToArray();
        var recent = _tail.AsSpan(^Math.Min(_tail.Length, Math.Max(Weeks * _week, FewestValues))..);
        Mean = Statistics.Mean(recent);
        Unit = UnitOf();
        Spread = Math.Sqrt(Moment(recent, 0)) / Unit;
        DayPeriodicity = Periodicity(recent, _day);
        WeekPeriodicity = Periodicity(recent, _week);
        LastValue = Departure(1);
        LastHours = Departure(Math.Max(1, _day / 8));
        LastDay = Departure(_day);
        LastWeek = Departure(_week);
        (Low, High) = (_tail.Min(), _tail.Max());
        _yearByWeek = YearRatios(y);
    }

    /// <summary>Mean of the last four weeks.</summary>
    public double Mean { get; }

    /// <summary>Mean absolute change from one day to the next: the unit of everything here. Above 0.</summary>
    public double Unit { get; }

    /// <summary>Standard deviation of the last four weeks, in units.</summary>
    public double Spread { get; }

    /// <summary>Correlation with the day before.</summary>
    public double DayPeriodicity { get; }

    /// <summary>Correlation with the week before.</summary>
    public double WeekPeriodicity { get; }

    /// <summary>How the last value differed from what was usual, in units.</summary>
    public double LastValue { get; }

    /// <summary>The same of the last eighth of a day.</summary>
    public double LastHours { get; }

    /// <summary>The same of the last day.</summary>
    public double LastDay { get; }

    /// <summary>The same of the last week.</summary>
    public double LastWeek { get; }

    /// <summary>Least value of the last weeks.</summary>
    public double Low { get; }

    /// <summary>Greatest value of the last weeks.</summary>
    public double High { get; }

    /// <summary>Day ahead of a step, from 1.</summary>
    public int DayOf(int step) => (step / _day) + 1;

    /// <summary>Share of a day that a step is ahead.</summary>
    public double DaysAhead(int step) => (step + 1) / (double)_day;

    /// <summary>The same time some days back, counted from the last day known.</summary>
    /// <param name="step">Step ahead, from 0.</param>
    /// <param name="days">1 for the last day known.</param>
    /// <returns>The mean where the history does not reach back so far.</returns>
    public double DaysBack(int step, int days, int shift = 0) => At(step - (((step / _day) + days) * _day) + shift);

    /// <summary>The same time some weeks back, counted from the last week known.</summary>
    public double WeeksBack(int step, int weeks, int shift = 0) => At(step - (((step / _week) + weeks) * _week) + shift);

    /// <summary>Mean of the same time over the last days.</summary>
    public double DaysMean(int step, int days)
    {
        var sum = 0.0;
        for (var d = 1; d <= days; d++)
        {
            sum += DaysBack(step, d);
        }

        return sum / days;
    }

    /// <summary>Mean of the same time over the last weeks.</summary>
    public double WeeksMean(int step)
    {
        var sum = 0.0;
        for (var w = 1; w <= Weeks; w++)
        {
            sum += WeeksBack(step, w);
        }

        return sum / Weeks;
    }

    /// <summary>How the same weeks of last year differed from the eight before them, as a fraction; 0 without two such stretches.</summary>
    public double LastYear(int step) => _yearByWeek[Math.Min(step / _week, _yearByWeek.Length - 1)];

    /// <summary>Time of the local day of a step, in [0, 1).</summary>
    public double DayFraction(int step) => _clock.DayFraction(_origin + step);

    /// <summary>Time of the local week of a step, in [0, 1).</summary>
    public double WeekFraction(int step) => _clock.WeekFraction(_origin + step);

    /// <summary>Something in units of the series.</summary>
    public float Scaled(double difference) => (float)(difference / Unit);

    private double At(int fromEnd)
    {
        var index = _tail.Length + Math.Min(-1, fromEnd);
        return index >= 0 ? _tail[index] : index + _week >= 0 ? _tail[index + _week] : Mean;
    }

    private double UnitOf()
    {
        var (sum, count) = (0.0, 0);
        for (var t = Math.Max(_day, _tail.Length - Math.Max(Weeks * _week, FewestValues)); t < _tail.Length; t++)
        {
            sum += Math.Abs(_tail[t] - _tail[t - _day]);
            count++;
        }

        return Math.Max(count == 0 ? 0 : sum / count, Math.Max(LeastUnit * Math.Abs(Mean), 1e-6));
    }

    private double Moment(ReadOnlySpan<double> y, int lag)
    {
        var sum = 0.0;
        for (var t = lag; t < y.Length; t++)
        {
            sum += (y[t] - Mean) * (y[t - lag] - Mean);
        }

        return y.Length > lag ? sum / (y.Length - lag) : 0;
    }

    private double Periodicity(ReadOnlySpan<double> y, int lag)
    {
        var variance = Moment(y, 0);
        return variance > 0 ? Math.Clamp(Moment(y, lag) / variance, -1, 1) : 0;
    }

    /// <summary>Mean of the last slots against the mean of the same slots a day and a week before.</summary>
    private double Departure(int slots)
    {
        var (sum, count) = (0.0, Math.Min(slots, Math.Max(1, _tail.Length - _week)));
        for (var i = 1; i <= count; i++)
        {
            var earlier = _tail.Length - i - (((count + _day - 1) / _day) * _day);
            var week = _tail.Length - i - (((count + _week - 1) / _week) * _week);
            var usual = week >= 0 ? (_tail[earlier] + _tail[week]) / 2 : earlier >= 0 ? _tail[earlier] : Mean;
            sum += _tail[^i] - usual;
        }

        return sum / count / Unit;
    }

    private double[] YearRatios(ReadOnlySpan<double> y)
    {
        var ratios = new double[WeeksAhead];
        var then = y.Length - (YearOfWeeks * _week);
        if (then < WeeksBefore * _week)
        {
            return ratios;
        }

        var before = Statistics.Mean(y.Slice(then - (WeeksBefore * _week), WeeksBefore * _week));
        for (var w = 0; w < WeeksAhead && before > 0; w++)
        {
            var centre = then + (w * _week);
            ratios[w] = Math.Clamp((Statistics.Mean(y.Slice(centre - (2 * _week), 4 * _week)) / before) - 1, -LargestYearRatio, LargestYearRatio);
        }

        return ratios;
    }
}
