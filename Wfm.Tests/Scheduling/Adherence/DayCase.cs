using NodaTime;
using Wfm.Scheduling.Adherence;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Adherence;

/// <summary>A day of a person told by times of the clock: 28 July 2025, UTC.</summary>
internal static class DayCase
{
    public static readonly LocalDate Date = new(2025, 7, 28);

    /// <summary>Eight hours: 22,500 s of work, 900 s of break, 1,800 s of unpaid meal, 3,600 s of training.</summary>
    public static readonly PlannedSegment[] Plan =
    [
        Work("09:00", "11:00"), Segment("break", ActivityKind.Break, "11:00", "11:15"), Work("11:15", "13:00"),
        Segment("meal", ActivityKind.Meal, "13:00", "13:30"), Work("13:30", "15:00"), Segment("training", ActivityKind.Training, "15:00", "16:00"),
        Work("16:00", "17:00"),
    ];

    /// <summary>A break and a meal may slip five minutes, a shift one.</summary>
    public static readonly Tolerances Tolerances = new(
        new Dictionary<ActivityKind, Duration> { [ActivityKind.Break] = Duration.FromMinutes(5), [ActivityKind.Meal] = Duration.FromMinutes(5) },
        Duration.FromMinutes(1));

    public static readonly Dictionary<string, StateMeaning> Meanings = new()
    {
        ["handling"] = new(StateUse.Handling, null, null),
        ["available"] = new(StateUse.Available, null, null),
        ["live"] = new(StateUse.Handling, null, "live"),
        ["mail"] = new(StateUse.Handling, null, "mail"),
        ["break"] = new(StateUse.Activity, ActivityKind.Break, null),
        ["meal"] = new(StateUse.Activity, ActivityKind.Meal, null),
        ["training"] = new(StateUse.Activity, ActivityKind.Training, null),
        ["meeting"] = new(StateUse.Activity, ActivityKind.Meeting, null),
        ["laptop"] = new(StateUse.Unplanned, null, null),
        ["off"] = new(StateUse.Off, null, null),
    };

    /// <param name="text">Such as 09:00 or 09:00:20.</param>
    public static Instant At(string text)
    {
        var parts = text.Split(':').Select(int.Parse).ToArray();
        return Date.AtMidnight().InUtc().ToInstant() + Duration.FromHours(parts[0]) + Duration.FromMinutes(parts[1])
            + Duration.FromSeconds(parts.ElementAtOrDefault(2));
    }

    public static PlannedSegment Work(string from, string to, string group = "live") => new("work", ActivityKind.Work, group, At(from), At(to), true, false);

    public static PlannedSegment Segment(string code, ActivityKind? kind, string from, string to) => new(
        code, kind, null, At(from), At(to), kind is not (null or ActivityKind.Meal or ActivityKind.Leave), kind is not (null or ActivityKind.Meal));

    /// <param name="states">Such as "09:00 available, 11:00 break".</param>
    public static StateTimeline States(string states, string asOf = "24:00") => StateTimeline.Of(Changes(states), At(asOf), Meanings.GetValueOrDefault);

    public static IReadOnlyList<StateChange> Changes(string states) =>
        [.. states.Split(',').Select(s => s.Trim().Split(' ')).Select(s => new StateChange(s[1], At(s[0])))];

    public static IReadOnlyList<AdherencePart> Compare(
        StateTimeline states, IReadOnlyList<PlannedSegment>? plan = null, Tolerances? tolerances = null, params (Instant, Instant)[] exceptions) =>
        new PersonDay(At("00:00"), At("24:00"), plan ?? Plan, states, exceptions, tolerances ?? Tolerances).Compare();

    public static Duration Sum(this IEnumerable<AdherencePart> parts, Verdict verdict) =>
        parts.Where(p => p.Verdict == verdict).Aggregate(Duration.Zero, (sum, p) => sum + p.Length);
}
