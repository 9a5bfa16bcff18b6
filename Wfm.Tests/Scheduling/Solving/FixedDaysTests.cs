using Wfm.Api.Features.Rosters.Stored;
using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Solving;

public sealed class FixedDaysTests
{
    private static readonly Instant Origin = RosterProblems.Monday.AtMidnight().InUtc().ToInstant();
    private static readonly OutsideShift Night = new("A", Origin - Duration.FromHours(2), Origin + Duration.FromHours(3), Duration.FromHours(5), "chat");

    [Test]
    public void Scheduled_NightFromBeforeThePeriod_CoversItsWorkAndNotItsBreaks()
    {
        var night = Night with { Activities = [Work(-120, 30), new ShiftActivity(ActivityKinds.Break, null, At(30), At(45)), Work(45, 180)] };

        Scheduled(night).Take(8).Should().Equal(1, 0.5, 1, 1, 1, 1, 0, 0);
    }

    [Test]
    public void Scheduled_NightOfWhichNothingElseIsKnown_CoversAsAWhole() => Scheduled(Night).Take(8).Should().Equal(1, 1, 1, 1, 1, 1, 0, 0);

    private static double[] Scheduled(OutsideShift past)
    {
        var problem = RosterProblems.Hub(
            [RosterProblems.Agent("A", null, "chat")], [RosterProblems.Template("day", 8, 10, 8)], [RosterProblems.Demand("chat", 1, _ => 1)], days: 1,
            surroundings: [past], pinned: [new PinnedShift("A", RosterProblems.Monday, null)]);
        return new RosterSolver().Solve(problem, new SolveLimits(1, 0)).Coverage.Single().Scheduled;
    }

    private static ShiftActivity Work(int from, int to) => new(ActivityKinds.Work, "chat", At(from), At(to));

    private static Instant At(int minute) => Origin + Duration.FromMinutes(minute);
}
