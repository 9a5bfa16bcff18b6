using NodaTime;
using Wfm.Scheduling.Adherence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Adherence.Figures;

/// <summary>What people did against what was planned, each figure with numerator, denominator and formula.</summary>
/// <param name="Adherence">Scheduled time in the right kind of activity against scheduled time.</param>
/// <param name="Conformance">Productive time against what was planned of it.</param>
/// <param name="Occupancy">Time on contacts against time on contacts or ready for them.</param>
/// <param name="PlannedShrinkage">Paid time in planned training, meetings and breaks.</param>
/// <param name="UnplannedShrinkage">What remains of paid time lost to what was not planned.</param>
/// <param name="Shrinkage">Paid time lost, by reason, the greatest first.</param>
/// <param name="UnknownSeconds">Scheduled time that the feed covers and of which no state is known: in no figure.</param>
public sealed record AdherenceFigures(
    AdherenceFigure Adherence, AdherenceFigure Conformance, AdherenceFigure Occupancy, AdherenceFigure PlannedShrinkage, AdherenceFigure UnplannedShrinkage,
    IReadOnlyList<ShrinkageByReason> Shrinkage, double UnknownSeconds)
{
    internal static AdherenceFigures Of(IEnumerable<AdherencePart> parts)
    {
        var totals = AdherenceTotals.Of(parts);
        return new AdherenceFigures(
            totals.Adherence, totals.Conformance, totals.Occupancy, totals.PlannedShrinkage, totals.UnplannedShrinkage, totals.Reasons,
            totals.Unknown.TotalSeconds);
    }
}

/// <summary>A local day of a hub.</summary>
/// <param name="Date">Local day; shifts belong to the day on which they start.</param>
/// <param name="People">People of whom something is known.</param>
/// <param name="Figures">Over all of them; null for fewer than five people, so that it tells of nobody.</param>
public sealed record HubDayAdherence(LocalDate Date, int People, AdherenceFigures? Figures);

/// <summary>Adherence of a hub by day.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="AsOf">Until when the feed of states is known; null when there never was one. Nothing is said of what comes after it.</param>
/// <param name="FewestPeople">Fewest people of a day that is told.</param>
/// <param name="Days">The days, in order.</param>
public sealed record HubAdherenceResponse(string Hub, Instant? AsOf, int FewestPeople, IReadOnlyList<HubDayAdherence> Days);

/// <summary>Adherence of a person on a working day.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Date">Local day; shifts belong to the day on which they start.</param>
/// <param name="From">First moment: midnight, or the end of a shift that goes beyond it.</param>
/// <param name="To">First moment after it.</param>
/// <param name="AsOf">Until when the feed of states is known; null when there never was one.</param>
/// <param name="Figures">The figures.</param>
public sealed record PersonAdherence(string Agent, LocalDate Date, Instant From, Instant To, Instant? AsOf, AdherenceFigures Figures)
{
    internal static PersonAdherence Of(ComparedDay day, Instant? asOf) => new(
        day.Person.Code, day.Date, day.From, day.To, asOf, AdherenceFigures.Of(day.Parts));
}

/// <summary>A stretch of a day: what was planned, what was done, and how they compare.</summary>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="LocalStart">Start in the time of the hub.</param>
/// <param name="Planned">Activity code planned; null outside of shifts.</param>
/// <param name="PlannedGroup">Skill group planned; null when not working.</param>
/// <param name="State">The state; null where none is known.</param>
/// <param name="Use">What the state means; null where it has no mapping.</param>
/// <param name="Kind">Kind of activity of the state; null where it is none.</param>
/// <param name="Verdict">right, tolerated, excepted and wrong count; unknown, ahead and notPlanned do not.</param>
public sealed record StretchData(
    Instant Start, Instant End, LocalDateTime LocalStart, string? Planned, string? PlannedGroup, string? State, StateUse? Use, ActivityKind? Kind,
    Verdict Verdict)
{
    internal static StretchData Of(AdherencePart part, DateTimeZone zone) => new(
        part.Start, part.End, part.Start.InZone(zone).LocalDateTime, part.Planned?.Code, part.Planned?.Group, part.State?.State, part.State?.Meaning?.Use,
        part.State?.Meaning?.Kind, part.Verdict);
}

/// <summary>Adherence of a person on a working day, with the evidence.</summary>
/// <param name="Day">The figures.</param>
/// <param name="Stretches">The whole day, in order and without gaps.</param>
public sealed record PersonAdherenceDetail(PersonAdherence Day, IReadOnlyList<StretchData> Stretches)
{
    internal static PersonAdherenceDetail Of(ComparedDays days, DateTimeZone zone)
    {
        var day = days.Days.Single();
        return new PersonAdherenceDetail(PersonAdherence.Of(day, days.AsOf), [.. day.Parts.Select(p => StretchData.Of(p, zone))]);
    }
}
