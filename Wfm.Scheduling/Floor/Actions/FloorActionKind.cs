using System.Text.Json.Serialization;

namespace Wfm.Scheduling.Floor.Actions;

/// <summary>What can be done about a day that has begun.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FloorActionKind>))]
public enum FloorActionKind
{
    /// <summary>People whose shift ends stay longer.</summary>
    ExtendShift,

    /// <summary>People who are still to come begin earlier.</summary>
    StartEarly,

    /// <summary>People who are off come in.</summary>
    CallIn,

    /// <summary>People who are not needed go earlier, if they like.</summary>
    VoluntaryTimeOff,

    /// <summary>Breaks and meals move out of a shortage.</summary>
    MoveBreak,

    /// <summary>Trainings, meetings and coaching move out of a shortage to another time of the day, everybody in them together.</summary>
    MoveTraining,

    /// <summary>People change to another group of immediate work for a while.</summary>
    OtherGroup,

    /// <summary>People whom nothing waits for work on a backlog.</summary>
    IdleOnBacklog,
}
