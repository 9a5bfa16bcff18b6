using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;

namespace Wfm.Api.Features.People.Activities;

/// <summary>A session as far as shifts have it.</summary>
/// <param name="Row">As it was put in.</param>
/// <param name="InForce">Whether it stands in a published roster.</param>
/// <param name="Standing">Those whose shift has it, the coach among them.</param>
/// <param name="Lost">Those whose shift has it no more.</param>
internal sealed record SessionView(ActivitySession Row, bool InForce, IReadOnlyList<SessionPerson> Standing, IReadOnlyList<string> Lost)
{
    /// <summary>Codes of those who take part.</summary>
    public IEnumerable<string> Agents => Standing.Select(p => p.Agent).Where(a => a != Row.Coach);

    public ActivitySessionData ToData(DateTimeZone zone) => Data(Row.Start, Row.End, zone, Row.RosterId, InForce, [.. Agents], Row.Coach);

    public static ActivitySessionData Data(
        Instant start, Instant end, DateTimeZone zone, Guid roster, bool inForce, IReadOnlyList<string> agents, string? coach) =>
        new(start, end, start.InZone(zone).LocalDateTime, roster, inForce, agents, coach);
}

/// <summary>An activity with what shifts have of it now.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Sessions">Sessions that stand for somebody, by start.</param>
/// <param name="Missing">Those of its people who are in none, and why.</param>
internal sealed record ActivityView(PlannedActivity Activity, IReadOnlyList<SessionView> Sessions, IReadOnlyList<MissingPerson> Missing)
{
    public ActivityState StateAt(Instant now)
    {
        if (Activity.CancelledAt is not null)
        {
            return ActivityState.Cancelled;
        }

        return !IsPlaced ? ActivityState.Planned : Sessions.All(s => s.Row.End <= now) ? ActivityState.Done : ActivityState.Placed;
    }

    /// <summary>Whether nobody waits: all have a session, or the one for all together has its quorum.</summary>
    public bool IsPlaced => Activity.Grouping == ActivityGrouping.Together
        ? Sessions.Any(s => s.Agents.Count() >= Activity.Quorum)
        : Missing.Count == 0;

    public ActivityResponse ToResponse(Hub hub, Instant now) => new(
        Activity.Id, StateAt(now), Activity.Code, Activity.Title, Activity.Minutes, hub.Code, Activity.Agents, Activity.Grouping, Activity.GroupSize,
        Activity.Quorum, Activity.Coach, Activity.From, Activity.To, Activity.TimeFrom, Activity.TimeTo, Activity.Weekdays, Activity.Priority, Activity.Must,
        [.. Sessions.Select(s => s.ToData(hub.Zone))], Missing, Activity.CreatedAt, Activity.UpdatedAt, ETags.Of(Activity.Id, Activity.Version));
}
