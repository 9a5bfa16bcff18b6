using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>The shifts of a hub over a period, in one immutable version.</summary>
public sealed class Roster : IVersioned
{
    /// <summary>Longest roster, in days: how far back one must look for those that reach into a day.</summary>
    public const int MaximumDays = 84;

    public Guid Id { get; init; } = SequentialId.Next();
    public Guid HubId { get; init; }
    public Hub? Hub { get; init; }
    public LocalDate Start { get; init; }
    public int Days { get; init; }

    /// <summary>Counts the rosters of one hub and period.</summary>
    public int Revision { get; set; }
    public Guid? RequirementRunId { get; init; }
    public double RiskLevel { get; init; }
    public int Seed { get; init; }
    public long MaximumMoves { get; init; }
    public PublicationState State { get; set; } = PublicationState.Draft;
    public int IntervalMinutes { get; init; }
    public required RosterSummary Summary { get; init; }
    public List<RosterViolation> Violations { get; init; } = [];
    public List<UncoveredRun> Uncovered { get; init; } = [];
    public Instant CreatedAt { get; init; }
    public Instant? PublishedAt { get; set; }

    /// <summary>Counts publications, of all hubs: the last one decides about a day. Null for a draft.</summary>
    public int? Publication { get; set; }
    public Guid? JobId { get; init; }

    /// <summary>Edits made since: the number of the last.</summary>
    public int Edits { get; init; }

    /// <summary>What its soft goals cost, once that has been asked for.</summary>
    public RosterGoalPrices? GoalPrices { get; init; }
    public int Version { get; set; } = 1;
    public List<Shift> Shifts { get; init; } = [];
    public List<RosterPerson> People { get; init; } = [];
    public List<GroupCoverage> Coverage { get; init; } = [];
    public List<DeadlineCoverage> Deadlines { get; init; } = [];
}

/// <summary>One agent's working period.</summary>
public sealed class Shift
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid RosterId { get; init; }
    public Guid AgentId { get; init; }
    public Agent? Agent { get; init; }

    /// <summary>The local day the shift starts on.</summary>
    public LocalDate Date { get; init; }
    public required string Template { get; init; }
    public Instant Start { get; init; }
    public Instant End { get; init; }
    public int PaidMinutes { get; init; }
    public List<ShiftActivityData> Activities { get; init; } = [];

    public ShiftInForce ToInForce(Guid hubId, ShiftState state) =>
        new(Id, AgentId, hubId, state, Date, Template, Start, End, PaidMinutes, Activities.Find(a => a.Group is not null)?.Group, Activities);
}

/// <summary>A part of a shift.</summary>
/// <param name="Kind">work, meal, break, wellness …</param>
/// <param name="Group">Skill group worked on; null for anything but work.</param>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
public sealed record ShiftActivityData(string Kind, string? Group, Instant Start, Instant End);

/// <summary>Required against scheduled heads of one skill group, from the first local midnight of the roster.</summary>
public sealed class GroupCoverage
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid RosterId { get; init; }
    public required string Group { get; init; }
    public Instant Start { get; init; }
    public int IntervalMinutes { get; init; }

    /// <summary>Zone of the hub when it was made: the grid travels with the curves.</summary>
    public required string TimeZone { get; init; }
    public required double[] Required { get; init; }
    public required double[] Scheduled { get; init; }

    /// <summary>Where the values of the curves lie in time.</summary>
    public GridSpan Span => GridSpan.From(IntervalGrid.Of(IntervalMinutes, DateTimeZoneProviders.Tzdb[TimeZone]), Start, Scheduled.Length);
}

/// <summary>What a roster does to the deferrable work of one queue, from the first local midnight of the roster; cumulative hours of work.</summary>
public sealed class DeadlineCoverage
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid RosterId { get; init; }
    public required string Group { get; init; }
    public required string Queue { get; init; }

    /// <summary>Place in the order of urgency, within a group ascending: what a queue leaves of the time of its group serves the next.</summary>
    public int Place { get; init; }
    public Instant Start { get; init; }
    public int IntervalMinutes { get; init; }
    public required string TimeZone { get; init; }
    public required double[] DueHours { get; init; }
    public required double[] ArrivedHours { get; init; }
    public required double[] WorkedHours { get; init; }
    public double LateHours { get; init; }
    public double UndoneHours { get; init; }
    public Instant? FirstLate { get; init; }
}

/// <summary>The figures a manager asks first. Hours of work on demand are head-hours, breaks left out, weighted by proficiency.</summary>
public sealed record RosterSummary
{
    /// <summary>Active people of the hub.</summary>
    public int Agents { get; init; }

    /// <summary>Shifts in the roster.</summary>
    public int Shifts { get; init; }

    /// <summary>Head-hours required: of immediate work interval by interval, of deferrable work for what falls due in the period.</summary>
    public double RequiredHours { get; init; }

    /// <summary>Head-hours scheduled.</summary>
    public double ScheduledHours { get; init; }

    /// <summary>Head-hours missing: of immediate work interval by interval, of deferrable work for what misses its deadline.</summary>
    public double UnderHours { get; init; }

    /// <summary>Head-hours beyond what immediate work and minimum presence need, and without deferrable work to do.</summary>
    public double OverHours { get; init; }

    /// <summary>1 − head-hours missing ÷ head-hours required.</summary>
    public double Coverage { get; init; }

    /// <summary>Hours of deferrable work that fall due in the period.</summary>
    public double DueHours { get; init; }

    /// <summary>Hours of these that miss their deadline, however late they are.</summary>
    public double LateHours { get; init; }

    /// <summary>Hours of these given up because they were too late, or overdue at the end.</summary>
    public double UndoneHours { get; init; }

    /// <summary>When deferrable work misses its deadline first; null when none does.</summary>
    public Instant? FirstLate { get; init; }

    /// <summary>Hours paid.</summary>
    public double PaidHours { get; init; }

    /// <summary>Cost of the roster in the search's currency, the cost of a head-hour being one unit.</summary>
    public double Penalty { get; init; }

    /// <summary>The penalty in parts; null for a roster made before they were kept.</summary>
    public RosterCosts? Costs { get; init; }

    /// <summary>How the roster can be lived with: days off alone, weekends, nights, starts; null for a roster made before it was counted.</summary>
    public ErgonomicFigures? Ergonomics { get; init; }

    /// <summary>No roster that keeps every rule costs less than this; null when no bound was computed.</summary>
    public double? LowerBound { get; init; }

    /// <summary>How a minute on a group whose queues differ in severity counted in limits of exposure, by the policy: worstCase (as the most severe queue
    /// of the group, which is what a person may be shown all along) or expected (by the share of the group's work in queues of each class).</summary>
    public ExposureBasis ExposureBasis { get; init; }

    /// <summary>Coverage of the figures.</summary>
    internal CoverageFigures Figures => new(RequiredHours, UnderHours, OverHours);

    /// <summary>Moves the search tried.</summary>
    public long Moves { get; init; }

    /// <summary>Why the search ended: workLimit, timeLimit, proven or nothingToDecide.</summary>
    public required string StopReason { get; init; }
}

/// <summary>Something that could not be kept.</summary>
/// <param name="Rule">Which rule.</param>
/// <param name="Agent">Code of the agent concerned.</param>
/// <param name="From">First local day concerned.</param>
/// <param name="To">Last local day concerned.</param>
/// <param name="Amount">How much is missing or too much, in the unit the message names.</param>
/// <param name="Message">What and why, in words, with the source of the rule.</param>
/// <param name="Hard">True for a labour rule; false for contract hours or minimum presence that could not be given.</param>
/// <param name="Conflict">Why it cannot be otherwise; null when it was not shown to be impossible.</param>
/// <param name="Group">Skill group concerned; null where it is not about one.</param>
/// <param name="Waiver">The waiver under which it was allowed; null for none.</param>
public sealed record RosterViolation(
    string Rule, string? Agent, LocalDate? From, LocalDate? To, double Amount, string Message, bool Hard, ConflictData? Conflict = null, string? Group = null,
    Guid? Waiver = null);

/// <summary>A run of intervals with heads missing, deferrable work late or fewer people than must be there, and why nobody covers it.</summary>
/// <param name="Group">Skill group.</param>
/// <param name="From">Start of the run.</param>
/// <param name="To">End of the run, exclusive.</param>
/// <param name="HeadHours">Head-hours missing; hours of deferrable work that miss their deadline.</param>
/// <param name="DeepestGap">Most heads missing at once; most hours of deferrable work late at once.</param>
/// <param name="At">The interval for which the reasons hold: that with the deepest gap, or with fewest hands while the late work waited.</param>
/// <param name="Reasons">Agents with the skill, by what stops them.</param>
/// <param name="Deadline">When the first of the late work was due; null for missing heads of immediate work.</param>
/// <param name="Message">The late work or the missing presence in words; empty for missing heads of immediate work.</param>
/// <param name="MinimumPresence">People who must be there at any time, where too few are; null for other gaps.</param>
public sealed record UncoveredRun(
    string Group, Instant From, Instant To, double HeadHours, double DeepestGap, Instant At, IReadOnlyList<BlockedReason> Reasons, Instant? Deadline = null,
    string Message = "", double? MinimumPresence = null);

/// <summary>Agents stopped for one reason.</summary>
/// <param name="Reason">The reason in short.</param>
/// <param name="Rule">The labour rule, when it is one.</param>
/// <param name="Agents">How many people.</param>
/// <param name="Message">The reason in words.</param>
public sealed record BlockedReason(string Reason, string? Rule, int Agents, string Message);
