using NodaTime;
using Wfm.Scheduling.Simulation;

namespace Wfm.Tests.Scheduling.Staffing.Pooling;

/// <summary>Teams that are there as a requirement says, interval by interval.</summary>
internal static class Rosters
{
    /// <summary>Agent a works wherever more than a heads are asked for, and has the skills of all queues.</summary>
    public static SimulatedAgent[] Team(int[] heads, Duration interval, int queues) =>
    [
        .. Enumerable.Range(0, Math.Max(1, heads.Max())).Select(a => new SimulatedAgent(
            $"agent {a}", [.. Enumerable.Range(0, queues).Select(q => new AgentSkill(q))], Periods(heads, a, interval))),
    ];

    private static List<WorkingPeriod> Periods(int[] heads, int agent, Duration interval)
    {
        var periods = new List<WorkingPeriod>();
        for (var i = 0; i < heads.Length; i++)
        {
            if (heads[i] <= agent) continue;
            var start = i;
            while (i < heads.Length && heads[i] > agent) i++;
            periods.Add(new WorkingPeriod(start * interval, i * interval));
        }

        return periods;
    }
}
