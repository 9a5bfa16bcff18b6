using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Problems;

/// <summary>What is known of people's shifts when their hub is rostered: what stands around the period, and what they work at other hubs inside it.</summary>
/// <param name="Surroundings">Shifts before and after the period, at any hub.</param>
/// <param name="Elsewhere">Shifts at other hubs on days of the period: they stay as they are.</param>
/// <param name="Away">Times of a second such shift on one day, by agent.</param>
internal sealed record KnownShifts(IReadOnlyList<OutsideShift> Surroundings, IReadOnlyList<PinnedShift> Elsewhere, ILookup<string, TimeOff> Away)
{
    /// <summary>In place of a template for a shift at another hub; no code looks like it.</summary>
    public const string OtherHub = "(other hub)";

    /// <summary>Groups worked on in any of them.</summary>
    public IEnumerable<string> Groups => Surroundings.Select(s => s.Group)
        .Concat(Surroundings.SelectMany(s => s.Activities).Concat(Elsewhere.SelectMany(e => e.Shift!.Activities)).Select(a => a.Group)).OfType<string>();

    /// <param name="shifts">Shifts that count for the people; drafts after the period bind nobody and are left out.</param>
    /// <param name="codes">Codes of the people.</param>
    /// <param name="pinned">Days that are pinned anyway.</param>
    public static KnownShifts Of(
        Guid hubId, DateTimeZone zone, LocalDate start, int days, IEnumerable<ShiftInForce> shifts, IReadOnlyDictionary<Guid, string> codes,
        IEnumerable<PinnedShift> pinned)
    {
        var (origin, end) = (zone.AtStartOfDay(start).ToInstant(), zone.AtStartOfDay(start.PlusDays(days)).ToInstant());
        var taken = pinned.Select(p => (p.AgentId, p.Date)).ToHashSet();
        var (around, elsewhere, away) = (new List<OutsideShift>(), new List<PinnedShift>(), new List<(string Agent, TimeOff Time)>());
        foreach (var shift in WithoutOverlaps(shifts.Where(s => s.State != ShiftState.Draft || s.Start < origin)))
        {
            var agent = codes[shift.AgentId];
            if (shift.Start < origin || shift.Start >= end)
            {
                around.Add(Outside(shift, agent));
            }
            else if (shift.HubId != hubId && shift.State == ShiftState.Published)
            {
                var date = shift.Start.InZone(zone).Date;
                if (taken.Add((agent, date)))
                {
                    elsewhere.Add(new PinnedShift(agent, date, AtOtherHub(shift, agent, date)));
                }
                else
                {
                    away.Add((agent, new TimeOff(shift.Start, shift.End, LeaveKind.Unpaid)));
                }
            }
        }

        return new KnownShifts(around, elsewhere, away.ToLookup(a => a.Agent, a => a.Time));
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

    /// <summary>It counts as working time and as exposure to what its groups show, and covers nothing here.</summary>
    private static RosterShift AtOtherHub(ShiftInForce shift, string agent, LocalDate date) => new(
        agent, date, OtherHub, shift.Start, shift.End, Duration.FromMinutes(shift.PaidMinutes),
        [.. shift.Activities.Select(a => new ShiftActivity(a.Kind == ActivityKinds.Work ? OtherHub : a.Kind, a.Group, a.Start, a.End))]);
}
