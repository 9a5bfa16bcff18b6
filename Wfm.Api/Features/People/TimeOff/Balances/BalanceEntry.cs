using NodaTime;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.People.TimeOff.Balances;

/// <summary>What somebody said of a person's balance; never changes, a correction is a new entry.</summary>
public sealed class BalanceEntry
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid AgentId { get; init; }

    /// <summary>Code of the type whose balance it is.</summary>
    public required string Type { get; init; }

    public LocalDate On { get; init; }

    /// <summary>Opening or adjustment.</summary>
    public LeaveEntryKind Kind { get; init; }

    public int Minutes { get; init; }

    /// <summary>What a month earns from here on, in place of the terms of the type; of openings only.</summary>
    public double? HoursPerMonth { get; init; }

    public required string Reason { get; init; }
    public required string Author { get; init; }
    public Instant CreatedAt { get; init; }

    /// <summary>True when the other says the same: of a date one opening, any number of adjustments with reasons of their own.</summary>
    internal bool Says(BalanceEntry other) => (On, Kind, Minutes, HoursPerMonth) == (other.On, other.Kind, other.Minutes, other.HoursPerMonth)
        && (Kind == LeaveEntryKind.Opening || Reason == other.Reason);

    internal static BalanceEntry Of(BalanceEntryRequest request, Agent agent, LeaveType type, string author, Instant now) => new()
    {
        AgentId = agent.Id,
        Type = type.Code,
        On = request.On!.Value,
        Kind = request.Kind == BalanceEntryKind.Opening ? LeaveEntryKind.Opening : LeaveEntryKind.Adjustment,
        Minutes = (int)Math.Round(request.Hours!.Value * 60),
        HoursPerMonth = request.HoursPerMonth,
        Reason = request.Reason,
        Author = author,
        CreatedAt = now,
    };
}
