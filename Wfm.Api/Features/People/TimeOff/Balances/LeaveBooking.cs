using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.TimeOff.Balances;

/// <summary>A day of leave that takes hours and a place: of leave that is granted, or that waits for a decision with all rules kept.</summary>
public sealed class LeaveBooking
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid AgentId { get; init; }

    /// <summary>Hub of the person when it was booked.</summary>
    public Guid HubId { get; init; }

    public LocalDate Date { get; init; }

    /// <summary>Code of the type of leave.</summary>
    public required string Type { get; init; }

    /// <summary>Code of the type whose balance it takes hours from; null for none.</summary>
    public string? Balance { get; init; }

    public int Minutes { get; init; }

    /// <summary>True for what was told, not asked for; it takes no place of an allowance.</summary>
    public bool IsTold { get; init; }

    /// <summary>The request; null for leave that another system granted.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>The time off; null while nobody has decided.</summary>
    public Guid? EntryId { get; set; }
}
