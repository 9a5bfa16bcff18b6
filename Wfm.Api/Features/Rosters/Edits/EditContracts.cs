using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Rosters.Waivers;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Edits;

/// <summary>What an operation of an edit does.</summary>
public enum EditKind
{
    /// <summary>Gives a shift to somebody who has none that day: agent, date, shift.</summary>
    Assign,

    /// <summary>Takes a shift away: agent, date.</summary>
    Remove,

    /// <summary>Lets a shift begin at another time: agent, date, start.</summary>
    Move,

    /// <summary>Lets a shift begin or end earlier or later: agent, date, start or end or both.</summary>
    Resize,

    /// <summary>Puts an activity over a part of a shift: agent, date, activity, group for work, start, end.</summary>
    Segment,

    /// <summary>Lets two people exchange days: agent, date, other, otherDate.</summary>
    Swap,

    /// <summary>Frees somebody: agent, start, end. Shifts within it go, others are cut or interrupted.</summary>
    Leave,
}

/// <summary>Some operations on a roster that are done together or not at all.</summary>
public sealed record EditRosterRequest
{
    /// <summary>Why; people read it in the history.</summary>
    /// <example>Ana called in sick; Ben agreed to take the shift.</example>
    [Required, StringLength(500)]
    public string Reason { get; init; } = "";

    /// <summary>The operations in order; each sees what those before it have made of the days.</summary>
    [Required, MinLength(1), MaxLength(1000)]
    public IReadOnlyList<EditOperationRequest> Operations { get; init; } = [];
}

/// <summary>One operation; its kind says which fields it reads. Times are instants, or local times of the hub.</summary>
public sealed record EditOperationRequest
{
    /// <summary>assign, remove, move, resize, segment, swap or leave.</summary>
    [Required]
    public EditKind? Kind { get; init; }

    /// <summary>Code of the agent.</summary>
    /// <example>dub-001</example>
    [Required]
    public string Agent { get; init; } = "";

    /// <summary>Local day on which the shift starts; not read by leave.</summary>
    public LocalDate? Date { get; init; }

    /// <summary>The shift to assign: a template and its start, or all activities.</summary>
    public PinnedShiftRequest? Shift { get; init; }

    /// <summary>Start.</summary>
    public Instant? Start { get; init; }

    /// <summary>End, exclusive.</summary>
    public Instant? End { get; init; }

    /// <summary>Start in the hub's time, instead of <c>start</c>.</summary>
    public LocalDateTime? LocalStart { get; init; }

    /// <summary>End in the hub's time, instead of <c>end</c>.</summary>
    public LocalDateTime? LocalEnd { get; init; }

    /// <summary>What a segment becomes: work, break, meal, training …</summary>
    public string? Activity { get; init; }

    /// <summary>Skill group of a segment of work.</summary>
    public string? Group { get; init; }

    /// <summary>Code of the other agent of a swap.</summary>
    public string? Other { get; init; }

    /// <summary>Day that the other gives away; the same date when left out.</summary>
    public LocalDate? OtherDate { get; init; }
}

/// <summary>Why to take an edit back.</summary>
public sealed record UndoEditRequest
{
    /// <summary>Why; people read it in the history.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }
}

/// <summary>A rule that is broken, or a minimum that is missed: as data, so that it can be told in any language, and in words.</summary>
/// <param name="Rule">Code of the rule.</param>
/// <param name="Limits">The numbers of the rule by name.</param>
/// <param name="Agent">Code of the agent concerned; null for the hub as a whole.</param>
/// <param name="Group">Skill group concerned; null where it is not about one.</param>
/// <param name="From">First local day concerned.</param>
/// <param name="To">Last local day concerned.</param>
/// <param name="Amount">How much is missing or too much.</param>
/// <param name="Unit">Unit of the amount: minutes, days, shifts, weekends or weighted minutes.</param>
/// <param name="Text">The rule in the words of the policy.</param>
/// <param name="Source">Where it comes from: law and article, contract clause, or the owner of a policy.</param>
/// <param name="Message">The breach in words, with the values.</param>
/// <param name="Hard">True for a rule that refuses an edit; false for what is only told.</param>
/// <param name="Waiver">The waiver under which it is broken all the same; null for none.</param>
/// <param name="Authority">statute, agreement, organisation or wellbeing: whose rule it is; null for a fact such as leave or a skill.</param>
/// <param name="NotWaived">Why no waiver covers it; null where one does, and where nobody asked.</param>
public sealed record EditFinding(
    string Rule, IReadOnlyDictionary<string, double> Limits, string? Agent, string? Group, LocalDate From, LocalDate To, double Amount, string Unit,
    string Text, string Source, string Message, bool Hard, Guid? Waiver = null, RuleAuthority? Authority = null, WaiverRefusal? NotWaived = null)
{
    internal static EditFinding Of(Violation v) =>
        new(
            v.Rule, v.Limits, v.AgentId, v.Group, v.From, v.To, v.Amount, v.Unit, v.Text.Length > 0 ? v.Text : v.Kind.Text, v.Source, v.Message, v.IsHard,
            Authority: v.Authority);
}

/// <summary>A day of a person before and after.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Date">Local day.</param>
/// <param name="Before">The shift before; null for a day off.</param>
/// <param name="After">The shift after; null for a day off.</param>
public sealed record EditedDayData(string Agent, LocalDate Date, EditedShift? Before, EditedShift? After);

/// <summary>Heads of a group where they change.</summary>
/// <param name="Group">Skill group.</param>
/// <param name="Start">Start of the first interval.</param>
/// <param name="IntervalMinutes">Length of an interval.</param>
/// <param name="Required">Heads required per interval.</param>
/// <param name="Before">Heads scheduled per interval before.</param>
/// <param name="After">Heads scheduled per interval after.</param>
public sealed record EditedCoverageData(string Group, Instant Start, int IntervalMinutes, double[] Required, double[] Before, double[] After);

/// <summary>What a person's days of the roster add up to.</summary>
/// <param name="PaidHours">Paid hours.</param>
/// <param name="Shifts">Shifts.</param>
/// <param name="Nights">Night shifts.</param>
/// <param name="Weekends">Weekends of which a day is worked.</param>
/// <param name="ExposureMinutes">Minutes of work × exposure class.</param>
public sealed record PersonFiguresData(double PaidHours, int Shifts, int Nights, int Weekends, double ExposureMinutes)
{
    internal static PersonFiguresData From(Scheduling.Editing.PersonFigures f) => new(f.PaidHours, f.Shifts, f.Nights, f.Weekends, f.ExposureMinutes);
}

/// <summary>A person whom an edit touches.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="NoticeHours">Hours from now to the first moment that changes; below zero where it has begun.</param>
/// <param name="Before">Figures of the roster before.</param>
/// <param name="After">Figures of the roster after.</param>
/// <param name="Cost">Change of what the person's days cost by themselves: contract hours, wishes, steady starts, fair shares.</param>
/// <param name="Late">Whether published times change later than a rule on notice allows; <c>missed</c> has the rule.</param>
/// <param name="NeedsConsent">Whether they change so late that a rule on notice asks for the person's consent.</param>
public sealed record EditedPersonData(
    string Agent, double NoticeHours, PersonFiguresData Before, PersonFiguresData After, double Cost, bool Late, bool NeedsConsent);

/// <summary>The soft cost before and after.</summary>
/// <param name="Before">In parts, before.</param>
/// <param name="After">In parts, after.</param>
/// <param name="Change">Change of the sum; below zero the roster gets better.</param>
public sealed record EditCostData(RosterCosts Before, RosterCosts After, double Change);

/// <summary>What an edit does, or would do.</summary>
/// <param name="Roster">Identity of the roster.</param>
/// <param name="Number">Number of the edit in the history of the roster; null for a check.</param>
/// <param name="Stored">False for a check: nothing has changed.</param>
/// <param name="Allowed">Whether it breaks no hard rule, or only waived ones.</param>
/// <param name="Days">The days that change.</param>
/// <param name="Broken">Hard rules that it breaks, or breaks further than they were.</param>
/// <param name="Missed">What it misses further than before and is not refused for: minima such as presence on a group, notice of what was published, rest that
/// is owed.</param>
/// <param name="Cost">The soft cost before and after.</param>
/// <param name="Coverage">Coverage where it changes.</param>
/// <param name="People">The people whom it touches.</param>
public sealed record EditEffectResponse(
    Guid Roster, int? Number, bool Stored, bool Allowed, IReadOnlyList<EditedDayData> Days, IReadOnlyList<EditFinding> Broken,
    IReadOnlyList<EditFinding> Missed, EditCostData Cost, IReadOnlyList<EditedCoverageData> Coverage, IReadOnlyList<EditedPersonData> People);

/// <summary>An edit in the history of a roster.</summary>
/// <param name="Number">Counts the edits of the roster from 1.</param>
/// <param name="RosterVersion">Version of the roster that it made.</param>
/// <param name="At">When.</param>
/// <param name="By">Name of the key.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cause">What it came from.</param>
/// <param name="Undoes">Number of the edit that it takes back.</param>
/// <param name="InForce">Whether it changed a published roster.</param>
/// <param name="CostBefore">Soft cost of the roster before it.</param>
/// <param name="CostAfter">Soft cost of the roster after it.</param>
/// <param name="Broken">Hard rules that it broke all the same, waived or by a fact such as sickness.</param>
/// <param name="Days">The days before and after.</param>
public sealed record RosterEditResponse(
    int Number, int RosterVersion, Instant At, string By, string Reason, EditCause Cause, int? Undoes, bool InForce, double CostBefore, double CostAfter,
    IReadOnlyList<EditFinding> Broken, IReadOnlyList<EditedDayData> Days);

/// <summary>Somebody who could take open work, or who cannot.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Kind">newShift, longerShift or otherWork.</param>
/// <param name="Fits">Whether no rule stops the person.</param>
/// <param name="Date">Local day that would change.</param>
/// <param name="Before">The shift of that day now; null for a day off.</param>
/// <param name="After">The shift as it would be.</param>
/// <param name="CoveredMinutes">Minutes of the open work that would be done.</param>
/// <param name="Cost">Change of the soft cost of the roster; below zero it gets better.</param>
/// <param name="PersonCost">The part of it that is the person's own days.</param>
/// <param name="NoticeHours">Hours from now to the first moment that would change.</param>
/// <param name="Now">The person's figures in the roster.</param>
/// <param name="Then">The same with the work taken.</param>
/// <param name="Stops">The rules that stop the person, each with the waiver under which it may be broken now, or why there is none. A person by waiver has all
/// of them; of somebody else the first is one that nobody can waive.</param>
public sealed record FitResponse(
    string Agent, Scheduling.Editing.FitKind Kind, bool Fits, LocalDate Date, EditedShift? Before, EditedShift After, double CoveredMinutes, double Cost,
    double PersonCost, double NoticeHours, PersonFiguresData Now, PersonFiguresData Then, IReadOnlyList<EditFinding> Stops);

/// <summary>Who could take open work.</summary>
/// <param name="Group">The skill group.</param>
/// <param name="Start">Start of the work.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="Fitting">How many could.</param>
/// <param name="WaiverFitting">How many could by a waiver.</param>
/// <param name="Stopped">How many have the skill and are stopped, by the first rule that stops them; those by waiver too.</param>
/// <param name="People">Those who could, the best first, then those whom a rule stops that is never waived: law, agreement, a limit on harmful content, a
/// fact.</param>
/// <param name="ByWaiver">Those who could take it only if rules of the organisation were waived, the best first.</param>
public sealed record FitsResponse(
    string Group, Instant Start, Instant End, int Fitting, int WaiverFitting, IReadOnlyDictionary<string, int> Stopped, IReadOnlyList<FitResponse> People,
    IReadOnlyList<FitResponse> ByWaiver);

/// <summary>A part of the work of a shift.</summary>
/// <param name="Group">Skill group.</param>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="Value">How much dearer the roster would be if nobody did it.</param>
/// <param name="RequiredHeads">Heads required meanwhile, on average.</param>
/// <param name="ScheduledHeads">Heads scheduled meanwhile with this person, on average.</param>
public sealed record ServedWorkData(string Group, Instant Start, Instant End, double Value, double RequiredHeads, double ScheduledHeads);

/// <summary>Why a shift is there.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Date">Local day.</param>
/// <param name="Shift">The shift.</param>
/// <param name="Serves">What each part of its work is worth, the dearest first.</param>
/// <param name="RemovalCost">How much dearer the roster would be without the shift; below zero it would be cheaper.</param>
/// <param name="PersonCost">The part of it that is the person's own days.</param>
/// <param name="RemovalBreaks">Hard rules that a day off instead would break.</param>
/// <param name="HasAlternative">Whether the person could do anything else that day by every rule.</param>
/// <param name="Alternative">The next best: another shift; null for a day off, or where there is no alternative.</param>
/// <param name="AlternativeCost">How much dearer the roster would be with it.</param>
public sealed record WhyResponse(
    string Agent, LocalDate Date, EditedShift Shift, IReadOnlyList<ServedWorkData> Serves, double RemovalCost, double PersonCost,
    IReadOnlyList<EditFinding> RemovalBreaks, bool HasAlternative, EditedShift? Alternative, double? AlternativeCost);
