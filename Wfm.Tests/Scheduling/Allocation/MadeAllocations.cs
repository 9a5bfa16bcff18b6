using NodaTime;
using Wfm.Scheduling.Allocation;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Allocation;

/// <summary>Small problems of allocation, made by hand: intervals of an hour, shifts that work all of it.</summary>
internal static class MadeAllocations
{
    public static readonly Instant Start = Instant.FromUtc(2026, 11, 2, 0, 0);

    public static AllocationSpan Span(int count) => new(Start, Duration.FromHours(1), count);

    public static AllocationProblem Problem(int count, AllocationLine[] lines, params AllocationKind[] kinds) =>
        new(Span(count), [.. kinds.Select(k => k.Hub).Distinct().Select(hub => new AllocationHub(hub))], lines, kinds);

    public static AllocationLine Line(string group, params double[] heads) => new(group, group, null, heads, BreachPrice: 100);

    /// <param name="hub">Its hub; its name too with the groups.</param>
    /// <param name="groups">Groups, separated by commas.</param>
    /// <param name="people">How many.</param>
    /// <param name="offers">Its shifts.</param>
    public static AllocationKind Kind(string hub, string groups, int people, params ShiftOffer[] offers) =>
        new($"{hub} {groups}", hub, [.. groups.Split(',').Select(g => new AgentSkill(g, 1))], 1, [people], 1_000, 1_000, offers) { Heads = people };

    /// <summary>A shift over some intervals that takes the one moment of its kind.</summary>
    public static ShiftOffer Shift(double cost, int first, int length, double nightHours = 0) => new(
        $"from {first}", new LocalDate(2026, 11, 2), Start + Duration.FromHours(first), length, nightHours, 0, cost, [.. Enumerable.Range(first, length)],
        [.. Enumerable.Repeat(1.0, length)], [.. Enumerable.Repeat(1.0, length)], [0]);
}
