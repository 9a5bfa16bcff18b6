using System.Text.Json.Serialization;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Adherence;

/// <summary>What a person does while in a state.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StateUse>))]
public enum StateUse
{
    /// <summary>On a contact, or finishing one: productive.</summary>
    Handling,

    /// <summary>Ready for the next contact: productive.</summary>
    Available,

    /// <summary>In an activity beside work, of a kind.</summary>
    Activity,

    /// <summary>There, and kept from what was planned: a broken device, an alarm.</summary>
    Unplanned,

    /// <summary>Not at work.</summary>
    Off,
}

/// <summary>What a state of a person means, to be compared with the plan.</summary>
/// <param name="Use">What the person does.</param>
/// <param name="Kind">Of an activity, its kind, which is neither work nor leave; <see langword="null"/> for everything else.</param>
/// <param name="Group">Of productive states, the skill group worked; <see langword="null"/> when the state does not tell, then any group fits.</param>
/// <exception cref="SchedulingDataException">A kind or a group stands where it cannot.</exception>
public sealed record StateMeaning(StateUse Use, ActivityKind? Kind, string? Group)
{
    /// <summary>What the person does.</summary>
    public StateUse Use { get; } = WhyNot(Use, Kind, Group) is { } reason ? throw new SchedulingDataException(reason) : Use;

    /// <summary>Whether it is productive.</summary>
    public bool IsProductive => Use is StateUse.Handling or StateUse.Available;

    /// <summary>What speaks against a use with a kind and a group; <see langword="null"/> when nothing does.</summary>
    /// <param name="use">The use.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="group">The group.</param>
    public static string? WhyNot(StateUse use, ActivityKind? kind, string? group) => (use, kind) switch
    {
        (StateUse.Activity, null) => "A state that is an activity needs its kind, such as break or training.",
        (StateUse.Activity, ActivityKind.Work or ActivityKind.Leave) => "Work is handling or available, leave is off; neither is an activity of a state.",
        (not StateUse.Activity, not null) => $"Only a state that is an activity has a kind, one that is {use} has none.",
        (not (StateUse.Handling or StateUse.Available), _) when group is not null => $"Only productive states have a group, one that is {use} has none.",
        _ => null,
    };

    /// <summary>Whether it is the right thing to do in a part of a plan.</summary>
    /// <param name="segment">The part; <see langword="null"/> outside of shifts.</param>
    /// <remarks>In a meal, which is a person's own time, being off is as right as being in a meal. Other breaks have to be told by the state.</remarks>
    public bool Fits(PlannedSegment? segment) => segment?.Kind switch
    {
        null or ActivityKind.Leave => Use == StateUse.Off,
        ActivityKind.Work => IsProductive && (Group is null || Group == segment.Group),
        ActivityKind.Overtime => IsProductive || Kind == ActivityKind.Overtime,
        ActivityKind.Meal => Use == StateUse.Off || Kind == ActivityKind.Meal,
        var kind => Kind == kind,
    };
}
