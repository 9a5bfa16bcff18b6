using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Adherence.Claims;

/// <summary>Keeps exceptions and disputes: who asks, and what is decided.</summary>
internal sealed class ClaimDesk(WfmDbContext db, IClock clock)
{
    private const int MostDaysBack = 371; // states are not kept longer
    private const int MostAsked = 50;
    private static readonly Duration Longest = Duration.FromHours(24);
    private static readonly Duration Ahead = Duration.FromDays(31);

    /// <summary>An exception, decided already when somebody who may decide makes it so.</summary>
    /// <param name="approve">Whether it is approved at once.</param>
    /// <param name="by">Code of the person, or name of the key.</param>
    public async Task<AdherenceClaim> Except(
        Agent person, Hub hub, AskExceptionRequest request, bool approve, string by, Findings findings, CancellationToken cancellationToken)
    {
        var (start, end) = TimeRanges.Resolve(findings, hub.Zone, request.Start, request.End, request.LocalStart, request.LocalEnd);
        if (!findings.Any)
        {
            CheckSpan(start, end, findings);
        }

        findings.Storable(request.Reason, "/reason");
        findings.ThrowIfAny();
        await DemandRoom(person, cancellationToken);
        var claim = New(ClaimKind.Exception, person, start.InZone(hub.Zone).Date, start, end, end, request.Reason);
        var now = clock.GetCurrentInstant();
        claim.Move(new ClaimStep(ClaimState.Asked, now, by, request.Reason));
        if (approve)
        {
            claim.Move(new ClaimStep(ClaimState.Approved, now, by, null));
        }

        await Add(claim, cancellationToken);
        return claim;
    }

    /// <summary>A dispute about a day that has begun.</summary>
    public async Task<AdherenceClaim> Dispute(Agent person, Hub hub, DisputeRequest request, Findings findings, CancellationToken cancellationToken)
    {
        var (date, now) = (request.Date!.Value, clock.GetCurrentInstant());
        var today = now.InZone(hub.Zone).Date;
        findings.Require(date <= today, "/date", date, $"{date:uuuu-MM-dd} is to come; there are no figures of it.");
        findings.Require(date > today.PlusDays(-MostDaysBack), "/date", date, $"{date:uuuu-MM-dd} is more than {MostDaysBack} days ago.");
        CheckPair(request.Start, request.End, findings);
        findings.Storable(request.Reason, "/reason");
        if (request is { Start: { } start, End: { } end } && !findings.Any)
        {
            CheckSpan(start, end, findings);
            var (from, to) = (hub.Days.StartOfDay(date), hub.Days.StartOfDay(date.PlusDays(1)) + Longest);
            findings.Require(start >= from && end <= to, "/start", start, $"The shifts of {date:uuuu-MM-dd} lie between {from} and {to}.");
        }

        findings.ThrowIfAny();
        await DemandRoom(person, cancellationToken);
        var claim = New(
            ClaimKind.Dispute, person, date, request.Start, request.End, request.End ?? hub.Days.StartOfDay(date.PlusDays(1)), request.Reason);
        claim.Move(new ClaimStep(ClaimState.Asked, now, person.Code, request.Reason));
        await Add(claim, cancellationToken);
        return claim;
    }

    /// <summary>Decides a claim that waits, or takes it back.</summary>
    /// <exception cref="ProblemException">409 when it does not wait any more.</exception>
    public async Task Move(
        AdherenceClaim claim, ClaimState state, string by, ClaimDecisionRequest request, Findings findings, CancellationToken cancellationToken)
    {
        var isOpen = claim.State == ClaimState.Asked || (claim.State == ClaimState.Approved && state is ClaimState.Refused or ClaimState.Withdrawn);
        if (!isOpen)
        {
            throw ProblemException.Conflict($"The {EnumText(claim.Kind)} is {EnumText(claim.State)} already.");
        }

        CheckPair(request.Start, request.End, findings);
        findings.Require(
            request.Start is null || state == ClaimState.Approved, "/start", request.Start, "Only who approves says what counts; leave start and end out.");
        findings.Storable(request.Reason, "/reason");
        if (request is { Start: { } start, End: { } end } && !findings.Any)
        {
            CheckSpan(start, end, findings);
            (claim.Start, claim.End, claim.To) = (start, end, end);
        }

        findings.ThrowIfAny();
        claim.Move(new ClaimStep(state, clock.GetCurrentInstant(), by, request.Reason));
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task Add(AdherenceClaim claim, CancellationToken cancellationToken)
    {
        db.AdherenceClaims.Add(claim);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task DemandRoom(Agent person, CancellationToken cancellationToken)
    {
        if (await db.AdherenceClaims.CountAsync(c => c.AgentId == person.Id && c.State == ClaimState.Asked, cancellationToken) >= MostAsked)
        {
            throw ProblemException.Conflict($"{MostAsked} exceptions and disputes of '{person.Code}' wait to be decided; more are not taken.");
        }
    }

    private void CheckSpan(Instant start, Instant end, Findings findings)
    {
        var now = clock.GetCurrentInstant();
        findings.Require(end > start, "/end", end, $"The end {end} must be after the start {start}.");
        findings.Require(end - start <= Longest, "/end", end, $"A span has at most 24 hours, this one {(end - start).TotalHours:0.##}.");
        findings.Require(start <= now + Ahead, "/start", start, $"A span begins at most {Ahead.TotalDays:0} days ahead.");
        findings.Require(
            start > now - Duration.FromDays(MostDaysBack), "/start", start, $"{start} is more than {MostDaysBack} days ago; states are not kept so long.");
    }

    private static void CheckPair(Instant? start, Instant? end, Findings findings)
    {
        findings.Require(start is null || end is not null, "/end", null, "Give start and end, or neither.");
        findings.Require(end is null || start is not null, "/start", null, "Give start and end, or neither.");
    }

    private static AdherenceClaim New(ClaimKind kind, Agent person, LocalDate date, Instant? start, Instant? end, Instant to, string reason) => new()
    {
        Kind = kind,
        HubId = person.HubId,
        AgentId = person.Id,
        Agent = person,
        Date = date,
        Start = start,
        End = end,
        To = to,
        Reason = reason,
        Version = 0,
    };

    private static string EnumText<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
