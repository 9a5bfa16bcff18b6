using NodaTime;
using Wfm.Api.Features.Staffing.Requirements;

namespace Wfm.Tests.EndToEnd;

/// <summary>The stored requirements of the demo: heads that add up, grow with the risk level and are zero behind closed doors.</summary>
[TestFixtureSource(typeof(SampleHubs), nameof(SampleHubs.Codes))]
public sealed class DemoRequirementTests(string hub)
{
    private const int VolumeAndSteps = 8; // volume, then seven steps in heads

    private HubRun _run = null!;

    [OneTimeSetUp]
    public async Task Read() => _run = (await DemoRun.Get()).Hubs.Single(h => h.Hub.Code == hub);

    [Test]
    public void Waterfall_InEveryInterval_AddsUpToTheHeads()
    {
        var checkedIntervals = 0;
        foreach (var row in _run.Requirement.Series)
        {
            var n = row.Heads.Length;
            row.Waterfall.Should().HaveCount(VolumeAndSteps * n);
            for (var i = 0; i < n; i++, checkedIntervals++)
            {
                var sum = Enumerable.Range(1, VolumeAndSteps - 1).Sum(step => row.Waterfall[(step * n) + i]);
                if (!(Math.Abs(sum - row.Heads[i]) < 1e-6))
                {
                    Assert.Fail(
                        $"{row.Series!.Queue!.Code} at P{100 * row.RiskLevel:0}, {row.Start + Duration.FromMinutes((long)i * row.IntervalMinutes)}: steps "
                            + $"{sum}, heads {row.Heads[i]}");
                }
            }
        }

        checkedIntervals.Should().Be(_run.Forecast.Series.Sum(s => s.Mean.Length) * 3); // 42 days of every queue at three risk levels
    }

    [Test]
    public void Heads_OfTheHub_GrowWithTheRiskLevel()
    {
        _run.Requirement.RiskLevels.Should().Equal(0.5, 0.8, 0.9);
        _run.Requirement.Series.Should().OnlyContain(s => s.Heads.All(h => double.IsFinite(h) && h >= 0));
        var totals = _run.Requirement.RiskLevels.Select(level => Total(_run.Requirement.Series.Where(s => s.RiskLevel == level))).ToList();
        totals.Should().BeInAscendingOrder();
        totals[0].Should().BeGreaterThan(0);
        totals[2].Should().BeGreaterThan(totals[0]);
    }

    [Test]
    public void Heads_OfEveryGroup_GrowWithTheRiskLevel() // its people are shared: who of its queues counts for a minimum may change with the level
    {
        foreach (var group in _run.Requirement.Series.GroupBy(s => s.Series!.Queue!.SkillGroup))
        {
            // A hundredth less is allowed: where minimum heads rule, the flattest staffing of a deadline may round down on one level and not on the next.
            var totals = group.GroupBy(s => s.RiskLevel).OrderBy(level => level.Key).Select(Total).ToList();
            totals.Zip(totals.Skip(1)).Should().OnlyContain(pair => pair.Second >= 0.99 * pair.First, $"{group.Key} needs no fewer people to be surer");
        }
    }

    [Test]
    public void Heads_WhileTheHubIsClosed_AreZero()
    {
        var closed = 0;
        foreach (var row in _run.Requirement.Series)
        {
            for (var i = 0; i < row.Heads.Length; i++)
            {
                var local = (row.Start + Duration.FromMinutes((long)i * row.IntervalMinutes)).InZone(_run.Hub.Zone).TimeOfDay;
                if (IsClosed(local))
                {
                    closed++;
                    row.Heads[i].Should().Be(0, $"{row.Series!.Queue!.Code} at {local}: {hub} is closed");
                }
            }
        }

        closed.Should().Be(_run.Requirement.Series.Sum(s => s.Heads.Length) * ClosedHours / 24);
    }

    /// <summary>By hand from samples/operation/hubs.csv: Kuala Lumpur opens 07:00–23:00, São Paulo 06:00–24:00, the others never close.</summary>
    private int ClosedHours => hub switch { "kul" => 8, "gru" => 6, _ => 0 };

    private bool IsClosed(LocalTime local) => hub switch
    {
        "kul" => local < new LocalTime(7, 0) || local >= new LocalTime(23, 0),
        "gru" => local < new LocalTime(6, 0),
        _ => false,
    };

    private static double Total(IEnumerable<SeriesRequirement> rows) => rows.Sum(r => r.Heads.Sum());
}
