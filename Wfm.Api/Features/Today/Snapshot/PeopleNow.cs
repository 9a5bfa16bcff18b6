using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Today.Inputs;

namespace Wfm.Api.Features.Today.Snapshot;

/// <summary>What each person of the day is planned to do now and next, and does.</summary>
internal static class PeopleNow
{
    public static IReadOnlyList<TodayPerson> Of(TodayFacts day) =>
        [.. day.Roster.Shifts.Where(s => s.Start < day.End).GroupBy(s => s.AgentId).Select(g => Tell(day, g.Key, [.. g]))
            .OrderBy(p => p.Agent, StringComparer.Ordinal)];

    private static TodayPerson Tell(TodayFacts day, Guid agent, IReadOnlyList<ShiftInForce> shifts)
    {
        var planned = shifts.Where(s => !day.Roster.Absent.Contains(s.Id)).SelectMany(Segments).OrderBy(s => s.Start).ToList();
        var state = day.States.People.GetValueOrDefault(agent);
        return new TodayPerson(
            day.Roster.Codes[agent], shifts.Any(s => day.Roster.Absent.Contains(s.Id) && s.End > day.At),
            planned.Find(s => s.Start <= day.At && day.At < s.End), planned.Find(s => s.Start > day.At),
            state is null || day.States.AsOf is not { } asOf ? null : new TodayState(state.State, state.Activity, state.Since, asOf), state?.Adherence);
    }

    /// <summary>Parts of a shift; of one whose parts are not known the whole of it.</summary>
    private static IEnumerable<TodaySegment> Segments(ShiftInForce shift) => shift.Activities.Count == 0
        ? [new TodaySegment(Scheduling.Problem.ActivityKinds.Work, shift.Group, shift.Start, shift.End)]
        : shift.Activities.Select(a => new TodaySegment(a.Kind, a.Group, a.Start, a.End));
}
