using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Jobs;
using Wfm.Forecasting;
using Wfm.Tests.Support;

namespace Wfm.Tests.EndToEnd;

/// <summary>What the demo's nights say about their forecasts, and whether the stored curves are curves.</summary>
[TestFixtureSource(typeof(SampleHubs), nameof(SampleHubs.Codes))]
public sealed class DemoForecastTests(string hub)
{
    private HubRun _run = null!;

    [OneTimeSetUp]
    public async Task Read() => _run = (await DemoRun.Get()).Hubs.Single(h => h.Hub.Code == hub);

    [Test]
    public void Chain_OfTheHub_SucceededWithEveryStep()
    {
        _run.Jobs.Should().OnlyContain(j => j.State == JobState.Succeeded, string.Join(' ', _run.Jobs.Select(j => $"{j.Kind} {j.State}: {j.Error}.")));
        _run.Jobs.Where(j => j.ParentId is null).Select(j => j.Kind).Should().BeEquivalentTo(["demo-week", "nightly-chain", "capacity-plan"]);
        _run.Jobs.Where(j => j.ParentId is not null).Select(j => j.Kind).Should().BeEquivalentTo(
            ["learning", "forecast", "requirement", "roster", "import-check", "learning", "forecast", "requirement", "roster", "proof"]);
        _run.Forecast.State.Should().Be(PublicationState.Published);
        _run.Forecast.Skipped.Should().BeEmpty();
        _run.Requirement.Skipped.Should().BeEmpty();
    }

    [Test]
    public async Task CutOff_OfTheForecast_IsTheEndOfTheData()
    {
        var ids = _run.Forecast.Series.Select(s => s.SeriesId).ToArray();
        await using var db = RosterAuditorReader.Open((await DemoRun.Get()).File);
        var last = (await db.Volumes.AsNoTracking().Where(v => ids.Contains(v.SeriesId)).OrderByDescending(v => v.IntervalStart).FirstAsync()).IntervalStart;

        _run.Forecast.CutOff.Should().Be(last + Duration.FromMinutes(30));
        _run.Forecast.Series.Should().OnlyContain(s => s.Start == _run.Forecast.CutOff);
    }

    [Test]
    public void Backtest_ByVolume_BeatsTheCopiedWeek()
    {
        _run.Forecast.Series.Should().OnlyContain(s => s.Detail.Backtest.Origins > 0);
        ByVolume(b => b.Overall!.Wape).Should().BeLessThan(ByVolume(b => b.SeasonalNaive!.Wape));
    }

    [Test]
    public void Backtest_ByVolume_KeepsWhatTheIntervalsPromise()
    {
        ByVolume(b => b.Overall!.Coverage80).Should().BeInRange(0.75, 0.85);
        ByVolume(b => b.Overall!.Coverage95).Should().BeInRange(0.92, 0.98);
    }

    [Test]
    public void Quantiles_OfEverySeries_AreNonNegativeAndInOrder()
    {
        foreach (var row in _run.Forecast.Series)
        {
            var (levels, n) = (row.QuantileLevels, row.Mean.Length);
            levels.Should().BeInAscendingOrder().And.HaveCountGreaterThan(2);
            row.Quantiles.Should().HaveCount(levels.Length * n).And.OnlyContain(q => double.IsFinite(q) && q >= 0);
            row.Mean.Should().OnlyContain(m => double.IsFinite(m) && m >= 0);
            row.AhtSeconds.Should().HaveCount(n).And.OnlyContain(a => double.IsFinite(a) && a > 0);
            var crossings = Enumerable.Range(n, (levels.Length - 1) * n).Where(i => row.Quantiles[i] < row.Quantiles[i - n]).ToList();
            crossings.Should().BeEmpty($"the quantiles of {row.Series!.Queue!.Code} must not cross");
        }
    }

    private double ByVolume(Func<BacktestReport, double?> measure)
    {
        var weights = _run.Forecast.Series.Select(s => s.Mean.Sum()).ToList();
        return _run.Forecast.Series.Zip(weights, (s, w) => w * measure(s.Detail.Backtest)!.Value).Sum() / weights.Sum();
    }
}
