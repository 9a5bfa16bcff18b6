using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Editing;

namespace Wfm.Api.Features.Rosters.Edits;

/// <summary>Rest that people were promised for a rule that was broken.</summary>
public interface IPromisedRest
{
    /// <summary>The rest that a roster gives and that an edit would take away again; nothing for a draft, which gives nobody anything.</summary>
    Task<IReadOnlyList<Violation>> Lost(OpenRoster open, EditEffect effect, CancellationToken cancellationToken);
}
