using NodaTime;
using Wfm.Tests.Support;

namespace Wfm.Tests.EndToEnd;

/// <summary>Every shift that the demo rosters, against every rule, by an auditor that shares no code with the solver.</summary>
[TestFixtureSource(typeof(SampleHubs), nameof(SampleHubs.Codes))]
public sealed class DemoRosterTests(string hub)
{
    private HubRun _run = null!;

    [OneTimeSetUp]
    public async Task Read() => _run = (await DemoRun.Get()).Hubs.Single(h => h.Hub.Code == hub);

    [Test]
    public void Rules_OfTheDraftRoster_AreNotBroken()
    {
        var findings = RosterAuditor.Audit(_run.Roster.Audited);

        findings.Should().BeEmpty(string.Join('\n', findings));
    }

    [Test]
    public void Audit_DraftRoster_SawPeopleShiftsAndRules()
    {
        var audited = _run.Roster.Audited;

        audited.Shifts.Count.Should().BeGreaterThan(10 * audited.Agents.Values.Count(a => a.Hub == hub)); // four weeks: near twenty each
        audited.Rules.Select(r => r.Kind).Should()
            .Contain(["minimumDailyRest", "minimumWeeklyRest", "breakAfter", "maximumContinuousWork", "minimumDaysOffPerWeek"]);
        audited.ExposureOf.Should().NotBeEmpty();
    }

    [Test]
    public void CoverageAndSummary_OfTheDraftRoster_AreWhatItsShiftsGive()
    {
        var findings = RosterAuditorCoverage.Audit(_run.Roster, _run.Published.Audited.Shifts);

        findings.Should().BeEmpty(string.Join('\n', findings));
    }

    [Test]
    public void PublishedRoster_OfTheWeekBefore_BreaksNothingAndCoversWhatItSays()
    {
        var findings = RosterAuditor.Audit(_run.Published.Audited).Concat(RosterAuditorCoverage.Audit(_run.Published)).ToList();

        findings.Should().BeEmpty(string.Join('\n', findings));
    }

    [Test]
    public void Periods_OfBothRosters_FollowOneAnotherAroundToday()
    {
        var (published, draft) = (_run.Published.Audited, _run.Roster.Audited);

        published.Start.Should().Be(DemoRun.Today.PlusDays(-7));
        published.End.Should().Be(draft.Start).And.Be(new LocalDate(2026, 11, 16));
        draft.Days.Should().Be(28);
        draft.Midnight(draft.End).Should().BeLessThanOrEqualTo(_run.Forecast.End);
    }

    [Test]
    public void FirstNight_OfTheDraftRoster_IsWorkedByThoseWhoBeganTheDayBefore()
    {
        if (hub is "kul" or "gru")
        {
            Assert.Pass("Closed at midnight.");
        }

        var published = _run.Published.Audited;
        var nights = Enumerable.Range(1, published.Days).Select(d => AtTwo(published.Start.PlusDays(d))).ToList();
        nights[^1].Should().BeGreaterThan(
            (int)(0.4 * nights.SkipLast(1).Average()), "the last night is staffed for the hours after midnight too, though they are the draft's");

        int AtTwo(LocalDate date)
        {
            var two = published.Midnight(date) + Duration.FromHours(2);
            return published.Shifts.Count(s => s.Start < two && s.End > two);
        }
    }
}

/// <summary>The hubs of the sample operation.</summary>
internal static class SampleHubs
{
    public static string[] Codes => ["aus", "dub", "gru", "kul", "mnl", "sin"];
}
