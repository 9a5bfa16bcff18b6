using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Editing;

/// <summary>What a day of a person becomes.</summary>
/// <param name="AgentId">The person.</param>
/// <param name="Date">The local date.</param>
/// <param name="Shift">The shift that starts on it; <see langword="null"/> for a day off.</param>
public sealed record DayEdit(string AgentId, LocalDate Date, RosterShift? Shift);

/// <summary>A day of a person before and after an edit.</summary>
/// <param name="AgentId">The person.</param>
/// <param name="Date">The local date.</param>
/// <param name="Before">The shift it had; <see langword="null"/> for a day off.</param>
/// <param name="After">The shift it has; <see langword="null"/> for a day off.</param>
public sealed record ChangedDay(string AgentId, LocalDate Date, RosterShift? Before, RosterShift? After)
{
    /// <summary>The first moment of the day that is not as it was.</summary>
    /// <exception cref="SchedulingDataException">It was a day off and is one.</exception>
    public Instant FirstChange => (Before, After) switch
    {
        ({ } before, null) => before.Start,
        (null, { } after) => after.Start,
        ({ } before, { } after) when before.Start == after.Start => before.Activities.Concat(after.Activities).Select(a => a.Start)
            .Concat([before.End, after.End]).Where(at => !IsSame(before, after, at)).DefaultIfEmpty(before.Start).Min(),
        ({ } before, { } after) => Instant.Min(before.Start, after.Start),
        _ => throw new SchedulingDataException($"{Date} of agent '{AgentId}' was a day off and is one; nothing changes."),
    };

    private static bool IsSame(RosterShift a, RosterShift b, Instant at)
    {
        var (mine, theirs) = (a.Activities.FirstOrDefault(x => x.Start <= at && at < x.End), b.Activities.FirstOrDefault(x => x.Start <= at && at < x.End));
        return mine?.Kind == theirs?.Kind && mine?.Group == theirs?.Group;
    }
}
