using NodaTime;
using Wfm.Api.Features.Setup.Hubs;

namespace Wfm.Api.Features.Today.States;

/// <summary>For an operation that tells no states: nothing is known, and nothing guessed.</summary>
internal sealed class NoActualStates : IActualStates
{
    public Task<ActualStates> Of(Hub hub, IReadOnlyCollection<Guid> agents, Instant dayStart, Instant at, CancellationToken cancellationToken) =>
        Task.FromResult(ActualStates.Unknown);

    public Task<string> Stamp(Guid hubId, Instant since, CancellationToken cancellationToken) => Task.FromResult("");
}
