using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>The auditor's own reading of what is in force when published rosters lie over one another.</summary>
public sealed class RosterAuditorLayersTests
{
    private static readonly LocalDate Monday = new(2026, 11, 2);
    private static readonly DateTimeZone Singapore = DateTimeZoneProviders.Tzdb["Asia/Singapore"];

    [Test]
    public void InForce_FirstWeekOfTwoPublishedAgain_LeavesTheSecond() =>
        InForce(Layer(1, 0, 14, "0 08 8;8 08 8"), Layer(2, 0, 7, "1 08 8")).Should().Equal("1", "8");

    [Test]
    public void InForce_OverlappingPeriodOfAnotherStart_ReplacesItsDaysAlone() =>
        InForce(Layer(1, 0, 14, "0 08 8;6 08 8;8 08 8;13 08 8"), Layer(2, 5, 7, "7 08 8")).Should().Equal("0", "7", "13");

    [Test]
    public void InForce_EarlierPublishedLater_Wins() => InForce(Layer(2, 0, 7, "0 08 8"), Layer(1, 0, 7, "1 08 8")).Should().Equal("0");

    [Test]
    public void InForce_RosterMadeForOthers_LeavesAPersonAlone() =>
        InForce(Layer(1, 0, 7, "0 08 8"), Layer(2, 0, 7, "") with { Agents = new HashSet<string> { "bob" } }).Should().Equal("0");

    [Test]
    public void InForce_RosterWithoutAShiftForAPerson_GivesDaysOff() => InForce(Layer(1, 0, 7, "0 08 8"), Layer(2, 0, 7, "")).Should().BeEmpty();

    [TestCase("0 15 8", 1)] // 23:00 on Monday in Singapore
    [TestCase("0 16 8", 0)] // midnight: Tuesday, the first day of the later roster
    public void InForce_LaterRoster_CoversTheDaysOfItsZone(string shift, int inForce) =>
        InForce(Layer(1, 0, 7, shift), Layer(2, 1, 6, "") with { Zone = Singapore }).Should().HaveCount(inForce);

    [Test]
    public void InForce_LaterRosterOfAnotherHub_TakesNothingAway() =>
        InForce(Layer(1, 0, 7, "0 08 8"), Layer(2, 0, 7, "1 08 8") with { Hub = "far" }).Should().Equal("0", "1");

    [TestCase("0 08 8", "1 08 8", 0)]
    [TestCase("0 22 8", "1 05 8", 1)] // at once
    [TestCase("0 01 4", "0 20 4", 1)] // twice on one day
    public void Check_TwoShiftsOfAPerson_AreOneAtATimeAndADay(string first, string second, int findings) =>
        RosterAuditorLayers.Check([Layer(1, 0, 7, $"{first};{second}")]).Should().HaveCount(findings);

    [TestCase(1, 2, 0)] // Tuesday in Singapore
    [TestCase(2, 1, 1)] // both on Monday in Dublin
    public void Check_ShiftsAtTwoHubs_AreOneADayOfTheHubThatPublishedLast(int near, int far, int findings) =>
        RosterAuditorLayers.Check([Layer(near, 0, 7, "0 08 4"), Layer(far, 0, 7, "0 17 4") with { Hub = "far", Zone = Singapore }])
            .Should().HaveCount(findings);

    private static AuditedLayer Layer(int published, int start, int days, string shifts) =>
        new(published, "near", AuditedBuilder.Dublin, Monday.PlusDays(start), days, new HashSet<string> { "ann" }, AuditedBuilder.Shifts(Monday, shifts));

    private static IEnumerable<string> InForce(params AuditedLayer[] layers) =>
        RosterAuditorLayers.InForce(layers).Select(s => $"{Period.DaysBetween(Monday, s.Date)}");
}
