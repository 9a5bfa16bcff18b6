using System.Text.Json;
using NodaTime;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;

namespace Wfm.Api.Features.Rosters.Repair;

/// <summary>That a roster repairs another, and what it changes.</summary>
public sealed class RosterRepairRecord
{
    /// <summary>The repaired roster.</summary>
    public Guid RosterId { get; init; }

    /// <summary>The roster it was made from.</summary>
    public Guid OriginalId { get; init; }

    /// <summary>The moment from which the roster was allowed to change.</summary>
    public Instant From { get; init; }
    public required RepairSummary Summary { get; init; }
    public List<RosterChangeData> Changes { get; init; } = [];
}

/// <summary>The figures of a repair.</summary>
/// <param name="PeopleChanged">People with at least one changed day.</param>
/// <param name="OthersChanged">Of them those who are no part of the change itself.</param>
/// <param name="Before">Coverage of the roster before the change.</param>
/// <param name="Unrepaired">Coverage after the change, with nothing done but what cannot stay taken away.</param>
/// <param name="After">Coverage of the repaired roster.</param>
/// <param name="ClosenessCost">Cost of the differences, the cost of a head-hour being one unit; on top of the penalty of the roster.</param>
public sealed record RepairSummary(
    int PeopleChanged, int OthersChanged, CoverageTotals Before, CoverageTotals Unrepaired, CoverageTotals After, double ClosenessCost);

/// <summary>How well heads are covered, over groups and intervals.</summary>
/// <param name="RequiredHours">Head-hours required.</param>
/// <param name="UnderHours">Head-hours missing, interval by interval.</param>
/// <param name="OverHours">Head-hours beyond the requirement, interval by interval.</param>
/// <param name="Coverage">Share of the required head-hours that is covered, 0 to 1.</param>
public sealed record CoverageTotals(double RequiredHours, double UnderHours, double OverHours, double Coverage)
{
    internal static CoverageTotals From(CoverageFigures figures) => new(figures.RequiredHours, figures.MissingHours, figures.SurplusHours, figures.Coverage);
}

/// <summary>A day of a person that a repair changes.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Date">Local day.</param>
/// <param name="From">The shift there was; null for a day off.</param>
/// <param name="To">The shift there is now; null for a day off.</param>
/// <param name="Kind">activities (same times), moved, freed or added.</param>
/// <param name="Reason">absence, notAllowed, rule, covers, makesRoom or balances.</param>
/// <param name="Why">The reason in words.</param>
/// <param name="Involved">True for people who are part of the change: absent, new, or with a shift that a rule now forbids.</param>
public sealed record RosterChangeData(
    string Agent, LocalDate Date, ChangedShift? From, ChangedShift? To, string Kind, string Reason, string Why, bool Involved)
{
    internal static RosterChangeData Of(ShiftChange change) =>
        new(
            change.AgentId, change.Date, ChangedShift.From(change.From), ChangedShift.From(change.To), Name(change.Kind), Name(change.Reason), change.Why,
            change.IsInvolved);

    internal static string Name(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

/// <summary>A shift in a list of changes.</summary>
/// <param name="Template">Shift template.</param>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="Group">Skill group worked on longest; null when the shift has no work.</param>
/// <param name="PaidMinutes">Paid minutes.</param>
public sealed record ChangedShift(string Template, Instant Start, Instant End, string? Group, int PaidMinutes)
{
    internal static ChangedShift? From(Scheduling.Problem.RosterShift? shift) =>
        shift is null
            ? null
            : new ChangedShift(
                shift.Template, shift.Start, shift.End,
                shift.Activities.Where(a => a.Group is not null).GroupBy(a => a.Group).MaxBy(g => g.Sum(a => (a.End - a.Start).TotalMinutes))?.Key,
                (int)shift.Paid.TotalMinutes);
}
