using NodaTime;
using Wfm.Api.Features.Rosters.Waivers;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Rests;

namespace Wfm.Api.Features.Rosters.Rests;

/// <summary>How it stands with rest that is owed.</summary>
public enum OwedRestState
{
    /// <summary>It was given.</summary>
    Given,

    /// <summary>What is published gives it, and it is not over yet.</summary>
    Planned,

    /// <summary>What is published does not give it, and not all days until it is due are published.</summary>
    Open,

    /// <summary>All days until it is due are published, and none gives it: an edit has to.</summary>
    Missing,

    /// <summary>The day by which it was due is over, and it was not given.</summary>
    Overdue,
}

/// <summary>Rest that a person is owed for a rule that was broken under a waiver and stands broken in what is published.</summary>
/// <param name="Use">The breach, the last time it was made, with its waiver and person.</param>
/// <param name="Debt">What is owed.</param>
/// <param name="Paid">The rest that gives it.</param>
/// <param name="State">How it stands.</param>
/// <param name="Text">The broken rule in words; empty where no policy has it any more.</param>
internal sealed record OwedRest(WaiverUse Use, RestDebt Debt, RestPaid Paid, OwedRestState State, string Text)
{
    /// <summary>The finding, as though it were not given.</summary>
    public Violation Missing(DateTimeZone zone) => CompensatingRest.Missing(
        Use.Agent!.Code, Debt, Paid, zone, Text.Length > 0 ? $"{CompensatingRest.Kind.Text} {Use.Rule}: {Text}" : CompensatingRest.Kind.Text,
        $"waiver {Use.WaiverId}, approved by {Use.Waiver!.ApprovedBy}; {Use.Source}");
}
