using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Problems;

/// <summary>What is known of people's shifts when their hub is rostered: what stands around the period, and what they work at other hubs inside it.</summary>
/// <param name="Surroundings">Shifts before and after the period, at any hub.</param>
/// <param name="Elsewhere">Days of the period with shifts at other hubs: they stay as they are.</param>
internal sealed record KnownShifts(IReadOnlyList<OutsideShift> Surroundings, IReadOnlyList<PinnedShift> Elsewhere)
{
    /// <summary>In place of a template for a shift at another hub; no code looks like it.</summary>
    public const string OtherHub = "(other hub)";

    /// <summary>Groups worked on in any of them.</summary>
    public IEnumerable<string> Groups => Surroundings.Select(s => s.Group)
        .Concat(Surroundings.SelectMany(s => s.Activities).Concat(Elsewhere.SelectMany(e => e.Shift!.Activities)).Select(a => a.Group)).OfType<string>();

    /// <param name="shifts">Shifts that count for the people; drafts after the period bind nobody and are left out.</param>
    /// <param name="codes">Codes of the people.</param>
    /// <param name="pinned">Days that are pinned anyway; a shift at another hub on the day of a pinned shift is left out, and publishing refuses that
    /// day.</param>
    public static KnownShifts Of(
        Guid hubId, DateTimeZone zone, LocalDate start, int days, IEnumerable<ShiftInForce> shifts, IReadOnlyDictionary<Guid, string> codes,
        IEnumerable<PinnedShift> pinned)
    {
        var (origin, end) = (zone.AtStartOfDay(start).ToInstant(), zone.AtStartOfDay(start.PlusDays(days)).ToInstant());
        var taken = pinned.Where(p => p.Shift is not null).Select(p => (p.AgentId, p.Date)).ToHashSet();
        var known = WithoutOverlaps(shifts.Where(s => s.State != ShiftState.Draft || s.Start < origin)).ToLookup(s => s.Start < origin || s.Start >= end);
        var elsewhere = from shift in known[false]
                        where shift.HubId != hubId && shift.State == ShiftState.Published
                        group shift by (Agent: codes[shift.AgentId], shift.Start.InZone(zone).Date) into day
                        where !taken.Contains(day.Key)
                        select new PinnedShift(day.Key.Agent, day.Key.Date, AtOtherHub([.. day], day.Key.Agent, day.Key.Date));
        return new KnownShifts([.. known[true].Select(s => Outside(s, codes[s.AgentId]))], [.. elsewhere]);
    }

    /// <summary>Of shifts of one person at the same time, that of a published roster, else the earlier: nobody works two at once, whatever files say.</summary>
    private static List<ShiftInForce> WithoutOverlaps(IEnumerable<ShiftInForce> shifts)
    {
        var kept = new List<ShiftInForce>();
        foreach (var mine in shifts.GroupBy(s => s.AgentId))
        {
            var times = new List<ShiftInForce>();
            foreach (var shift in mine.OrderBy(s => s.State).ThenBy(s => s.Start).ThenBy(s => s.Id))
            {
                if (!times.Exists(t => t.Start < shift.End && shift.Start < t.End))
                {
                    times.Add(shift);
                }
            }

            kept.AddRange(times);
        }

        return [.. kept.OrderBy(s => s.Start).ThenBy(s => s.Id)];
    }

    private static OutsideShift Outside(ShiftInForce shift, string agent) =>
        new(agent, shift.Start, shift.End, Duration.FromMinutes(shift.PaidMinutes), shift.Group, shift.Template)
        {
            // A night before the period still has its breaks in it.
            Activities = [.. shift.Activities.Select(a => new ShiftActivity(a.Kind, a.Group, a.Start, a.End))],
        };

    /// <summary>They count as working time and as exposure to what their groups show, and cover nothing here. Two that begin on one day, far from here on two,
    /// are one with a gap.</summary>
    private static RosterShift AtOtherHub(List<ShiftInForce> shifts, string agent, LocalDate date) => new(
        agent, date, OtherHub, shifts[0].Start, shifts[^1].End, Duration.FromMinutes(shifts.Sum(s => s.PaidMinutes)),
        [.. shifts.SelectMany((s, i) => i > 0 && s.Start > shifts[i - 1].End ? [Gap(shifts[i - 1].End, s.Start), .. Activities(s)] : Activities(s))]);

    private static IEnumerable<ShiftActivity> Activities(ShiftInForce shift) =>
        shift.Activities.Select(a => new ShiftActivity(a.Kind == ActivityKinds.Work ? OtherHub : a.Kind, a.Group, a.Start, a.End));

    private static ShiftActivity Gap(Instant from, Instant to) => new(ActivityKinds.Gap, null, from, to);
}
