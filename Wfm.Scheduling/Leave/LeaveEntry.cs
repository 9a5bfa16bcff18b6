using System.Text.Json.Serialization;
using NodaTime;

namespace Wfm.Scheduling.Leave;

/// <summary>What changes a balance of leave, in the order in which it counts within a day.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeaveEntryKind>))]
public enum LeaveEntryKind
{
    /// <summary>What the old leave year leaves beyond what may be carried over, gone on the first day of the new one.</summary>
    Lapse,

    /// <summary>What the balance is at the start of a day, whatever was known before.</summary>
    Opening,

    /// <summary>A correction by a person, up or down.</summary>
    Adjustment,

    /// <summary>A day of leave, asked for and not decided, or granted.</summary>
    Booking,

    /// <summary>What a month has earned, on its last day.</summary>
    Accrual,
}

/// <summary>One change of a balance.</summary>
/// <param name="On">Local date on which it counts.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Minutes">What it adds, negative for what it takes; of an opening, the balance itself.</param>
/// <param name="Source">What it comes from, as the caller names it; <see langword="null"/> for what the terms earn or take.</param>
public sealed record LeaveEntry(LocalDate On, LeaveEntryKind Kind, int Minutes, string? Source = null);

/// <summary>A change of a balance with what it makes of it.</summary>
/// <param name="Entry">The change; of an opening, the minutes by which it moves the balance.</param>
/// <param name="Balance">Minutes after it.</param>
public sealed record LeaveLine(LeaveEntry Entry, int Balance);
