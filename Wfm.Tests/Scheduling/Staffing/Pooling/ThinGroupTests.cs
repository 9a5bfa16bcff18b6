using NodaTime;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Pooling;

namespace Wfm.Tests.Scheduling.Staffing.Pooling;

public sealed class ThinGroupTests
{
    [Test]
    public void Require_QueuesThatEachNeedNobodyOnMostPaths_NeedSomebodyTogether()
    {
        // Each has a contact on 3 of 20 paths, on paths of its own: at P80 nothing by itself, but together there is one on 9 of 20.
        var queues = Enumerable.Range(0, 3).Select(q => new GroupedQueue(
            $"q{q}",
            new ImmediateWork(
                [.. Enumerable.Range(0, 20).Select(p => new[] { p / 3 == q ? 1.0 : 0 })], [600], Duration.FromMinutes(30),
                new ImmediateGoal(0.9, Duration.FromSeconds(20)), [0], [true]))).ToArray();

        var alone = queues.Sum(q => RiskStaffing.Require(q.Live!, 0.8).Heads[0]);
        var together = GroupStaffing.Require(queues, 0.8);

        alone.Should().Be(0);
        together.Sum(c => c.Heads[0]).Should().BeGreaterThanOrEqualTo(1);
        together.Select(c => c.Heads[0]).Distinct().Should().HaveCount(1, "they are alike");
    }
}
