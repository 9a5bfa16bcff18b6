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
        var findings = RosterAuditorCoverage.Audit(_run.Roster);

        findings.Should().BeEmpty(string.Join('\n', findings));
    }

    [Test]
    public void Period_OfTheDraftRoster_IsFourWeeksFromTheMondayAfterTheData()
    {
        var audited = _run.Roster.Audited;

        audited.Start.DayOfWeek.Should().Be(IsoDayOfWeek.Monday);
        audited.Days.Should().Be(28);
        audited.Midnight(audited.Start).Should().BeGreaterThanOrEqualTo(_run.Forecast.CutOff).And.BeLessThan(_run.Forecast.CutOff + Duration.FromDays(8));
        audited.Midnight(audited.End).Should().BeLessThanOrEqualTo(_run.Forecast.End);
    }
}

/// <summary>The hubs of the sample operation.</summary>
internal static class SampleHubs
{
    public static string[] Codes => ["aus", "dub", "gru", "kul", "mnl", "sin"];
}
