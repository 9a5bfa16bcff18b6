using NodaTime;

namespace Wfm.Api.Features.Today.Events;

/// <summary>That the day of a hub is another one than it was: read the snapshot again.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="At">When it was found out.</param>
/// <param name="Changed">What has changed since the event before, or since the one that was come back with: setup, forecast, volumes, backlog, served, roster,
/// absences, states, interval. Empty when nothing has: the stream is alive.</param>
/// <param name="Stamp">What the day stands on now, the id of the event.</param>
public sealed record TodayEvent(string Hub, Instant At, IReadOnlyList<string> Changed, string Stamp);
