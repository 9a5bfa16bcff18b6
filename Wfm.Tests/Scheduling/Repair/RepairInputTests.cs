using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Solving;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;
using static Wfm.Tests.Scheduling.Repair.RepairBench;

namespace Wfm.Tests.Scheduling.Repair;

public sealed class RepairInputTests
{
    private static readonly Instant Noon = Monday.AtMidnight().InUtc().ToInstant() + Duration.FromHours(12);

    [Test]
    public void Repair_UnknownAgent_Throws() => Complains(new RosterChange { Absences = [Away("A", 0), Away("Z", 1)] }, "*absence 1*'Z'*not in the problem*");

    [Test]
    public void Repair_AbsenceOutsideThePeriod_Throws() => Complains(new RosterChange { Absences = [Away("A", 7)] }, "*absence 0*'A'*outside*");

    [Test]
    public void Repair_AbsenceInThePast_Throws() =>
        Complains(
            new RosterChange { Absences = [Away("A", 0)] }, "*outside what may change*",
            new RepairOptions(new SolveLimits(1, RepairOptions.DefaultMoves)) { From = Noon + Duration.FromDays(1) });

    [Test]
    public void Repair_AbsenceOnAPinnedDay_Throws() => Complains(new RosterChange { Absences = [Away("A", 2)] }, "*pinned; unpin it first*",
        problem: Hub(Desk.Agents, Desk.Templates, Desk.Demand, pinned: [new PinnedShift("A", Monday.PlusDays(2), Published[2])]));

    [Test]
    public void Repair_SurgeOfUnknownGroup_Throws() =>
        Complains(new RosterChange { Surges = [new DemandSurge("thai", Noon, Noon + Duration.FromHours(1), 2)] }, "*surge 0*'thai'*");

    [Test]
    public void Repair_SurgeOutsideThePeriod_Throws() =>
        Complains(
            new RosterChange { Surges = [new DemandSurge(null, Noon + Duration.FromDays(7), Noon + Duration.FromDays(8), 2)] }, "*surge 0*outside the period*");

    [Test]
    public void Repair_AddedAgentKnown_Throws() => Complains(new RosterChange { AddedAgents = [Agent("A")] }, "*'A' twice*");

    [Test]
    public void Repair_RosterOfAnotherHub_Throws()
    {
        Complains(RosterChange.None, "*'X'*another hub*", published: [Day("X", Monday)]);
        Complains(RosterChange.None, "*not on Date*another hub*", published: [Shift("A", "Asia/Tokyo", Monday, 3, 8, "chat", "day")]);
    }

    [Test]
    public void Repair_ShiftOutsideThePeriodOrTwiceOnADay_Throws()
    {
        Complains(RosterChange.None, "*outside the period*", published: [Day("A", Monday.PlusDays(7))]);
        Complains(RosterChange.None, "*two shifts*", published: [Day("A", Monday), Day("A", Monday, hour: 10)]);
    }

    [Test]
    public void Records_ValuesOutsideTheirRange_Throw()
    {
        FluentActions.Invoking(() => new Absence("A", Noon, Noon)).Should().Throw<SchedulingDataException>().WithMessage("*not after*");
        FluentActions.Invoking(() => new DemandSurge(null, Noon, Noon + Duration.FromHours(1), double.NaN)).Should().Throw<SchedulingDataException>()
            .WithMessage("*Factor*");
        FluentActions.Invoking(() => new ClosenessCosts { DayOffCost = -1 }).Should().Throw<SchedulingDataException>().WithMessage("*DayOffCost*");
        FluentActions.Invoking(() => new ClosenessCosts { NoticeFactor = 0.5 }).Should().Throw<SchedulingDataException>().WithMessage("*NoticeFactor*");
        FluentActions.Invoking(() => new ClosenessCosts { NoticeDays = 400 }).Should().Throw<SchedulingDataException>().WithMessage("*NoticeDays*");
        FluentActions.Invoking(() => new RepairOptions(new SolveLimits(1, -1))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Test]
    public void Surge_PartOfAnInterval_ChangesThatPart()
    {
        var surge = new DemandSurge("chat", Noon, Noon + Duration.FromMinutes(15), 3);

        Mend(new RosterChange { Surges = [surge] }, new RepairOptions(new SolveLimits(1, 0))).Problem.Demand[0].Heads[24].Should()
            .Be(2, "half of the interval has three heads, half one");
    }

    private static void Complains(
        RosterChange change, string message, RepairOptions? options = null, RosterProblem? problem = null, IReadOnlyList<RosterShift>? published = null
    ) => FluentActions.Invoking(() => Mend(change, options, problem, published)).Should().Throw<SchedulingDataException>().WithMessage(message);
}
