using System.ComponentModel.DataAnnotations;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Today.Replay;

/// <summary>How fast a day is played. What is left out stays as it is.</summary>
public sealed record SetReplayRequest
{
    /// <summary>Seconds of the day in a second, up to 3600.</summary>
    /// <example>60</example>
    [Range(0.1, ReplayClock.MostSpeed)]
    public double? Speed { get; init; }

    /// <summary>True to let it stand still, false to go on.</summary>
    public bool? IsPaused { get; init; }
}

internal static class ReplayEndpoints
{
    private const string Nothing = "This server plays no day again: its clock is that of the world. A demo does with --replay.";

    public static void MapReplay(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/today/replay").WithTags("Today");
        group.MapGet("", Get).WithName("GetReplay").WithSummary("Where the day stands that a demo plays again, and how fast. 404 on any other server.")
            .Requires(Permission.ReadRosters);
        group.MapPut("", Set).WithName("SetReplay").WithSummary("Lets the day that a demo plays again stand still, go on, or go faster.")
            .Requires(Permission.WriteSetup).WithExample(new SetReplayRequest { Speed = 60, IsPaused = false });
    }

    private static ReplayState Get(IServiceProvider services) => Clock(services).State;

    private static ReplayState Set(SetReplayRequest request, IServiceProvider services, Findings findings)
    {
        findings.ThrowIfAny();
        var clock = Clock(services);
        clock.Set(request.Speed, request.IsPaused);
        return clock.State;
    }

    private static ReplayClock Clock(IServiceProvider services) =>
        services.GetService<ReplayClock>() ?? throw new ProblemException(StatusCodes.Status404NotFound, Nothing);
}
