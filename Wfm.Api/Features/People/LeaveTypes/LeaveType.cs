using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.People.LeaveTypes;

/// <summary>A kind of leave that people can have.</summary>
public sealed class LeaveType : VersionedEntity
{
    public required string Name { get; set; }

    /// <summary>What it is to pay and to averages of working time.</summary>
    public LeaveKind Treatment { get; set; }

    /// <summary>Code of the type whose balance it takes hours from; null for none.</summary>
    public string? Balance { get; set; }

    /// <summary>The balance of its own; null when it has none.</summary>
    public BalanceTerms? Terms { get; set; }

    public bool NeedsApproval { get; set; }
    public int NoticeDays { get; set; }

    /// <summary>True when only the person, and who decides, sees what it is for.</summary>
    public bool HiddenReason { get; set; }

    public bool PartDays { get; set; } = true;

    /// <summary>True for what is told, not asked for, such as sickness: no notice, no blackout, no allowance, no look at coverage.</summary>
    public bool Told { get; set; }

    /// <summary>Days back for which it may still be told.</summary>
    public int BackDays { get; set; }

    public bool Active { get; set; } = true;
}

/// <summary>What fills a balance of leave, and what limits it.</summary>
public sealed record BalanceTerms
{
    /// <summary>Hours a month of employment earns, at least 0; a part of a month earns its share by days. 0 for a balance that is only opened and
    /// adjusted.</summary>
    [System.ComponentModel.DataAnnotations.Range(0.0, 744.0)]
    public double HoursPerMonth { get; init; }

    /// <summary>Weekly hours to which the hours per month belong: who has a contract of other hours earns in proportion. Absent when everybody earns the
    /// same.</summary>
    [System.ComponentModel.DataAnnotations.Range(1.0, 168.0)]
    public double? FullTimeHours { get; init; }

    /// <summary>Local date from which it is earned; absent for the first day of employment, or of the first opening where that is not known.</summary>
    public LocalDate? From { get; init; }

    /// <summary>Month on whose first day the leave year begins, 1 to 12.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 12)]
    public int YearStartsInMonth { get; init; } = 1;

    /// <summary>Most hours that go over into a new leave year; absent for all.</summary>
    [System.ComponentModel.DataAnnotations.Range(0.0, 8784.0)]
    public double? CarryOverHours { get; init; }

    /// <summary>Hours by which the balance may lie below zero.</summary>
    [System.ComponentModel.DataAnnotations.Range(0.0, 8784.0)]
    public double OverdraftHours { get; init; }

    internal int OverdraftMinutes => (int)Math.Round(OverdraftHours * 60);
}
