using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.RequestPolicies;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Availability;

/// <summary>Where people ask for other availability, and where it is decided; what is approved is part of the person, whom rosters and edits read.</summary>
internal sealed class AvailabilityDesk(WfmDbContext db, ShiftsInForce inForce, IClock clock)
{
    private const int MostDays = 366;
    private const int DaysKept = 200; // half a year back, as far as anybody asks

    /// <exception cref="ProblemException">422: it cannot be used. 409: too many requests in the week.</exception>
    public async Task<AvailabilityRequest> Ask(Agent agent, AskAvailabilityRequest ask, Findings findings, CancellationToken cancellationToken)
    {
        var (hub, now) = (agent.Hub!, clock.GetCurrentInstant());
        var today = now.InZone(hub.Zone).Date;
        var windows = Read(ask, today, findings);
        findings.ThrowIfAny();
        var (from, to) = (ask.From!.Value, ask.To ?? ask.From.Value);
        var policy = await db.PolicyOf(hub.Id, cancellationToken);
        await DemandWeek(agent, policy, today, cancellationToken);
        var request = new AvailabilityRequest
        {
            HubId = hub.Id,
            AgentId = agent.Id,
            Agent = agent,
            From = from,
            To = to,
            Windows = windows,
            AskedAt = now,
            UpdatedAt = now,
        };
        var (rule, message) = await Judge(request, agent, policy, today, cancellationToken);
        request.Steps.Add(new AvailabilityStep(AvailabilityState.Asked, now, agent.Code, ask.Reason, null));
        request.Rule = rule;
        if (rule == "nothingWorse")
        {
            request.Move(new AvailabilityStep(AvailabilityState.Approved, now, "policy", message, rule));
            Put(request, agent, now);
        }

        db.AvailabilityRequests.Add(request);
        await db.SaveChangesAsync(cancellationToken);
        return request;
    }

    /// <summary>The windows that a request asks for; findings for what cannot be.</summary>
    /// <param name="today">The local day at the hub.</param>
    internal static List<OpeningWindow> Read(AskAvailabilityRequest ask, LocalDate today, Findings findings)
    {
        if (ask.From is not { } from)
        {
            return []; // its annotation has said so
        }

        var to = ask.To ?? from;
        findings.Require(from >= today, "/from", from, $"{from:uuuu-MM-dd} is over.");
        findings.Require(to >= from, "/to", to, $"{to:uuuu-MM-dd} lies before {from:uuuu-MM-dd}.");
        findings.Require(
            to < from.PlusDays(MostDays), "/to", to, $"At most {MostDays} days are asked for at once; lasting availability is kept by the manager.");
        findings.Require(ask.Windows.Count == 0 || ask.Times.Count == 0, "/times", null, "Give windows or times, not both.");
        findings.Require(!ask.Times.Contains(null!), "/times", null, "A null in the list.");
        if (findings.Any)
        {
            return [];
        }

        List<OpeningWindow> windows = ask.Times.Count == 0 ? ask.Windows
            : [.. Enumerable.Range(1, 7).SelectMany(d => ask.Times.Select(t => new OpeningWindow((IsoDayOfWeek)d, t.From, t.To)))];
        WeeklyWindows.Check(findings, ask.Times.Count == 0 ? "/windows" : "/times", windows);
        return windows;
    }

    /// <summary>Puts availability in force that somebody who decides has entered; the caller saves.</summary>
    /// <param name="agent">Tracked by the store.</param>
    internal AvailabilityRequest Enter(Agent agent, AskAvailabilityRequest ask, List<OpeningWindow> windows, string by)
    {
        var now = clock.GetCurrentInstant();
        var request = new AvailabilityRequest
        {
            HubId = agent.HubId,
            AgentId = agent.Id,
            From = ask.From!.Value,
            To = ask.To ?? ask.From.Value,
            Windows = windows,
            AskedAt = now,
            UpdatedAt = now,
            State = AvailabilityState.Approved,
            Steps = [new AvailabilityStep(AvailabilityState.Approved, now, by, ask.Reason, null)],
        };
        db.AvailabilityRequests.Add(request);
        Put(request, agent, now);
        return request;
    }

    /// <summary>Published shifts that lie outside of windows on some dates.</summary>
    /// <param name="shifts">Shifts in force of the person, on these dates and others.</param>
    internal static IEnumerable<ShiftInForce> Outside(
        IEnumerable<ShiftInForce> shifts, LocalDate from, LocalDate to, IReadOnlyList<OpeningWindow> windows, DateTimeZone zone)
    {
        var open = Open(from, to, windows, zone);
        return shifts.Where(s =>
            s.State == ShiftState.Published && s.Date >= from && s.Date <= to && !open.Exists(w => w.From <= s.Start && s.End <= w.To));
    }

    /// <summary>Approves or refuses as a manager, or takes back as the person.</summary>
    /// <exception cref="ProblemException">409: it is decided.</exception>
    public async Task Move(AvailabilityRequest request, AvailabilityState state, string by, string? reason, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var mayMove = request.State == AvailabilityState.Asked || (request.State == AvailabilityState.Approved && state == AvailabilityState.Withdrawn);
        if (!mayMove)
        {
            throw ProblemException.Conflict($"The request is {request.State.ToString().ToLowerInvariant()} since {request.UpdatedAt}.");
        }

        var agent = await db.Agents.SingleAsync(a => a.Id == request.AgentId, cancellationToken);
        if (request.State == AvailabilityState.Approved)
        {
            agent.DatedAvailability = agent.DatedAvailability.FindAll(d => d.Request != request.Id);
            agent.Touch(now);
        }

        request.Move(new AvailabilityStep(state, now, by, reason, null));
        if (state == AvailabilityState.Approved)
        {
            Put(request, agent, now);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static void Put(AvailabilityRequest request, Agent agent, Instant now)
    {
        agent.DatedAvailability =
        [
            .. agent.DatedAvailability.Where(d => d.To >= request.From.PlusDays(-DaysKept)),
            new DatedAvailabilityData(request.Id, request.From, request.To, request.Windows),
        ];
        agent.Touch(now);
    }

    private async Task<(string Rule, string Message)> Judge(
        AvailabilityRequest request, Agent agent, RequestPolicy policy, LocalDate today, CancellationToken cancellationToken)
    {
        if (!policy.Data.AvailabilityAutomatic)
        {
            return ("manager", "The manager decides.");
        }

        if (request.From < today.PlusDays(policy.Data.AvailabilityNoticeDays))
        {
            return ("notice", $"{policy.Data.AvailabilityNoticeDays} days of notice are needed.");
        }

        var shifts = await inForce.Of([agent.Id], request.From, request.To.PlusDays(1), drafts: false, cancellationToken, activities: false);
        return Outside(shifts, request.From, request.To, request.Windows, agent.Hub!.Zone).Any()
            ? ("publishedShift", "A published shift lies outside it.")
            : ("nothingWorse", "No published shift lies outside it, and there is notice enough.");
    }

    /// <summary>The windows as times, joined where they touch.</summary>
    private static List<(Instant From, Instant To)> Open(LocalDate first, LocalDate last, IReadOnlyList<OpeningWindow> windows, DateTimeZone zone)
    {
        var joined = new List<(Instant From, Instant To)>();
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            foreach (var window in windows.Where(w => w.Day == date.DayOfWeek).OrderBy(w => w.From))
            {
                var from = zone.AtLeniently(date + window.From).ToInstant();
                var to = zone.AtLeniently((window.To > window.From ? date : date.PlusDays(1)) + window.To).ToInstant();
                if (joined.Count > 0 && joined[^1].To >= from)
                {
                    joined[^1] = (joined[^1].From, to);
                }
                else
                {
                    joined.Add((from, to));
                }
            }
        }

        return joined;
    }

    private async Task DemandWeek(Agent agent, RequestPolicy policy, LocalDate today, CancellationToken cancellationToken)
    {
        var monday = agent.Hub!.Zone.AtStartOfDay(today.PlusDays(1 - (int)today.DayOfWeek)).ToInstant();
        var asked = await db.AvailabilityRequests.CountAsync(r => r.AgentId == agent.Id && r.AskedAt >= monday, cancellationToken);
        if (policy.Data.RequestsPerWeek > 0 && asked >= policy.Data.RequestsPerWeek)
        {
            throw ProblemException.Conflict(
                $"{asked} requests of this kind were made since Monday; {policy.Data.RequestsPerWeek} a week are allowed (requestsPerWeek).");
        }
    }
}
