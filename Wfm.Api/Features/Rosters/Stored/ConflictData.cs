using System.Text.Json;
using NodaTime;
using Wfm.Scheduling.Explanation;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>A proof that something asked of a roster is impossible: a smallest set of facts that cannot all hold. Change any one of them and the others
/// can.</summary>
/// <param name="Kind">What cannot be had: fixedDays (pinned or past days against the rules), hours (hours due to an agent) or presence (minimum heads of a
/// group).</param>
/// <param name="Agent">Code of the agent concerned; null for presence.</param>
/// <param name="Group">Skill group concerned; null for an agent's days.</param>
/// <param name="From">First local day concerned.</param>
/// <param name="To">Last local day concerned.</param>
/// <param name="Smallest">False when the work limit ended the search before every fact was shown to be needed.</param>
/// <param name="ShortfallHours">Hours of work that cannot be given, or head-hours that cannot be present; 0 for fixed days.</param>
/// <param name="Message">The conflict in words.</param>
/// <param name="Facts">The facts that contradict one another.</param>
public sealed record ConflictData(
    string Kind,
    string? Agent,
    string? Group,
    LocalDate From,
    LocalDate To,
    bool Smallest,
    double ShortfallHours,
    string Message,
    IReadOnlyList<ConflictFactData> Facts)
{
    internal static ConflictData Of(RosterConflict conflict) => new(
        Name(conflict.Kind.ToString()), conflict.AgentId, conflict.Group, conflict.From, conflict.To, conflict.IsSmallest, conflict.Shortfall, conflict.Message,
        [.. conflict.Facts.Select(f => new ConflictFactData(Name(f.Kind.ToString()), f.AgentId, f.Group, f.From, f.To, f.Rule, f.Source, f.Text))]);

    private static string Name(string kind) => JsonNamingPolicy.CamelCase.ConvertName(kind);
}

/// <summary>One of the facts of a conflict.</summary>
/// <param name="Kind">contractMinimumHours, periodMinimumHours, minimumPresence, peopleWithSkill, rule, contractRule, contractMaximumHours,
/// contractMaximumDays, contractTemplates, employment, availability, timeOff, optOut or pinned.</param>
/// <param name="Agent">Code of the agent it binds; null for all.</param>
/// <param name="Group">Skill group it speaks of, if any.</param>
/// <param name="From">First local day it speaks of; null for every day.</param>
/// <param name="To">Last local day it speaks of; null for every day.</param>
/// <param name="Rule">The labour rule, when it is one.</param>
/// <param name="Source">Where it comes from: law and section, contract, or the data.</param>
/// <param name="Text">The fact in words.</param>
public sealed record ConflictFactData(string Kind, string? Agent, string? Group, LocalDate? From, LocalDate? To, string? Rule, string Source, string Text);
