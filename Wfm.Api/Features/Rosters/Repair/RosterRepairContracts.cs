using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;

namespace Wfm.Api.Features.Rosters.Repair;

/// <summary>What has changed since the roster was made. People, leave, contracts and rules are read anew in any case.</summary>
public sealed record RepairRosterRequest : SolveLimitsRequest
{
    /// <summary>People who cannot work for a while, beside the leave that is stored.</summary>
    public IReadOnlyList<AbsenceData> Absences { get; init; } = [];

    /// <summary>Demand that grows or falls for a while.</summary>
    public IReadOnlyList<SurgeData> Surges { get; init; } = [];

    /// <summary>Another requirement of the hub to cover from now on; left out for that of the roster.</summary>
    public Guid? RequirementId { get; init; }

    /// <summary>A version of a policy of the hub that takes the place of the one the roster was made under, from its first day in force on.</summary>
    public PolicyVersionData? LabourPolicy { get; init; }

    /// <summary>Codes of people who have joined since: they may fill any gap, old ones too.</summary>
    public IReadOnlyList<string> NewAgents { get; init; } = [];

    /// <summary>The moment from which the roster may change; now when left out. Days before and shifts begun before it stay, and changes of the
    /// seven days after it weigh double.</summary>
    public Instant? From { get; init; }
}

/// <summary>A person cannot work for a while.</summary>
public sealed record AbsenceData
{
    /// <summary>Code of the agent.</summary>
    /// <example>dub-001</example>
    [Required]
    public required string Agent { get; init; }

    /// <summary>First moment away.</summary>
    public required Instant Start { get; init; }

    /// <summary>First moment back.</summary>
    public required Instant End { get; init; }

    /// <summary>What it is for: annual, sick, parental, training, unpaid or other; sick when absent.</summary>
    public LeaveKind Kind { get; init; } = LeaveKind.Sick;
}

/// <summary>Demand is multiplied for a while.</summary>
public sealed record SurgeData
{
    /// <summary>Skill group; all when left out.</summary>
    public string? Group { get; init; }

    /// <summary>First moment; an interval touched in part changes in part.</summary>
    public required Instant Start { get; init; }

    /// <summary>End, exclusive.</summary>
    public required Instant End { get; init; }

    /// <summary>The new heads as a multiple of the old ones, 0 to 100; 1.2 is a fifth more.</summary>
    /// <example>1.2</example>
    [Range(0.0, 100.0)]
    public required double Factor { get; init; }
}

/// <summary>A version of a labour or wellbeing policy.</summary>
public sealed record PolicyVersionData
{
    /// <summary>Code of the policy; the hub must have it as labour or wellbeing policy.</summary>
    /// <example>ie-owta</example>
    [Required]
    public required string Code { get; init; }

    /// <summary>First local day of the version.</summary>
    public required LocalDate ValidFrom { get; init; }
}

/// <summary>What a repair changes.</summary>
/// <param name="RosterId">The repaired roster.</param>
/// <param name="OriginalId">The roster it was made from.</param>
/// <param name="From">The moment from which it was allowed to change.</param>
/// <param name="Summary">Figures.</param>
/// <param name="Changes">Every changed day, by agent and date.</param>
public sealed record RosterChangesResponse(Guid RosterId, Guid OriginalId, Instant From, RepairSummary Summary, IReadOnlyList<RosterChangeData> Changes);

/// <summary>Two rosters of one hub and period side by side.</summary>
/// <param name="First">Figures of the roster asked for.</param>
/// <param name="Second">Figures of the roster it is compared with.</param>
/// <param name="PeopleChanged">People with at least one day that differs.</param>
/// <param name="Changes">Days that differ, by agent and date; from is the first roster, to the second.</param>
public sealed record RosterComparisonResponse(RosterSideData First, RosterSideData Second, int PeopleChanged, IReadOnlyList<ShiftDifferenceData> Changes);

/// <summary>Figures of one roster in a comparison.</summary>
/// <param name="RosterId">Identity of the roster.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Shifts">Number of shifts.</param>
/// <param name="PaidHours">Hours paid.</param>
/// <param name="Coverage">Coverage of the demand it was made for.</param>
/// <param name="Penalty">Cost in the search's currency, the cost of a head-hour being one unit.</param>
/// <param name="Costs">The penalty in parts; null for a roster made before they were kept.</param>
/// <param name="Nights">How night shifts are shared; at least three hours between 23:00 and 06:00 make one.</param>
/// <param name="Weekends">How worked weekends are shared.</param>
/// <param name="Violations">Number of violations.</param>
/// <param name="HardViolations">Of them breaches of rules.</param>
public sealed record RosterSideData(
    Guid RosterId, int Revision, int Shifts, double PaidHours, CoverageTotals Coverage, double Penalty, RosterCosts? Costs, ShareData Nights,
    ShareData Weekends, int Violations, int HardViolations);

/// <summary>How a count is shared among the people with shifts.</summary>
/// <param name="Total">Sum.</param>
/// <param name="Least">Of the person with the least.</param>
/// <param name="Most">Of the person with the most.</param>
/// <param name="Deviation">Standard deviation over people.</param>
public sealed record ShareData(int Total, int Least, int Most, double Deviation)
{
    internal static ShareData From(Spread spread) => new(spread.Total, spread.Least, spread.Most, spread.Deviation);
}

/// <summary>A day on which two rosters differ.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Date">Local day.</param>
/// <param name="From">Shift of the first roster; null for a day off.</param>
/// <param name="To">Shift of the second roster; null for a day off.</param>
/// <param name="Kind">activities (same times), moved, freed or added.</param>
public sealed record ShiftDifferenceData(string Agent, LocalDate Date, ChangedShift? From, ChangedShift? To, string Kind);

/// <summary>How far from perfect a roster can still be.</summary>
/// <param name="Penalty">Cost of the roster, the cost of a head-hour being one unit.</param>
/// <param name="LowerBound">No roster that keeps every rule costs less; null when none was computed.</param>
/// <param name="Gap">(penalty − lower bound) ÷ penalty, 0 to 1; null without a bound.</param>
/// <param name="Reason">Why there is no bound; null when there is one.</param>
public sealed record RosterBoundResponse(double Penalty, double? LowerBound, double? Gap, string? Reason);
