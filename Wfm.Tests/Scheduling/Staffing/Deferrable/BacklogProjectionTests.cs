using NodaTime;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Tests.Scheduling.Staffing.Deferrable;

public sealed class BacklogProjectionTests
{
    private static readonly Duration Hour = Duration.FromHours(1);

    [Test] // End = start + arrivals − worked; 6 h arrive, 2 h are worked per hour
    public void Project_OneBurst_FollowsTheFlow()
    {
        var projection = BacklogProjection.Project([new DeferrableClass("tickets", [6, 0, 0, 0], 2 * Hour)], Hour, [true, true, true, true], [2, 2, 2, 2]);

        projection.BacklogHours.Should().Equal(4, 2, 0, 0);
        projection.WorkedHours.Should().Equal(2, 2, 2, 0);
        projection.IdleHours.Should().Equal(0, 0, 0, 2);
        projection.OldestAgeHours.Should().Equal([2.0 / 3, 4.0 / 3, 0, 0], (a, b) => Math.Abs(a - b) < 1e-9); // a third of the hour's arrivals each hour
        projection.BacklogDays.Should().Equal([4 / 48.0, 2 / 48.0, 0, 0], (a, b) => Math.Abs(a - b) < 1e-9); // 48 staffed hours in 24
        projection.FirstBreach.Should().BeNull();
        projection.Classes[0].Attainment.Should().Be(1);
    }

    [Test] // due by 03:00; 3 of 6 h are done by then
    public void Project_TooFewAgents_TellsTheBreach()
    {
        var projection = BacklogProjection.Project([new DeferrableClass("tickets", [6, 0, 0, 0], 2 * Hour)], Hour, [true, true, true, true], [1, 1, 1, 1]);

        projection.FirstBreach.Should().Be(new StaffingBreach(2, 3 * Hour, 3, BreachReason.NotEnoughStaff));
        projection.Classes[0].Attainment.Should().BeApproximately(0.5, 1e-12);
        projection.BacklogHours[^1].Should().BeApproximately(2, 1e-12);
    }

    [Test]
    public void Project_TwoClasses_ServesTheEarlierDeadlineFirst()
    {
        DeferrableClass[] classes = [new("slow", [4, 0, 0], 10 * Hour), new("urgent", [0, 3, 0], Hour)];

        var projection = BacklogProjection.Project(classes, Hour, [true, true, true], [1.5, 1.5, 1.5]);

        projection.Classes[0].BacklogHours.Should().Equal(2.5, 2.5, 2.5);
        projection.Classes[1].BacklogHours.Should().Equal(0, 1.5, 0);
        projection.FirstBreach.Should().BeNull();
    }

    [Test]
    public void Project_NobodyStaffed_CountsBacklogInDaysAsInfinite()
    {
        var projection = BacklogProjection.Project([new DeferrableClass("tickets", [6, 0], Hour)], Hour, [true, true], [0, 0]);

        projection.BacklogDays.Should().OnlyContain(d => double.IsPositiveInfinity(d));
        projection.OldestAgeHours.Should().Equal(1, 2);
    }

    [Test]
    public void Project_OverdueBacklog_IsOldestAndBreached()
    {
        var work = new DeferrableClass("tickets", [0, 0, 0], 2 * Hour, [new AgedBacklog(5 * Hour, 5 * Hour, 2)]);

        var projection = BacklogProjection.Project([work], Hour, [true, true, true], [1, 1, 1]);

        projection.FirstBreach.Should().Be(new StaffingBreach(0, Duration.Zero, 2, BreachReason.OverdueAtStart));
        projection.OldestAgeHours[0].Should().BeApproximately(6, 1e-9);
    }

    [Test]
    public void Project_BadInput_NamesIt()
    {
        DeferrableClass work = new("tickets", [1, 1], Hour);
        Refused(() => BacklogProjection.Project([work], Hour, [true, true], [1, -1]), "agents[1]");
        Refused(() => BacklogProjection.Project([work], Hour, [true, false], [1, 1]), "agents[1]");
        Refused(() => BacklogProjection.Project([work], Hour, [true, true], [1]), "agents");
        Refused(() => BacklogProjection.Project([work], Hour, [true], [1]), "classes[0].ArrivingHours");
    }

    private static void Refused(Func<object> call, string name) => call.Should().Throw<ArgumentException>().WithParameterName(name);
}
