using NodaTime;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Today.Inputs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Pipeline;

namespace Wfm.Api.Features.Crises.Outlook;

/// <summary>What is known of a crisis at a moment: what usually comes, what came, what is open.</summary>
/// <param name="Crisis">The crisis.</param>
/// <param name="At">The moment, to the minute.</param>
/// <param name="End">End of the hours ahead, at most until where the forecasts reach.</param>
/// <param name="Hubs">Hubs with a forecast from before the crisis.</param>
/// <param name="Notes">What is not known, in words.</param>
internal sealed record CrisisFacts(Crisis Crisis, Instant At, Instant End, IReadOnlyList<CrisisHubFacts> Hubs, IReadOnlyList<string> Notes);

/// <summary>A hub of a crisis.</summary>
/// <param name="Hub">The hub.</param>
/// <param name="Queues">The queues of its forecast that can be planned.</param>
internal sealed record CrisisHubFacts(Hub Hub, IReadOnlyList<CrisisQueueFacts> Queues)
{
    public PlannedHub Planned { get; } = Hub.ToPlanned();
}

/// <summary>A queue at a hub of a crisis.</summary>
/// <param name="Row">Its forecast from before the crisis, up to the end of the hours ahead.</param>
/// <param name="Queue">The queue as it is now.</param>
/// <param name="IsTouched">Whether the crisis is about it.</param>
/// <param name="History">Volumes since the start of the crisis; null where none can be known.</param>
/// <param name="Backlog">What is open; null where nobody told.</param>
internal sealed record CrisisQueueFacts(SeriesForecastRow Row, WorkQueue Queue, bool IsTouched, History? History, BacklogFacts? Backlog)
{
    public PlannedQueue Planned { get; } = Queue.ToPlanned();
}
