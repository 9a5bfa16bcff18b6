using NodaTime;
using Wfm.Api.Http;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Pooling;

namespace Wfm.Api.Features.Staffing.Erlang;

/// <summary>One interval of several immediate queues with shared agents.</summary>
internal static class ErlangPool
{
    public static readonly ErlangPoolRequest Example = new()
    {
        Queues =
        [
            new()
            {
                Name = "law enforcement line",
                Volume = 6,
                AhtSeconds = 840,
                ServiceLevel = 0.9,
                ThresholdSeconds = 20,
            },
            new()
            {
                Name = "escalation chat",
                Volume = 10,
                AhtSeconds = 1500,
                ServiceLevel = 0.9,
                ThresholdSeconds = 30,
            },
            new()
            {
                Name = "creator chat",
                Volume = 60,
                AhtSeconds = 660,
                ServiceLevel = 0.8,
                ThresholdSeconds = 60,
                Priority = 6,
                Concurrency = 2,
                InflationPerSlot = 0.15,
            },
        ],
        PlannedShrinkage = 0.1,
        UnplannedShrinkage = 0.08,
    };

    public static ErlangPoolResponse Calculate(ErlangPoolRequest request, Findings findings)
    {
        ErlangPoolRules.Check(request, findings);
        var shrinkage = Shrinkage.Combine(request.PlannedShrinkage, request.UnplannedShrinkage);
        var required = PooledStaffing.Require([.. request.Queues.Select(ToQueue)], Duration.FromMinutes(request.IntervalMinutes), [shrinkage], [true]);
        double[] loads = [.. request.Queues.Select(q => Load(q, request.IntervalMinutes))];
        var agents = required.Pool.Agents[0];
        return new ErlangPoolResponse(
            loads.Sum(), agents, agents > 0 ? loads.Sum() / agents : 0, required.Pool.Scheduled[0], required.Pool.Heads[0],
            required.SeparateAgents.Sum(own => own[0]),
            required.SeparateAgents.Sum(own => Math.Ceiling((own[0] / (1 - shrinkage)) - 1e-9)),
            required.PoolingGain[0],
            [
                .. request.Queues.Select(
                    (queue, q) =>
                        new ErlangPoolService(
                            queue.Name, loads[q], required.Service[q][0].ServiceLevel, required.Service[q][0].AsaSeconds, required.PrimaryAgents[q][0],
                            required.SeparateAgents[q][0])),
            ]);
    }

    private static PooledQueue ToQueue(ErlangPoolQueue queue) => new(
        queue.Name, [queue.Volume!.Value], [queue.AhtSeconds!.Value],
        new ImmediateGoal(queue.ServiceLevel, Seconds(queue.ThresholdSeconds), Seconds(queue.MaximumAsaSeconds), queue.MaximumOccupancy),
        queue.Priority, new ChatConcurrency(queue.Concurrency, queue.InflationPerSlot));

    /// <summary>Agents who are never idle; an agent with c chats ends c of them per inflated handle time.</summary>
    private static double Load(ErlangPoolQueue queue, double intervalMinutes) =>
        queue.Volume!.Value
        * new ChatConcurrency(queue.Concurrency, queue.InflationPerSlot).InflatedAhtSeconds(queue.AhtSeconds!.Value)
        / queue.Concurrency
        / 60
        / intervalMinutes;

    private static Duration? Seconds(double? seconds) => seconds is { } s ? Duration.FromSeconds(s) : null;
}
