using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Accuracy;
using Wfm.Forecasting.Intraday;
using Wfm.Forecasting.Numerics;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Tests.Forecasting.Intraday;

public sealed class IntradayUpdateTests
{
    private const int Day = 24;
    private static readonly double[] Levels = [.. ForecastOptions.DefaultQuantileLevels];
    private static readonly PathDependence Dependent = new(0.5, 0.4, 0.5);

    /// <summary>Two days of hours with the shape of a day; the spread is that of a skewed multiplicative error.</summary>
    private static SeriesForecast Of(PathDependence dependence, double level = 100, int steps = 2 * Day) => Of(
        dependence, steps, (h, z) => level * (1 + (0.5 * Math.Sin(Math.PI * (h % Day) / Day))) * Math.Exp(0.2 * z));

    private static SeriesForecast Of(PathDependence dependence, int steps, Func<int, double, double> quantile) => new(
        Instant.FromUtc(2025, 3, 3, 0, 0), new IntervalGrid(Duration.FromHours(1), DateTimeZone.Utc),
        [.. Enumerable.Range(0, steps).Select(h => quantile(h, 0.1))], Levels,
        [.. Levels.Select(l => Enumerable.Range(0, steps).Select(h => quantile(h, NormalDistribution.Quantile(l))).ToArray())], dependence, [],
        BacktestReport.Untested, CleansingReport.Nothing, 1);

    private static double[] Median(SeriesForecast forecast, int steps) => forecast.Quantile(0.5)[..steps];

    private static double Width(IntradayForecast update, int column) =>
        update.Quantiles[Array.IndexOf(Levels, 0.9)][column] - update.Quantiles[Array.IndexOf(Levels, 0.1)][column];

    [Test]
    public void Update_NothingObserved_IsTheForecastItself()
    {
        var forecast = Of(Dependent);

        foreach (var update in new[] { IntradayUpdate.Update(forecast, [], 0, Day, 48), IntradayUpdate.Update(forecast, [double.NaN, double.NaN], 0, Day, 48) })
        {
            update.Mean.Should().Equal(forecast.Mean[update.FirstStep..]);
            update.Quantiles.Zip(forecast.Quantiles).Should().OnlyContain(row => row.First.SequenceEqual(row.Second.Skip(update.FirstStep)));
            update.Unusual.Should().Be(new DayRarity(0, 0, 0, 1, 1));
        }
    }

    [Test]
    public void Update_IndependentStepsUpAndDown_LeavesTheRestAsItWas()
    {
        var forecast = Of(PathDependence.Independent);

        var update = IntradayUpdate.Update(forecast, [140, 80, 150, 75, 130, 95], 0, Day, 48);

        update.Mean.Should().Equal(forecast.Mean[6..], (a, b) => Math.Abs(a - b) < 0.01 * b);
    }

    [Test]
    public void Update_TwiceTheVolumeByNoonWhereDaysNeverHadALevel_MovesTheAfternoon()
    {
        var poisson = new PoissonQuantiles(Levels);
        var column = new double[Levels.Length];
        poisson.Write(64 / 12.0, column);
        var forecast = Of(PathDependence.Independent, 2 * Day, (_, z) => column[Array.FindIndex(Levels, l => NormalDistribution.Quantile(l) >= z - 1e-9)])
            with
        { Mean = [.. Enumerable.Repeat(64 / 12.0, 2 * Day)] };
        double[] morning = [9, 12, 10, 11, 10, 9, 13, 10, 11, 10, 11, 10]; // 126 where 64 were expected

        var update = IntradayUpdate.Update(forecast, morning, 0, Day, 48);
        var usual = IntradayUpdate.Update(forecast, [5, 4, 7, 5, 6, 3, 6, 5, 4, 8, 5, 6], 0, Day, 48);

        morning.Sum().Should().Be(126);
        update.RestOfDay.Mean.Should().BeInRange(1.3 * 64, 126, "the rest of the day is likely to be as high, and no higher");
        update.Mean[12..].Should().Equal(forecast.Mean[Day..], (a, b) => Math.Abs(a - b) < 1e-9, "the level is today's");
        usual.RestOfDay.Mean.Should().BeApproximately(64, 2);
    }

    [Test]
    public void Update_HighMorning_CountsHalfAsMuchTwelveHoursLater()
    {
        // Of scores on the quantiles' own scale: one hour observed, its neighbours dependent by the level alone.
        var forecast = Of(new PathDependence(0, 0.5), Day, (_, z) => 100 + (10 * z));

        var update = IntradayUpdate.Update(forecast, [120], 0, Day, Day); // two deviations high: the level by half of it, 10 of the 20

        double Shift(int step) => update.Quantiles[Array.IndexOf(Levels, 0.5)][step] - 100;
        Shift(0).Should().BeApproximately(10 * Math.Pow(0.5, 1 / 12.0), 1e-6);
        Shift(11).Should().BeApproximately(5, 1e-6, "twelve hours on");
    }

    [Test]
    public void Paths_MorningObserved_HaveTheMeansAndTheBandsOfTheUpdate()
    {
        var forecast = Of(new PathDependence(0.5, 0.4));
        double[] morning = [.. Median(forecast, 10).Select(v => 1.2 * v)];
        var update = IntradayUpdate.Update(forecast, morning, 0, Day, Day);

        var paths = IntradayUpdate.Paths(forecast, morning, 0, Day, Day, 4000, 3);

        paths.Should().OnlyContain(p => p.Length == 14);
        double[] sums = [.. paths.Select(p => p.Sum()).Order()];
        sums.Average().Should().BeApproximately(update.RestOfDay.Mean, 0.01 * update.RestOfDay.Mean);
        foreach (var level in new[] { 0.1, 0.5, 0.9 })
        {
            // Three deviations of an order statistic of 4,000 are 1.4 % of the probability, some 0.6 % of the sum here; the update's own is an approximation.
            var told = update.RestOfDay.Quantiles[Array.IndexOf(Levels, level)];
            sums[(int)(level * sums.Length)].Should().BeApproximately(told, 0.015 * told);
        }

        for (var h = 0; h < 14; h += 6)
        {
            var told = update.Quantiles[Array.IndexOf(Levels, 0.9)][h];
            paths.Select(p => p[h]).Order().ElementAt(3600).Should().BeApproximately(told, 0.02 * told);
        }

        IntradayUpdate.Paths(forecast, morning, 0, Day, Day, 5, 3).Should().BeEquivalentTo(paths[..5], o => o.WithStrictOrdering());
    }

    [TestCase(0.05)]
    [TestCase(0.8)]
    public void Paths_ThinCounts_AreWholeAndKeepTheMean(double level)
    {
        var poisson = new PoissonQuantiles(Levels);
        var column = new double[Levels.Length];
        poisson.Write(level, column);
        var forecast = Of(new PathDependence(0, 0.1), Day, (_, z) => column[Array.FindIndex(Levels, l => NormalDistribution.Quantile(l) >= z - 1e-9)]) with
        {
            Mean = [.. Enumerable.Repeat(level, Day)],
            IsCounts = true,
        };
        var update = IntradayUpdate.Update(forecast, [0, 1, 0, 2], 0, Day, Day);

        var paths = IntradayUpdate.Paths(forecast, [0, 1, 0, 2], 0, Day, Day, 5000, 1);

        paths.SelectMany(p => p).Should().OnlyContain(v => v == Math.Floor(v) && v >= 0);
        paths.Average(p => p.Sum()).Should().BeApproximately(update.RestOfDay.Mean, 0.06 * update.RestOfDay.Mean);
    }

    [Test]
    public void Update_MedianObserved_KeepsTheMedianAndNarrowsTheBands()
    {
        var forecast = Of(Dependent);

        var update = IntradayUpdate.Update(forecast, Median(forecast, 12), 0, Day, 48);

        var median = update.Quantiles[Array.IndexOf(Levels, 0.5)];
        median.Should().Equal(forecast.Quantile(0.5)[12..], (a, b) => Math.Abs(a - b) < 1e-9 * b);
        var untouched = IntradayUpdate.Update(forecast, [], 0, Day, 48);
        for (var column = 0; column < 36; column++)
        {
            Width(update, column).Should().BeLessThan(Width(untouched, 12 + column));
        }

        (update.DayTotal.Quantiles[^1] - update.DayTotal.Quantiles[0]).Should()
            .BeLessThan(0.6 * (untouched.DayTotal.Quantiles[^1] - untouched.DayTotal.Quantiles[0]));
        update.Unusual.AtLeast.Should().BeApproximately(0.5, 0.1);
    }

    [Test]
    public void Update_TwiceTheDemand_RaisesTheRestAndTomorrowWhereItHangsOnToday()
    {
        var (weak, strong) = (Of(new PathDependence(0.2, 0.1)), Of(new PathDependence(0.5, 0.6, 0.5)));
        double[] doubled = [.. Median(weak, 10).Select(v => 2 * v)];

        var (little, much) = (IntradayUpdate.Update(weak, doubled, 0, Day, 48), IntradayUpdate.Update(strong, doubled, 0, Day, 48));

        little.Mean[..14].Zip(weak.Mean[10..Day], (a, b) => a > b).Should().OnlyContain(up => up);
        much.RestOfDay.Mean.Should().BeGreaterThan(1.1 * strong.Mean[10..Day].Sum());
        little.Mean[14..].Should().Equal(weak.Mean[Day..], (a, b) => Math.Abs(a - b) < 1e-6 * b);
        much.Mean[^1].Should().BeGreaterThan(strong.Mean[^1], "tomorrow hangs on today");
        much.Unusual.AtLeast.Should().BeLessThan(0.01);
        much.Unusual.AtMost.Should().BeGreaterThan(0.99);
        var halved = IntradayUpdate.Update(strong, [.. Median(strong, 10).Select(v => 0.5 * v)], 0, Day, 48);
        halved.RestOfDay.Mean.Should().BeLessThan(0.9 * strong.Mean[10..Day].Sum());
        halved.Unusual.AtMost.Should().BeLessThan(0.01);
    }

    [Test]
    public void Update_DayObservedToTheEnd_IsItsTotal()
    {
        var forecast = Of(Dependent);
        double[] observed = [.. Enumerable.Range(0, Day).Select(h => 90.0 + h)];

        var update = IntradayUpdate.Update(forecast, observed, 0, Day, 48);

        update.RestOfDay.Mean.Should().Be(0);
        update.DayTotal.Mean.Should().Be(observed.Sum());
        update.DayTotal.Quantiles.Should().OnlyContain(q => q == observed.Sum());
    }

    [Test]
    public void Update_GapInTheMorning_IsCountedAsExpectedNotAsZero()
    {
        var forecast = Of(Dependent);
        var observed = Median(forecast, 10);
        var whole = IntradayUpdate.Update(forecast, observed, 0, Day, Day);
        observed[4] = double.NaN;

        var update = IntradayUpdate.Update(forecast, observed, 0, Day, Day);

        update.Unusual.ObservedSteps.Should().Be(9);
        update.DayTotal.Mean.Should().BeApproximately(whole.DayTotal.Mean, 0.01 * whole.DayTotal.Mean);
        update.RestOfDay.Mean.Should().BeApproximately(whole.RestOfDay.Mean, 0.01 * whole.RestOfDay.Mean);
    }

    [Test]
    public void Update_EarlierDaysOfTheForecast_MoveTodayByTheDependenceOfDays()
    {
        var forecast = Of(new PathDependence(0.3, 0.5, 0.8));

        var update = IntradayUpdate.Update(forecast, [.. Median(forecast, Day).Select(v => 1.5 * v)], Day, 48, 48);

        update.FirstStep.Should().Be(Day);
        update.Mean.Sum().Should().BeGreaterThan(1.05 * forecast.Mean[Day..].Sum());
        update.Unusual.ObservedSteps.Should().Be(0);
    }

    [TestCase(0.3)]
    [TestCase(3)]
    [TestCase(60)]
    public void Update_CountsFromTheSameCopula_CoverAndBeatTheForecast(double level)
    {
        // Poisson-like quantiles, thin and thick; observations drawn from the copula itself and rounded to whole contacts.
        var forecast = Of(new PathDependence(0.4, 0.5, 0.5), Day, (h, z) => Math.Max(0, level + (Math.Sqrt(level) * (z + (0.15 * ((z * z) - 1))))));
        var score = Simulate(forecast, Math.Round);

        score.PinballAfter.Should().BeLessThan(score.PinballBefore);
        score.TotalAfter.Should().BeLessThan(score.TotalBefore);
    }

    [Test]
    public void Update_PathsFromTheSameCopula_Hold80PercentInThe80PercentInterval()
    {
        var score = Simulate(Of(Dependent, 100, Day), v => v);

        // The level of these days does not fade, as it is taken to: bands are a little wide. 500 days are 500 draws.
        score.Covered.Should().BeInRange(0.8, 0.86);
        score.TotalCovered.Should().BeInRange(0.8, 0.9);
        score.PinballAfter.Should().BeLessThan(0.85 * score.PinballBefore);
        score.TotalAfter.Should().BeLessThan(0.7 * score.TotalBefore);
        score.RarityMean.Should().BeApproximately(0.5, 0.04, "the probability of a day at most this high is uniform over days");
    }

    private static (
        double Covered, double TotalCovered, double PinballBefore, double PinballAfter, double TotalBefore, double TotalAfter, double RarityMean
    ) Simulate(SeriesForecast forecast, Func<double, double> observe)
    {
        const int Now = 10;
        var (low, high) = (Array.IndexOf(Levels, 0.1), Array.IndexOf(Levels, 0.9));
        double[][] days = [.. forecast.SamplePaths(500, 7).Select(path => Array.ConvertAll(path, v => observe(v)))];
        var untouched = IntradayUpdate.Update(forecast, [], 0, Day, Day);
        var (covered, totalCovered, before, after, totalBefore, totalAfter, rarity) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var day in days)
        {
            var update = IntradayUpdate.Update(forecast, day.AsSpan(0, Now), 0, Day, Day);
            for (var h = Now; h < Day; h++)
            {
                covered += day[h] >= update.Quantiles[low][h - Now] && day[h] <= update.Quantiles[high][h - Now] ? 1.0 / (Day - Now) : 0;
                before += Levels.Select((l, k) => PinballLoss.Of(day[h], forecast.Quantiles[k][h], l)).Sum();
                after += Levels.Select((l, k) => PinballLoss.Of(day[h], update.Quantiles[k][h - Now], l)).Sum();
            }

            var total = day.Sum();
            totalCovered += total >= update.DayTotal.Quantiles[low] && total <= update.DayTotal.Quantiles[high] ? 1 : 0;
            totalBefore += Levels.Select((l, k) => PinballLoss.Of(total, untouched.DayTotal.Quantiles[k], l)).Sum();
            totalAfter += Levels.Select((l, k) => PinballLoss.Of(total, update.DayTotal.Quantiles[k], l)).Sum();
            rarity += update.Unusual.AtMost;
        }

        return (covered / days.Length, totalCovered / days.Length, before, after, totalBefore, totalAfter, rarity / days.Length);
    }

    [TestCase(0.4, 0.0, 0.0)]
    [TestCase(0.4, 0.5, 0.3)]
    [TestCase(5.0, 0.1, 0.8)]
    [TestCase(100.0, 0.6, 0.5)]
    [TestCase(100.0, 0.0, 0.0)]
    public void RestOfDay_SumOfPaths_HasTheirMeanSpreadAndTails(double level, double dayFactor, double autocorrelation)
    {
        var forecast = Of(new PathDependence(autocorrelation, dayFactor), Day, (_, z) => Math.Max(0, level + (Math.Sqrt(level) * z) + (0.3 * ((z * z) - 1))));
        var sums = forecast.SamplePaths(4000, 11).Select(p => p.Sum()).Order().ToArray();
        var spread = Statistics.SortedQuantile(sums, 0.9) - Statistics.SortedQuantile(sums, 0.1);

        var update = IntradayUpdate.Update(forecast with { Mean = [.. Enumerable.Repeat(sums.Average() / Day, Day)] }, [], 0, Day, Day);

        foreach (var level2 in new[] { 0.05, 0.1, 0.5, 0.9, 0.95 })
        {
            update.DayTotal.Quantiles[Array.IndexOf(Levels, level2)].Should()
                .BeApproximately(Statistics.SortedQuantile(sums, level2), 0.08 * spread, $"at {level2}");
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public Property Update_AnyObservations_IsMonotoneFiniteAndNotNegative()
    {
        var cases =
            from rho in Gen.Choose(0, 99)
            from day in Gen.Choose(0, 100)
            from level in Gen.Elements(0.0, 0.2, 2, 50, 1e6)
            from observed in Gen.Elements(double.NaN, 0, 1, 3, 40, 77.7, 1e9).ListOf().Where(l => l.Count <= Day)
            select (Dependence: new PathDependence(rho / 100.0, day / 100.0, rho / 100.0), Level: level, Observed: observed.ToArray());
        return Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var forecast = Of(c.Dependence, 2 * Day, (h, z) => h % 5 == 4 ? 0 : Math.Max(0, c.Level + (Math.Sqrt(c.Level) * z)));
            var update = IntradayUpdate.Update(forecast, c.Observed, 0, Day, 48);
            update.Mean.Should().OnlyContain(v => double.IsFinite(v) && v >= 0);
            foreach (var rows in update.Quantiles.Zip(update.Quantiles.Skip(1)).Append((update.DayTotal.Quantiles[..^1], update.DayTotal.Quantiles[1..])))
            {
                rows.Item1.Zip(rows.Item2, (a, b) => a >= 0 && a <= b && double.IsFinite(b)).Should().OnlyContain(ok => ok);
            }

            update.Unusual.AtLeast.Should().BeInRange(0, 1);
            update.Unusual.AtMost.Should().BeInRange(0, 1);
        });
    }

    [Test]
    public void Update_OtherUnit_ScalesWithIt()
    {
        var (one, thousand) = (Of(Dependent, 1.1), Of(Dependent, 1100));
        double[] observed = [1.33, 2.47, 1.91];

        var (small, large) = (
            IntradayUpdate.Update(one, observed, 0, Day, 48),
            IntradayUpdate.Update(thousand, [.. observed.Select(v => 1000 * v)], 0, Day, 48));

        large.Mean.Should().Equal(small.Mean, (a, b) => Math.Abs(a - (1000 * b)) < 0.02 * a); // 1330 is a whole number: taken for a count, a hair apart
        large.DayTotal.Mean.Should().BeApproximately(1000 * small.DayTotal.Mean, 0.02 * large.DayTotal.Mean);
    }

    [TestCase(1, 0, 24, 24)] // today starts after now
    [TestCase(-1, 0, 24, 24)]
    [TestCase(0, 25, 24, 24)] // more observed than today has
    [TestCase(0, 0, 0, 24)]
    [TestCase(0, 0, 24, 23)]
    [TestCase(0, 0, 24, 49)]
    public void Update_StepsOutside_Throw(int firstStepOfDay, int observed, int endOfDay, int end) =>
        FluentActions.Invoking(() => IntradayUpdate.Update(Of(Dependent), new double[observed], firstStepOfDay, endOfDay, end)).Should()
            .Throw<ArgumentOutOfRangeException>();

    [TestCase(double.PositiveInfinity)]
    [TestCase(1.5, double.PositiveInfinity)]
    [TestCase(0, double.NegativeInfinity)]
    public void Update_InfiniteObservation_SaysWhatToDo(params double[] observed) => FluentActions
        .Invoking(() => IntradayUpdate.Update(Of(Dependent), observed, 0, Day, 48)).Should().Throw<ForecastDataException>().WithMessage("*Leave it out*");
}
