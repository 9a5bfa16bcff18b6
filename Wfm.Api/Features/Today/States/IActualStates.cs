using NodaTime;
using Wfm.Api.Features.Setup.Hubs;

namespace Wfm.Api.Features.Today.States;

/// <summary>What people are doing as another system tells it. Cuts the arrow from the day to whoever keeps states and adherence.</summary>
public interface IActualStates
{
    /// <summary>What is known of people at a moment.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="agents">Whose states are asked for.</param>
    /// <param name="dayStart">Start of the local day, from which adherence counts.</param>
    /// <param name="at">The moment; what was told of later ones is left out.</param>
    Task<ActualStates> Of(Hub hub, IReadOnlyCollection<Guid> agents, Instant dayStart, Instant at, CancellationToken cancellationToken);

    /// <summary>A text that is another one when anything told of the hub's people has changed since a moment.</summary>
    Task<string> Stamp(Guid hubId, Instant since, CancellationToken cancellationToken);
}

/// <summary>What people are doing.</summary>
/// <param name="AsOf">Until when states are known; null when none ever came.</param>
/// <param name="People">By agent; who is not among them is not known of.</param>
public sealed record ActualStates(Instant? AsOf, IReadOnlyDictionary<Guid, ActualState> People)
{
    /// <summary>Nothing is known of anybody.</summary>
    public static ActualStates Unknown { get; } = new(null, new Dictionary<Guid, ActualState>());
}

/// <summary>What somebody is doing.</summary>
/// <param name="State">The state as it was told.</param>
/// <param name="Activity">Kind of activity that it is taken for; null when its state is mapped to none.</param>
/// <param name="Since">Since when.</param>
/// <param name="IsPresent">Whether the person is there to work: on contacts or ready for them; null when the state does not say.</param>
/// <param name="Adherence">Share of the scheduled time of the day so far in the right kind of activity; null when it is not known.</param>
public sealed record ActualState(string State, string? Activity, Instant Since, bool? IsPresent, double? Adherence);
