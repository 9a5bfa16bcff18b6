using NodaTime;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Simulation;

public sealed class AllocationTests
{
    [Test]
    public void Replicate_OnceWarm_AllocatesNothing()
    {
        double[] volume = [.. Enumerable.Repeat(30.0, 24)];
        double[] aht = [.. volume.Select(_ => 300.0)];
        SimulatedQueue[] queues =
        [
            new("voice", [volume], aht, new ImmediateGoal(0.8, Duration.FromSeconds(20), MeanPatience: Duration.FromMinutes(2)))
            {
                HandleTime = HandleTime.Lognormal(0.9),
            },
            new("chat", [volume], aht, new ImmediateGoal(0.8, Duration.FromSeconds(60))) { Concurrency = new ChatConcurrency(2, 0.2) },
            new("tickets", [volume], aht, new DeferrableGoal(Duration.FromHours(4), 0.9))
            {
                Arrivals = ArrivalPattern.Counted,
                LegalClock = true,
                OpeningBacklog = [new OpenContacts(20, Duration.Zero, Duration.FromHours(3))],
            },
        ];
        var hour = Duration.FromHours(1);
        var agents = Enumerable.Range(0, 12).Select(a => new SimulatedAgent(
                $"agent {a}", [new AgentSkill(a % 3), new AgentSkill((a + 1) % 3)],
                [new WorkingPeriod(a * hour, (a + 8) * hour, [new Stretch((a + 2) * hour, (a + 3) * hour)])]))
            .ToArray();
        var run = new ServiceRun(new CompiledScenario(new ServiceScenario(queues, agents, hour, handover: Handover.ReturnDeferrable), 0), trace: null);
        for (var r = 0; r < 20; r++) run.Replicate(1, r);
        var contacts = run.Contacts;

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var r = 0; r < 20; r++) run.Replicate(1, r);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        allocated.Should().Be(0, "{0} contacts were simulated on warm arrays", run.Contacts - contacts);
        (run.Contacts - contacts).Should().BeGreaterThan(30_000);
    }
}
