using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Security;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Features.Staffing.Erlang;

/// <summary>The calculator: nothing is stored, nothing is read.</summary>
internal static class ErlangEndpoints
{
    private static readonly ErlangRequest Chat = new()
    {
        Model = QueueModel.ErlangA,
        Volume = 60,
        AhtSeconds = 660,
        ServiceLevel = 0.8,
        ThresholdSeconds = 60,
        MaximumOccupancy = 0.85,
        MaximumAbandonment = 0.05,
        PatienceSeconds = 300,
        Concurrency = 2,
        InflationPerSlot = 0.2,
        PlannedShrinkage = 0.1,
        UnplannedShrinkage = 0.08,
    };

    public static void MapErlang(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/erlang").WithTags("Erlang");
        group.MapPost("/", Calculate).WithName("CalculateErlang")
            .WithSummary("Erlang B, C or A for one interval: figures of given agents, or the fewest agents that meet every target.")
            .Requires(Permission.ReadPlans).WithExample(Chat);
        group.MapPost("/pool", ErlangPool.Calculate).WithName("CalculateErlangPool")
            .WithSummary("Several immediate queues with shared agents in one interval: agents of the pool, pooling gain, service and first skills by queue.")
            .Requires(Permission.ReadPlans).WithExample(ErlangPool.Example);
    }

    private static ErlangResponse Calculate(ErlangRequest request, Findings findings)
    {
        ErlangRules.Check(request, findings);
        var given = request.Agents;
        var agents = given ?? Find(request);
        var result = Figures(request, agents);
        return new ErlangResponse(
            request.Model!.Value, result.Load, given is null, result.Figures,
            [.. Enumerable.Range(-2, 5).Select(more => agents + more).Where(n => n >= 1 || n == agents).Select(n => Figures(request, n).Figures)]);
    }

    /// <summary>Slots are the servers of the model; agents come in whole numbers of slots, and more slots only help.</summary>
    private static double Find(ErlangRequest request)
    {
        var (volume, interval, aht) = Work(request);
        var slots =
            request.Model == QueueModel.ErlangB
                ? ErlangCalculator.RequireServers(volume, interval, aht, request.MaximumBlocking!.Value).Agents
                : ErlangCalculator.Require(
                        volume, interval, aht,
                        new ImmediateGoal(
                            request.ServiceLevel, request.ServiceLevel is null ? null : Seconds(request.ThresholdSeconds), Seconds(request.MaximumAsaSeconds),
                            request.MaximumOccupancy, request.MaximumAbandonment, Seconds(request.PatienceSeconds)))
                    .Agents;
        return Math.Ceiling(slots / request.Concurrency);
    }

    private static (double Load, ErlangFigures Figures) Figures(ErlangRequest request, double agents)
    {
        var (volume, interval, aht) = Work(request);
        var slots = agents * request.Concurrency;
        var m = ErlangCalculator.Evaluate(
            request.Model!.Value, volume, interval, aht, slots, Seconds(request.ThresholdSeconds), Seconds(request.PatienceSeconds));
        var paid = agents / (1 - Shrinkage.Combine(request.PlannedShrinkage, request.UnplannedShrinkage));
        return (m.OfferedLoad, new ErlangFigures(
            agents, slots, paid, Math.Ceiling(paid - 1e-9), m.Stable, ErlangRules.HasTarget(request) ? Meets(request, m) : null, m.Occupancy, m.ServiceLevel,
            m.ServiceLevelOfAnswered, m.AsaSeconds, m.WaitP90Seconds, m.ProbabilityOfWait, m.QueueLength, m.Abandonment, m.Blocking));
    }

    private static bool Meets(ErlangRequest request, ErlangMetrics m) => m.Stable
        && !(m.ServiceLevel < request.ServiceLevel) && !(m.AsaSeconds > request.MaximumAsaSeconds) && !(m.Occupancy > request.MaximumOccupancy)
        && !(m.Abandonment > request.MaximumAbandonment) && !(m.Blocking > request.MaximumBlocking);

    private static (double Volume, Duration Interval, Duration Aht) Work(ErlangRequest request) => (
        request.Volume!.Value,
        Duration.FromMinutes(request.IntervalMinutes),
        Duration.FromSeconds(new ChatConcurrency(request.Concurrency, request.InflationPerSlot).InflatedAhtSeconds(request.AhtSeconds!.Value)));

    private static Duration? Seconds(double? seconds) => seconds is { } s ? Duration.FromSeconds(s) : null;
}
