using NodaTime;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.People.TimeOff.Requests;

/// <summary>Leave that another system has decided about.</summary>
/// <param name="Agent">With hub and contract.</param>
/// <param name="Type">Its type.</param>
/// <param name="Start">Start, inclusive.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="Overdraw">True books it even below what the type allows.</param>
/// <param name="Note">What the other system adds; null for nothing.</param>
public sealed record LeaveFact(Agent Agent, LeaveType Type, Instant Start, Instant End, bool Overdraw, string? Note);

/// <summary>Why leave is not granted.</summary>
/// <param name="Code">overlap or balance.</param>
/// <param name="Message">In words.</param>
/// <param name="Findings">What the rules found; null where none was asked.</param>
internal sealed record LeaveRefusal(string Code, string Message, IReadOnlyList<LeaveFinding>? Findings = null);

/// <summary>What became of such leave.</summary>
/// <param name="Entry">The time off; null where it is refused.</param>
/// <param name="Refusal">Why it is refused; null where it is not.</param>
/// <param name="IsKnown">True when the same leave was there already.</param>
/// <param name="IsNews">True when it was there with another note.</param>
internal sealed record LeaveFactAnswer(TimeOffEntry? Entry, LeaveRefusal? Refusal = null, bool IsKnown = false, bool IsNews = false)
{
    /// <summary>Published shifts that it meets.</summary>
    public IReadOnlyList<ShiftInForce> Met { get; init; } = [];
}
