using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;

namespace Wfm.Tests.Api.Features.Rosters.Stored;

public sealed class GrantedLeaveTests
{
    private static readonly Guid Agent = Guid.NewGuid();
    private static readonly Instant Eight = Instant.FromUtc(2025, 7, 28, 8, 0);

    /// <summary>A shift from 08:00 to 16:00; hours are counted from its start.</summary>
    [TestCase(-8, 16, -24, true, TestName = "{m}(the whole day, granted before)")]
    [TestCase(4, 6, -24, true, TestName = "{m}(two hours of it, granted before)")]
    [TestCase(4, 16, 4, false, TestName = "{m}(gone home sick: the hours before were worked)")]
    [TestCase(0, 8, 30, true, TestName = "{m}(all of it, told the day after)")]
    [TestCase(0, 4, 30, false, TestName = "{m}(half of it, told the day after)")]
    [TestCase(8, 16, -24, false, TestName = "{m}(from its end on)")]
    [TestCase(-8, 0, -24, false, TestName = "{m}(until its start)")]
    public void Frees_LeaveFromToGrantedAt(int from, int to, int granted, bool frees)
    {
        var leave = new GrantedLeave(
            [
                new TimeOffEntry
                {
                    AgentId = Agent,
                    Start = Eight + Duration.FromHours(from),
                    End = Eight + Duration.FromHours(to),
                    GrantedAt = Eight + Duration.FromHours(granted),
                },
            ]);

        leave.Frees(Agent, Eight, Eight + Duration.FromHours(8), []).Should().Be(frees);
        leave.Frees(Guid.NewGuid(), Eight, Eight + Duration.FromHours(8), []).Should().BeFalse("it is somebody else's");
    }

    [TestCase(2, 4, false, Description = "interrupted for it")]
    [TestCase(2, 5, true, Description = "works an hour of it")]
    [TestCase(3, 4, false, Description = "interrupted for longer")]
    public void Frees_ShiftThatHoldsLeaveFromTwoToFour_OnlyWhereItMeetsWork(int from, int to, bool frees)
    {
        var leave = new GrantedLeave(
            [new TimeOffEntry { AgentId = Agent, Start = Eight + Duration.FromHours(from), End = Eight + Duration.FromHours(to), GrantedAt = Eight }]);

        leave.Frees(Agent, Eight, Eight + Duration.FromHours(8), [Part("work", 0, 2), Part("leave", 2, 4), Part("work", 4, 8)]).Should().Be(frees);
    }

    private static ShiftActivityData Part(string kind, int from, int to) =>
        new(kind, kind == "work" ? "live" : null, Eight + Duration.FromHours(from), Eight + Duration.FromHours(to));
}
