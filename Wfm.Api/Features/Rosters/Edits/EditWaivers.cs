using Wfm.Api.Features.Rosters.Waivers;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Scheduling.Constraints;

namespace Wfm.Api.Features.Rosters.Edits;

/// <summary>Which rules that edits break are waived.</summary>
public sealed class EditWaivers(WaiverBook book)
{
    /// <summary>The broken rules as findings, each with the waiver under which it may be broken, or why there is none.</summary>
    public async Task<IReadOnlyList<EditFinding>> Apply(Hub hub, IReadOnlyList<Violation> broken, CancellationToken cancellationToken) =>
    [
        .. (await book.Judge(hub, broken, cancellationToken)).Select(v => EditFinding.Of(v.Breach) with { Waiver = v.Waiver, NotWaived = v.Refusal }),
    ];

    /// <summary>Notes what an edit breaks under waivers, in its transaction.</summary>
    /// <param name="broken">The broken rules, in the order of the findings of the edit.</param>
    /// <returns>False when it may not be broken any more.</returns>
    internal Task<bool> Use(OpenRoster open, RosterEdit edit, IReadOnlyList<Violation> broken, CancellationToken cancellationToken) => book.Use(
        [
            .. broken.Zip(edit.Broken, (breach, finding) => (Breach: breach, finding.Waiver)).Where(b => b.Waiver is not null)
                // what can be waived is of a person
                .Select(b => WaiverUse.Of(b.Waiver!.Value, b.Breach, open.Roster, open.AgentIds[b.Breach.AgentId!], edit.At, edit.By, edit.Number)),
        ],
        cancellationToken);
}
