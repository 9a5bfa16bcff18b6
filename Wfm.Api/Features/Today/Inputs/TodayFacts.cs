using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Today.States;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Today.Inputs;

/// <summary>All that is known of the day of a hub at a moment.</summary>
/// <param name="Hub">The hub.</param>
/// <param name="At">The moment, to the minute.</param>
/// <param name="Date">Its local day.</param>
/// <param name="Start">Start of the day.</param>
/// <param name="End">End of the day, exclusive.</param>
/// <param name="Interval">The interval that holds the moment: the shortest in which volumes are kept, of 15 to 30 minutes.</param>
/// <param name="Forecast">The forecast served at that moment; null when there is none.</param>
/// <param name="Queues">Its queues.</param>
/// <param name="Roster">Who is rostered.</param>
/// <param name="States">What people are doing.</param>
/// <param name="Stamp">What it hangs on.</param>
internal sealed record TodayFacts(
    Hub Hub, Instant At, LocalDate Date, Instant Start, Instant End, GridSpan Interval, ForecastRun? Forecast, IReadOnlyList<QueueFacts> Queues,
    DayRoster Roster, ActualStates States, TodayStamp Stamp)
{
    public PlannedHub Planned { get; } = Hub.ToPlanned();
}

/// <summary>What is known of a queue on a day.</summary>
/// <param name="Row">Its forecast, adjustments applied, with the series.</param>
/// <param name="Queue">The queue as it is now.</param>
/// <param name="History">Volumes that have come; null when the forecast does not reach the day.</param>
/// <param name="Served">Intervals of the day that tell what was answered, by start.</param>
/// <param name="ServedUntil">End of the last interval that tells so, of the day before as well; null when none does.</param>
/// <param name="Backlog">What is open.</param>
internal sealed record QueueFacts(
    SeriesForecastRow Row, WorkQueue Queue, History? History, IReadOnlyList<Feeds.ServedInterval> Served, Instant? ServedUntil, BacklogFacts? Backlog);

/// <summary>What is open of a queue.</summary>
/// <param name="AsOf">The moment at which it was counted.</param>
/// <param name="IsSnapshot">True for a snapshot by age; false for a level of the volumes, whose ages are not known.</param>
/// <param name="Ranges">By age, youngest first; of a level one range, from nothing to the turnaround.</param>
internal sealed record BacklogFacts(Instant AsOf, bool IsSnapshot, IReadOnlyList<AgeRange> Ranges);

/// <summary>Open contacts of a range of ages.</summary>
internal sealed record AgeRange(double YoungestMinutes, double OldestMinutes, int Contacts);
