using System.Numerics;
using System.Text.Json.Serialization;
using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>A set of ISO weekdays.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<DaysOfWeek>))]
public enum DaysOfWeek
{
    /// <summary>No day.</summary>
    None = 0,

    /// <summary>Monday.</summary>
    Monday = 1,

    /// <summary>Tuesday.</summary>
    Tuesday = 2,

    /// <summary>Wednesday.</summary>
    Wednesday = 4,

    /// <summary>Thursday.</summary>
    Thursday = 8,

    /// <summary>Friday.</summary>
    Friday = 16,

    /// <summary>Saturday.</summary>
    Saturday = 32,

    /// <summary>Sunday.</summary>
    Sunday = 64,

    /// <summary>Monday to Friday.</summary>
    Weekdays = Monday | Tuesday | Wednesday | Thursday | Friday,

    /// <summary>Saturday and Sunday.</summary>
    Weekend = Saturday | Sunday,

    /// <summary>Every day.</summary>
    All = Weekdays | Weekend,
}

/// <summary>Questions to a <see cref="DaysOfWeek"/>.</summary>
public static class DaysOfWeekExtensions
{
    /// <summary>True when the set holds the day.</summary>
    /// <param name="days">The set.</param>
    /// <param name="day">An ISO weekday; <see cref="IsoDayOfWeek.None"/> is never contained.</param>
    public static bool Contains(this DaysOfWeek days, IsoDayOfWeek day) =>
        day != IsoDayOfWeek.None && ((int)days & (1 << ((int)day - 1))) != 0;

    /// <summary>How many days the set holds.</summary>
    /// <param name="days">The set.</param>
    public static int Count(this DaysOfWeek days) => BitOperations.PopCount((uint)days);
}
