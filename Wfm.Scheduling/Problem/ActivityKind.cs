using System.Text.Json.Serialization;

namespace Wfm.Scheduling.Problem;

/// <summary>What an activity of a shift is by nature, whatever an operation calls it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActivityKind>))]
public enum ActivityKind
{
    /// <summary>Work on a group.</summary>
    Work,

    /// <summary>Rest break.</summary>
    Break,

    /// <summary>Meal break.</summary>
    Meal,

    /// <summary>Learning something.</summary>
    Training,

    /// <summary>A meeting of several people.</summary>
    Meeting,

    /// <summary>Two people about the work of one of them.</summary>
    Coaching,

    /// <summary>Time for oneself, without contacts.</summary>
    Wellness,

    /// <summary>Time off contacts after severe ones.</summary>
    Cooldown,

    /// <summary>Paid work beyond the shift that is on no group.</summary>
    Overtime,

    /// <summary>Leave that takes a part of a shift.</summary>
    Leave,
}
