using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;
using static Wfm.Tests.Scheduling.Repair.RepairBench;

namespace Wfm.Tests.Scheduling.Repair;

public sealed class RosterComparisonTests
{
    private static readonly CoverageFigures Nothing = new(0, 0, 0);

    [Test]
    public void Of_TheSameRosterTwice_DiffersNowhere()
    {
        var side = RosterSide.Of(Desk, RosterRepair.Evaluate(Desk, Published));
        var comparison = RosterComparison.Of(side, side);

        comparison.Changes.Should().BeEmpty();
        comparison.First.Should().Be(comparison.Second);
        comparison.First.Should().Match<RosterFigures>(f => f.Shifts == 12 && f.PaidHours == 96 && f.Coverage.Coverage == 1 && f.Violations == 0);
    }

    [Test]
    public void Of_FourKindsOfDifference_NamesEach()
    {
        RosterShift[] first = [Day("A", Monday), Day("B", Monday), Day("C", Monday, "mail")];
        RosterShift[] second = [Day("A", Monday, hour: 10), Day("C", Monday), Day("D", Monday)];

        var comparison = RosterComparison.Of(Side(first), Side(second));

        comparison.Changes.Select(c => (c.AgentId, c.Kind)).Should().Equal(
            ("A", ShiftChangeKind.Moved), ("B", ShiftChangeKind.Freed), ("C", ShiftChangeKind.Activities), ("D", ShiftChangeKind.Added));
        comparison.PeopleChanged.Should().Be(4);
    }

    [Test]
    public void Fairness_NightsAndWeekends_AreCountedPerPerson() // A: two nights and one weekend of two days; B: a late shift with two hours of night
    {
        var sunday = Monday.PlusDays(6);
        RosterShift[] shifts =
        [
            Shift("A", "UTC", Monday, 22, 8, "chat"),
            Shift("A", "UTC", sunday.PlusDays(-1), 9, 8, "chat"),
            Shift("A", "UTC", sunday, 23, 8, "chat"),
            Shift("B", "UTC", Monday, 17, 8, "chat"),
        ];

        var fairness = FairnessFigures.Of(shifts, DateTimeZone.Utc, RosterObjective.Default);

        fairness.Nights.Should().Be(new Spread(2, 0, 2, 1));
        fairness.Weekends.Should().Be(new Spread(1, 0, 1, 0.5));
    }

    [Test]
    public void Of_OtherPeriodOrHub_Throws()
    {
        var side = Side(Published);
        FluentActions.Invoking(() => RosterComparison.Of(side, side with { Days = 14 })).Should().Throw<SchedulingDataException>()
            .WithMessage("*cannot be compared*");
        FluentActions.Invoking(() => RosterComparison.Of(side, side with { Zone = Zone("Asia/Tokyo") })).Should().Throw<SchedulingDataException>();
        FluentActions.Invoking(() => RosterComparison.Of(side, Side([Day("A", Monday), Day("A", Monday)]))).Should().Throw<SchedulingDataException>()
            .WithMessage("*two shifts*");
    }

    [Test]
    public void CoverageFigures_Curves_AreSummedIntervalByInterval()
    {
        CoverageFigures.Of([([2, 1, 0], [1, 2, 1])], 0.5).Should().Be(new CoverageFigures(1.5, 0.5, 1));
        CoverageFigures.Of([], 1).Coverage.Should().Be(1, "nothing is required");
        FluentActions.Invoking(() => CoverageFigures.Of([([1], [])], 1)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => CoverageFigures.Of([], 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static RosterSide Side(IReadOnlyList<RosterShift> shifts) => new(DateTimeZone.Utc, Monday, 7, shifts, Nothing, null, 0);
}
