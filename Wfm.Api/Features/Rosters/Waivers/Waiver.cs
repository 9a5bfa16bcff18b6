using NodaTime;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Constraints;

namespace Wfm.Api.Features.Rosters.Waivers;

/// <summary>Somebody answers for breaking one rule of the organisation: for some people, on some days, so far and no further, and with rest in return.
/// It never changes, it is only revoked.</summary>
public sealed class Waiver
{
    private const double Tolerance = 1e-6; // of amounts that are sums of minutes

    public Guid Id { get; init; } = SequentialId.Next();
    public Guid CrisisId { get; init; }
    public Crisis? Crisis { get; init; }
    public Guid HubId { get; init; }
    public Hub? Hub { get; init; }

    /// <summary>Code of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>How far it may be broken, in the unit of the rule.</summary>
    public double MaximumAmount { get; init; }

    /// <summary>First local day of what may break it.</summary>
    public LocalDate From { get; init; }

    /// <summary>Last local day.</summary>
    public LocalDate To { get; init; }

    /// <summary>From when on nothing more is done under it.</summary>
    public Instant ExpiresAt { get; init; }

    /// <summary>Who approved it, by name and office.</summary>
    public required string ApprovedBy { get; init; }
    public required string Reason { get; init; }

    /// <summary>Hours of rest beyond what is due anyway that each person gets for it.</summary>
    public double RestHours { get; init; }

    /// <summary>Last local day by which the rest is given.</summary>
    public LocalDate RestBy { get; init; }

    /// <summary>Whether it is for everybody at the hub; else for its people.</summary>
    public bool Everybody { get; init; }
    public List<WaiverPerson> People { get; init; } = [];
    public Instant CreatedAt { get; init; }

    /// <summary>Name of the key.</summary>
    public required string CreatedBy { get; init; }
    public Instant? RevokedAt { get; set; }

    /// <summary>Name of the key.</summary>
    public string? RevokedBy { get; set; }
    public string? RevokeReason { get; set; }

    /// <summary>How often the rule was broken under it.</summary>
    public int Uses { get; init; }
    public int Version { get; set; } = 1;

    /// <summary>Whether something may be done under it at a moment, and if not, why.</summary>
    public WaiverState At(Instant now) => RevokedAt is not null ? WaiverState.Revoked
        : Crisis!.At(now) switch
        {
            CrisisState.Closed => WaiverState.CrisisEnded,
            CrisisState.Declared => WaiverState.CrisisAhead,
            _ => now >= ExpiresAt ? WaiverState.Expired : WaiverState.InForce,
        };

    /// <summary>Why it does not cover a breach of its rule; null when it does.</summary>
    internal WaiverRefusal? WhyNot(Violation breach, Instant now) => At(now) switch
    {
        WaiverState.Revoked => No(WaiverGap.Revoked, $"was revoked at {RevokedAt}"),
        WaiverState.CrisisEnded => No(WaiverGap.CrisisEnded, $"ended with the crisis '{Crisis!.Name}' at {Crisis.EndedAt}"),
        WaiverState.CrisisAhead => No(WaiverGap.CrisisAhead, $"waits for the crisis '{Crisis!.Name}', which begins at {Crisis.From}"),
        WaiverState.Expired => No(WaiverGap.Expired, $"expired at {ExpiresAt}"),
        _ when !Everybody && !People.Exists(p => p.Agent!.Code == breach.AgentId) => No(WaiverGap.OtherPerson, "is for other people"),
        _ when breach.From < From || breach.To > To => No(
            WaiverGap.OtherTime, $"is for {From:uuuu-MM-dd} to {To:uuuu-MM-dd}, the breach lies in {breach.From:uuuu-MM-dd} to {breach.To:uuuu-MM-dd}"),
        _ when breach.Amount > MaximumAmount + Tolerance => No(
            WaiverGap.TooFar, $"allows {MaximumAmount:0.##} {breach.Unit}, the breach is {breach.Amount:0.##} {breach.Unit}"),
        _ => null,
    };

    private WaiverRefusal No(WaiverGap gap, string why) => new(gap, Id, $"Waiver {Id} of {Rule} {why}.");
}

/// <summary>What a waiver is good for at the moment.</summary>
public enum WaiverState
{
    /// <summary>Edits may be made under it.</summary>
    InForce,

    /// <summary>Its crisis is declared for a moment that is still ahead.</summary>
    CrisisAhead,

    /// <summary>Its crisis was ended.</summary>
    CrisisEnded,

    /// <summary>It has expired.</summary>
    Expired,

    /// <summary>Somebody took it back.</summary>
    Revoked,
}

/// <summary>A person whom a waiver is for.</summary>
public sealed class WaiverPerson
{
    public Guid WaiverId { get; init; }
    public Guid AgentId { get; init; }
    public Agent? Agent { get; init; }
}

/// <summary>A rule that was broken under a waiver, for good: an edit, or the publication of a roster.</summary>
public sealed class WaiverUse
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid WaiverId { get; init; }
    public Waiver? Waiver { get; init; }
    public Guid CrisisId { get; set; }
    public Guid HubId { get; init; }
    public Guid AgentId { get; init; }
    public Agent? Agent { get; init; }

    /// <summary>The roster; the row outlives it.</summary>
    public Guid RosterId { get; init; }

    /// <summary>Number of the edit of the roster; null for its publication.</summary>
    public int? Edit { get; init; }
    public Instant At { get; init; }

    /// <summary>Name of the key, or who asked for it.</summary>
    public required string By { get; init; }
    public required string Rule { get; init; }
    public LocalDate From { get; init; }
    public LocalDate To { get; init; }
    public double Amount { get; init; }
    public required string Unit { get; init; }

    /// <summary>Where the rule comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The breach in words.</summary>
    public required string Message { get; init; }

    /// <param name="edit">Number of the edit of the roster that makes the breach; null for its publication.</param>
    internal static WaiverUse Of(Guid waiver, Violation breach, Roster roster, Guid agent, Instant at, string by, int? edit = null) => new()
    {
        WaiverId = waiver,
        HubId = roster.HubId,
        AgentId = agent,
        RosterId = roster.Id,
        Edit = edit,
        At = at,
        By = by,
        Rule = breach.Rule,
        From = breach.From,
        To = breach.To,
        Amount = breach.Amount,
        Unit = breach.Unit,
        Source = breach.Source,
        Message = breach.Message,
    };

    /// <summary>Whether it is what a breach stands under: of the same rule, as far, and where it was or around it.</summary>
    internal bool Covers(Violation v) => v.AgentId is { } agent && v.Source == Source && Covers(agent, v.Rule, v.From, v.To, v.Amount);

    /// <summary>The same of a stored breach, whose words end with its source, which tells rules of one kind apart.</summary>
    internal bool Covers(RosterViolation v) => v is { Hard: true, Agent: { } agent, From: { } from, To: { } to }
        && Covers(agent, v.Rule, from, to, v.Amount) && v.Message.EndsWith($"({Source})", StringComparison.Ordinal);

    internal bool Covers(string agent, string rule, LocalDate from, LocalDate to, double amount) =>
        Agent!.Code == agent && Rule == rule && amount <= Amount && ((from >= From && to <= To) || (From >= from && To <= to));
}
