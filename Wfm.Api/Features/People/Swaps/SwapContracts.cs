using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Http;
using Wfm.Scheduling.Requests;

namespace Wfm.Api.Features.People.Swaps;

/// <summary>A shift of one's own to exchange, or to give away. Times are on the clock of the hub.</summary>
public record AskSwapRequest
{
    /// <summary>exchange or giveAway.</summary>
    [Required]
    public SwapKind? Kind { get; init; }

    /// <summary>Local day of one's shift.</summary>
    [Required]
    public LocalDate? Date { get; init; }

    /// <summary>Code of who is asked; left out, a give-away is offered to everybody who may take it.</summary>
    public string? Other { get; init; }

    /// <summary>Local day of the shift that the other gives in return; of an exchange only, the same day when left out.</summary>
    public LocalDate? OtherDate { get; init; }

    /// <summary>Start of the part that is given away; the start of the shift when left out.</summary>
    public LocalDateTime? From { get; init; }

    /// <summary>End of the part that is given away; the end of the shift when left out.</summary>
    public LocalDateTime? To { get; init; }

    /// <summary>Why; the other reads it.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }

    internal SwapAsk Read(DateTimeZone zone, Findings findings)
    {
        var isExchange = Kind == SwapKind.Exchange;
        findings.Require(Kind != SwapKind.PickUp, "/kind", Kind, "Open shifts are picked up with POST /api/v1/me/open-shifts/{id}:take.");
        findings.Require(!isExchange || !string.IsNullOrEmpty(Other), "/other", Other, "The other agent of the exchange is needed.");
        findings.Require(isExchange || OtherDate is null, "/otherDate", OtherDate, "A give-away asks for nothing in return.");
        findings.Require(!isExchange || From is null, "/from", From, "Shifts are exchanged whole; a part can be given away.");
        findings.Require(!isExchange || To is null, "/to", To, "Shifts are exchanged whole; a part can be given away.");
        findings.ThrowIfAny();
        return new SwapAsk(
            Kind!.Value, Date!.Value, string.IsNullOrEmpty(Other) ? null : Other, isExchange ? OtherDate ?? Date : null, At(From), At(To), Reason);

        Instant? At(LocalDateTime? local) => local is { } time ? TimeRanges.InstantOf(zone, time) : null;
    }
}

/// <summary>A swap put in by a manager for two people.</summary>
public sealed record CreateSwapRequest : AskSwapRequest
{
    /// <summary>Code of who gives the shift.</summary>
    [Required]
    public string Agent { get; init; } = "";

    /// <summary>Whether the other has agreed already.</summary>
    public bool Accepted { get; init; }
}

/// <summary>Why a request is decided, or taken back.</summary>
public sealed record SwapReasonRequest
{
    /// <summary>Why; the people concerned read it.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }
}

/// <summary>A request between people, as managers see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">exchange, giveAway or pickUp.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Agent">Code of who asks.</param>
/// <param name="Date">Local day of the shift that passes.</param>
/// <param name="Other">Code of who is asked or took it; null where nobody has yet.</param>
/// <param name="OtherDate">Local day of the shift that the other gives.</param>
/// <param name="ToEverybody">Whether it is offered to whoever may take it.</param>
/// <param name="From">First moment of the part that passes; null for the whole shift.</param>
/// <param name="To">First moment after the part.</param>
/// <param name="Shift">The shift that passes, as it was when it was asked for.</param>
/// <param name="OtherShift">The other's shift, as it was then.</param>
/// <param name="OpenShift">Identity of the open shift that is taken.</param>
/// <param name="AskedAt">When it was asked for.</param>
/// <param name="ExpiresAt">When it expires unless it is decided.</param>
/// <param name="Rule">The rule that decided, or left it to the manager.</param>
/// <param name="Roster">Identity of the roster that was edited.</param>
/// <param name="Edit">Number of the edit in the history of the roster.</param>
/// <param name="Steps">Each change of its state.</param>
/// <param name="Etag">ETag of this version, quotes included; goes into If-Match of a decision.</param>
/// <param name="Version">Grows by one with every change.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record SwapResponse(
    Guid Id, SwapKind Kind, SwapState State, string Hub, string Agent, LocalDate Date, string? Other, LocalDate? OtherDate, bool ToEverybody, Instant? From,
    Instant? To, EditedShift Shift, EditedShift? OtherShift, Guid? OpenShift, Instant AskedAt, Instant ExpiresAt, string? Rule, Guid? Roster, int? Edit,
    IReadOnlyList<SwapStep> Steps, string Etag, int Version, Instant UpdatedAt) : IVersionedResponse
{
    internal static SwapResponse Of(Swap s) => new(
        s.Id, s.Kind, s.State, s.Hub!.Code, s.Agent!.Code, s.Date, s.Other?.Code, s.OtherDate, s.ToEverybody, s.From, s.To, s.Shift, s.OtherShift,
        s.OpenShiftId, s.AskedAt, s.ExpiresAt, s.Rule, s.RosterId, s.Edit, s.Steps, ETags.Of(s.Id, s.Version), s.Version, s.UpdatedAt);
}

/// <summary>Somebody one swaps with: no more than who it is.</summary>
/// <param name="Code">Code of the agent.</param>
/// <param name="Name">Name shown on rosters.</param>
public sealed record SwapPersonResponse(string Code, string Name);

/// <summary>A change of a request's state, as the people concerned see it.</summary>
/// <param name="State">The new state.</param>
/// <param name="At">When.</param>
/// <param name="By">Code of one of the two people, or <c>manager</c>, <c>policy</c>, <c>rules</c> or <c>clock</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Rule">The rule that decided.</param>
public sealed record MySwapStepResponse(SwapState State, Instant At, string By, string? Reason, string? Rule);

/// <summary>A request of one's own, or an offer of another.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">exchange, giveAway or pickUp.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Mine">Whether one has asked for it oneself.</param>
/// <param name="With">The other; null where nobody has agreed yet, and for open shifts.</param>
/// <param name="Gives">Local day of the shift that one gives; null for none.</param>
/// <param name="GivenShift">That shift, as it was when it was asked for.</param>
/// <param name="Takes">Local day of the shift that one takes; null for none.</param>
/// <param name="TakenShift">That shift, as it was when it was asked for.</param>
/// <param name="From">First moment of the part that passes; null for the whole shift.</param>
/// <param name="To">First moment after the part.</param>
/// <param name="OpenShift">Identity of the open shift that is taken.</param>
/// <param name="AskedAt">When it was asked for.</param>
/// <param name="ExpiresAt">When it expires unless it is decided.</param>
/// <param name="Rule">The rule that decided, or left it to the manager.</param>
/// <param name="Steps">Each change of its state.</param>
/// <param name="Etag">ETag of this version, quotes included; goes into If-Match of a decision.</param>
/// <param name="Version">Grows by one with every change.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record MySwapResponse(
    Guid Id, SwapKind Kind, SwapState State, bool Mine, SwapPersonResponse? With, LocalDate? Gives, EditedShift? GivenShift, LocalDate? Takes,
    EditedShift? TakenShift, Instant? From, Instant? To, Guid? OpenShift, Instant AskedAt, Instant ExpiresAt, string? Rule,
    IReadOnlyList<MySwapStepResponse> Steps, string Etag, int Version, Instant UpdatedAt) : IVersionedResponse
{
    internal static MySwapResponse Of(Swap s, Agent me)
    {
        var mine = s.AgentId == me.Id;
        var with = mine ? s.Other : s.Agent;
        var (given, taken) = ((Date: (LocalDate?)s.Date, Shift: (EditedShift?)s.Shift), (Date: s.OtherDate, Shift: s.OtherShift));
        var (gives, takes) = s.Kind == SwapKind.PickUp || !mine ? (taken, given) : (given, taken);
        string[] known = [me.Code, with?.Code ?? me.Code, Swap.Policy, Swap.Rules, Swap.Clock];
        return new MySwapResponse(
            s.Id, s.Kind, s.State, mine, with is null ? null : new SwapPersonResponse(with.Code, with.Name), gives.Date, gives.Shift, takes.Date, takes.Shift,
            s.From, s.To, s.OpenShiftId, s.AskedAt, s.ExpiresAt, s.Rule,
            s.Steps.ConvertAll(step => new MySwapStepResponse(
                step.State, step.At, known.Contains(step.By) ? step.By : "manager", step.By == Swap.Policy ? null : step.Reason, step.Rule)),
            ETags.Of(s.Id, s.Version), s.Version, s.UpdatedAt);
    }
}

/// <summary>Whether somebody may take some work.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="May">True when no rule stops the person.</param>
/// <param name="Rule">The rule that does; null for none.</param>
/// <param name="Message">The same in words; empty for none.</param>
public sealed record TakerResponse(string Agent, bool May, string? Rule, string Message)
{
    internal static TakerResponse From(Taker t) => new(t.AgentId, t.Rule is null, t.Rule, t.Message);
}

/// <summary>A shift that nobody works yet.</summary>
public sealed record CreateOpenShiftRequest
{
    /// <summary>Code of the hub.</summary>
    [Required]
    public string Hub { get; init; } = "";

    /// <summary>Local day on which it starts.</summary>
    [Required]
    public LocalDate? Date { get; init; }

    /// <summary>Skill group worked on.</summary>
    [Required]
    public string Group { get; init; } = "";

    /// <summary>Code of a shift template of the hub; the one of the nearest length when left out.</summary>
    public string? Template { get; init; }

    /// <summary>Local start; the earliest of the template when left out.</summary>
    public LocalTime? Start { get; init; }

    /// <summary>Local end, on the next day where it is not after the start; as long as the template when left out.</summary>
    public LocalTime? End { get; init; }

    /// <summary>How many people may take it.</summary>
    [Range(1, 1000)]
    public int Places { get; init; } = 1;

    /// <summary>Why; people read it.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }
}

/// <summary>A shift that nobody works yet, as managers see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Date">Local day on which it starts.</param>
/// <param name="Group">Skill group worked on.</param>
/// <param name="Shift">The shift; of an offer to some people that of the first.</param>
/// <param name="Kind">shift, or overtime and timeOff for what is offered to some people.</param>
/// <param name="Offered">To whom it is offered and what each would do; empty for everybody.</param>
/// <param name="State">open, filled, withdrawn or expired.</param>
/// <param name="Places">How many people may take it.</param>
/// <param name="Taken">How many have.</param>
/// <param name="Reason">Why.</param>
/// <param name="PostedBy">Name of the key that posted it.</param>
/// <param name="PostedAt">When.</param>
/// <param name="ExpiresAt">When it closes.</param>
/// <param name="Etag">ETag of this version, quotes included; goes into If-Match of a change.</param>
/// <param name="Version">Grows by one with every change.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record OpenShiftResponse(
    Guid Id, string Hub, LocalDate Date, string Group, EditedShift Shift, OpenShiftKind Kind, IReadOnlyList<EditedDayData> Offered, OpenShiftState State,
    int Places, int Taken, string? Reason, string PostedBy,
    Instant PostedAt, Instant ExpiresAt, string Etag, int Version, Instant UpdatedAt) : IVersionedResponse
{
    internal static OpenShiftResponse From(OpenShift s, string hub) => new(
        s.Id, hub, s.Date, s.Group, s.Shift, s.Kind, s.Offered, s.State, s.Places, s.Taken, s.Reason, s.PostedBy, s.PostedAt, s.ExpiresAt,
        ETags.Of(s.Id, s.Version), s.Version, s.UpdatedAt);
}

/// <summary>An open shift that one may take.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Date">Local day on which it starts.</param>
/// <param name="Group">Skill group worked on.</param>
/// <param name="Kind">shift, or overtime and timeOff for what is offered to some people.</param>
/// <param name="Before">One's shift as it is; null for a day off.</param>
/// <param name="Shift">One's shift as it would be; null for a day off.</param>
/// <param name="PlacesLeft">How many may still take it.</param>
/// <param name="Reason">Why it is open.</param>
/// <param name="ExpiresAt">When it closes.</param>
public sealed record MyOpenShiftResponse(
    Guid Id, LocalDate Date, string Group, OpenShiftKind Kind, EditedShift? Before, EditedShift? Shift, int PlacesLeft, string? Reason, Instant ExpiresAt)
{
    internal static MyOpenShiftResponse Of(OpenShift open, string agent)
    {
        var day = open.DayOf(agent)!;
        return new MyOpenShiftResponse(open.Id, day.Date, open.Group, open.Kind, day.Before, day.After, open.Places - open.Taken, open.Reason, open.ExpiresAt);
    }
}
