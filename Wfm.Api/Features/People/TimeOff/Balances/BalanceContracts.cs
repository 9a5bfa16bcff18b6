using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.People.TimeOff.Balances;

/// <summary>What somebody says of a balance.</summary>
public enum BalanceEntryKind
{
    /// <summary>What the balance is at the start of a day, whatever was known before.</summary>
    Opening,

    /// <summary>A correction, up or down.</summary>
    Adjustment,
}

/// <summary>An opening or an adjustment of a person's balance.</summary>
public record BalanceEntryRequest
{
    /// <summary>opening says what the balance is at the start of the date, adjustment adds to it or takes from it.</summary>
    [Required]
    public BalanceEntryKind? Kind { get; init; }

    /// <summary>Local date on which it counts.</summary>
    [Required]
    public LocalDate? On { get; init; }

    /// <summary>Hours, kept to the minute; of an adjustment negative for what is taken.</summary>
    [Required, Range(-100_000.0, 100_000.0)]
    public double? Hours { get; init; }

    /// <summary>Hours that a month earns this person from here on, in place of the terms of the type; of an opening only.</summary>
    [Range(0.0, 744.0)]
    public double? HoursPerMonth { get; init; }

    /// <summary>Why, for whoever reads the balance later.</summary>
    [Required, StringLength(500)]
    public string Reason { get; init; } = "";
}

/// <summary>An opening or an adjustment as a row of a file.</summary>
public sealed record ImportBalanceRequest : BalanceEntryRequest
{
    /// <summary>Code of the agent.</summary>
    [Required, Code]
    public string Agent { get; init; } = "";

    /// <summary>Code of the type of leave, one with a balance of its own.</summary>
    [Required, Code]
    public string Type { get; init; } = "";
}

/// <summary>A person's balance of one type of leave on a date.</summary>
/// <param name="Type">Code of the type.</param>
/// <param name="Name">Name of the type.</param>
/// <param name="On">The local date.</param>
/// <param name="Hours">Hours at the end of the date: opened, earned and adjusted, less what is booked on days up to it, less what has lapsed.</param>
/// <param name="PendingHours">Hours of leave, on any day, that is asked for and not decided.</param>
/// <param name="BookedHours">Hours of leave after the date, asked for or granted.</param>
/// <param name="AvailableHours">Hours that could be taken on the date: the lowest balance from then on, and the overdraft.</param>
/// <param name="OverdraftHours">Hours by which it may lie below zero.</param>
public sealed record BalanceResponse(
    string Type, string Name, LocalDate On, double Hours, double PendingHours, double BookedHours, double AvailableHours, double OverdraftHours);

/// <summary>A change of a balance: said by somebody, booked by leave, earned by a month, or lapsed at the end of a leave year.</summary>
/// <param name="On">Local date on which it counts.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Hours">What it adds; of an opening, by how much it moves the balance.</param>
/// <param name="BalanceHours">The balance after it.</param>
/// <param name="Reason">Why, of an opening or an adjustment.</param>
/// <param name="Author">Who said so.</param>
/// <param name="Request">The request for leave that booked it; null for other changes, and for leave that another system granted.</param>
public sealed record BalanceLineResponse(
    LocalDate On, LeaveEntryKind Kind, double Hours, double BalanceHours, string? Reason, string? Author, string? Request);
