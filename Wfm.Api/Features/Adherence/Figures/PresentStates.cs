using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Scheduling.Adherence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Adherence.Figures;

/// <summary>What the people of a hub do at a moment.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="At">The moment.</param>
/// <param name="AsOf">Until when the feed is known, at most the moment; null when there never was one. States are those of then: nothing is guessed.</param>
/// <param name="People">By code.</param>
public sealed record PresentPeople(string Hub, Instant At, Instant? AsOf, IReadOnlyList<PresentPerson> People);

/// <summary>What a person does.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="State">The last state known; null when none is.</param>
/// <param name="Since">When it began; null likewise.</param>
/// <param name="Use">What it means; null when none is known or it has no mapping.</param>
/// <param name="Kind">Kind of activity of the state; null where it is none.</param>
/// <param name="Group">Skill group worked; null where the state does not tell.</param>
/// <param name="Planned">The part of the shift in force at the moment; null outside of shifts.</param>
/// <param name="Day">Local day of the shift.</param>
/// <param name="Adherence">Adherence of that day so far.</param>
public sealed record PresentPerson(
    string Agent, string? State, Instant? Since, StateUse? Use, ActivityKind? Kind, string? Group, PlannedSegment? Planned, LocalDate Day,
    AdherenceFigure Adherence);

/// <summary>What whoever looks at a floor reads: the state of everybody at a moment, since when, and adherence so far.</summary>
internal sealed class PresentStates(AdherenceBooks books)
{
    /// <param name="hub">The hub.</param>
    /// <param name="at">The moment; nothing later is read.</param>
    public async Task<PresentPeople> Of(Hub hub, Instant at, CancellationToken cancellationToken)
    {
        var today = at.InZone(hub.Zone).Date;
        var people = await books.People(hub, cancellationToken);
        var compared = await books.Of(hub, people, today.PlusDays(-1), today, at, cancellationToken);
        return new PresentPeople(
            hub.Code, at, compared.AsOf,
            [.. compared.Days.Where(d => d.From <= at && at < d.To).OrderBy(d => d.Person.Code, StringComparer.Ordinal).Select(d => Present(d, at))]);
    }

    private static PresentPerson Present(ComparedDay day, Instant at)
    {
        var state = day.Parts.LastOrDefault(p => p.State is not null)?.State;
        return new PresentPerson(
            day.Person.Code, state?.State, state?.Start, state?.Meaning?.Use, state?.Meaning?.Kind, state?.Meaning?.Group,
            day.Parts.FirstOrDefault(p => p.Start <= at && at < p.End)?.Planned, day.Date, AdherenceTotals.Of(day.Parts).Adherence);
    }
}
