using System.Text.Json.Serialization;
using NodaTime;

namespace Wfm.Scheduling.Leave;

/// <summary>A request for leave with everything the rules look at.</summary>
/// <param name="FirstDay">First local date of it.</param>
/// <param name="AskedOn">Local date on which it is asked.</param>
/// <param name="NoticeDays">Days that must lie between the two.</param>
public sealed record LeaveCase(LocalDate FirstDay, LocalDate AskedOn, int NoticeDays)
{
    /// <summary>What its balance would be; <see langword="null"/> for leave that counts against none.</summary>
    public BalanceAfter? Balance { get; init; }

    /// <summary>Whether it is told, not asked for, such as sickness: nothing but the balance is looked at.</summary>
    public bool IsTold { get; init; }

    /// <summary>Blackouts that one of its days meets.</summary>
    public IReadOnlyList<Blackout> Blackouts { get; init; } = [];

    /// <summary>Allowances of its days, in order of date.</summary>
    public IReadOnlyList<AllowanceUse> Allowances { get; init; } = [];

    /// <summary>Groups in the intervals that it takes hands from, in order of time; <see langword="null"/> where neither roster nor requirement is
    /// known.</summary>
    public IReadOnlyList<GroupCover>? Coverage { get; init; }
}

/// <summary>A balance with the request taken from it.</summary>
/// <param name="Type">The leave type whose balance it is.</param>
/// <param name="Minutes">What it was on the first day, without the request.</param>
/// <param name="Cost">Minutes the request takes.</param>
/// <param name="Lowest">The lowest balance on any day from the first on, with the request.</param>
/// <param name="LowestOn">When it is so low.</param>
/// <param name="Overdraft">Minutes by which it may lie below zero.</param>
public sealed record BalanceAfter(string Type, int Minutes, int Cost, int Lowest, LocalDate LowestOn, int Overdraft);

/// <summary>Days on which nobody concerned takes leave.</summary>
/// <param name="Code">What it is called.</param>
/// <param name="From">First local date.</param>
/// <param name="To">Last local date.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record Blackout(string Code, LocalDate From, LocalDate To, string Reason);

/// <summary>What an allowance counts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AllowanceMeasure>))]
public enum AllowanceMeasure
{
    /// <summary>Hours of leave on a day.</summary>
    Hours,

    /// <summary>People away on a day, each as one.</summary>
    Heads,

    /// <summary>No number: as much as coverage allows. Lifts the allowances of the same people on its days.</summary>
    Coverage,
}

/// <summary>An allowance on one day of a request.</summary>
/// <param name="Code">What it is called.</param>
/// <param name="On">The local date.</param>
/// <param name="Measure">Hours or heads.</param>
/// <param name="Limit">Most that may be away.</param>
/// <param name="Taken">What is taken by others, granted and not decided.</param>
/// <param name="Asked">What the request takes.</param>
public sealed record AllowanceUse(string Code, LocalDate On, AllowanceMeasure Measure, double Limit, double Taken, double Asked);

/// <summary>What a group's cover is measured by.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CoverBasis>))]
public enum CoverBasis
{
    /// <summary>The roster in force: heads in an interval.</summary>
    Roster,

    /// <summary>The requirement, where no roster is in force: hours of a day.</summary>
    Requirement,
}

/// <summary>A group in an interval that a request takes hands from.</summary>
/// <param name="Group">Skill group.</param>
/// <param name="Start">Start of the interval, or of the day.</param>
/// <param name="Basis">Heads of the roster, or hours of the requirement.</param>
/// <param name="Required">What is required.</param>
/// <param name="Before">What is there without the request, weighted by proficiency.</param>
/// <param name="After">What is there with it.</param>
/// <param name="MinimumPresence">People who must be there; 0 for none.</param>
/// <param name="PeopleBefore">People there without the request.</param>
/// <param name="PeopleAfter">People there with it.</param>
public sealed record GroupCover(
    string Group, Instant Start, CoverBasis Basis, double Required, double Before, double After, double MinimumPresence, double PeopleBefore,
    double PeopleAfter)
{
    /// <summary>What is missing with the request.</summary>
    public double Missing => Math.Max(0, Required - After);

    /// <summary>How much more is missing with the request than without.</summary>
    public double Worse => Missing - Math.Max(0, Required - Before);
}
