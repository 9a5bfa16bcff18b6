using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.People.TimeOff.Balances;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.People.TimeOff.Requests;

/// <summary>What is asked for, as it came in.</summary>
/// <param name="Start">Start, inclusive.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="IsPart">True for a part of one day.</param>
/// <param name="Note">What the person adds; null for nothing.</param>
/// <param name="MayWait">Whether it goes on the waiting list when there is no place.</param>
/// <param name="ExpiresAt">Until when it waits; null for its start.</param>
public sealed record LeaveAsk(Instant Start, Instant End, bool IsPart, string? Note, bool MayWait, Instant? ExpiresAt);

/// <summary>Where leave is asked for, decided, taken back and granted: one at a time at a hub, each change whole or not at all.</summary>
public sealed class LeaveDesk(WfmDbContext db, BalanceBook book, LeaveTurns turns, LeaveCosts costs, LeaveFacts facts, LeaveEffect effect, IClock clock)
{
    private readonly List<TimeOffEntry> _granted = []; // of this turn, whose effects on rosters come after it
    private readonly List<(TimeOffEntry Entry, Instant From, LeaveRequest? Request)> _takenBack = []; // likewise

    /// <summary>Asks for leave; the rules decide at once.</summary>
    /// <param name="agent">With hub and contract.</param>
    /// <returns>The request: approved, pending, waiting or refused, with what the rules found.</returns>
    /// <exception cref="ProblemException">409: it overlaps other leave of the person.</exception>
    public Task<LeaveRequest> Ask(Agent agent, LeaveType type, LeaveAsk ask, JobOwner by, CancellationToken cancellationToken) => Turn(
        agent.HubId, by, async now =>
        {
            await DemandFree(agent, ask.Start, ask.End, null, cancellationToken);
            var span = await costs.Of(agent, ask.Start, ask.End, cancellationToken);
            var request = new LeaveRequest
            {
                AgentId = agent.Id,
                HubId = agent.HubId,
                Type = type.Code,
                Start = ask.Start,
                End = ask.End,
                IsPart = ask.IsPart,
                Days = [.. span.Days],
                Note = ask.Note,
                AskedAt = now,
                ExpiresAt = ask.ExpiresAt ?? Instant.Max(ask.Start, now),
            };
            var verdict = await facts.Judge(agent, type, span, now.InZone(agent.Hub!.Zone).Date, cancellationToken);
            request.Findings = [.. verdict.Findings];
            db.LeaveRequests.Add(request);
            var state = verdict.DecidedBy is not null ? verdict.MayWait && ask.MayWait ? LeaveState.Waiting : LeaveState.Refused
                : type.NeedsApproval ? LeaveState.Pending : LeaveState.Approved;
            await Move(request, type, state, now, by.Name, cancellationToken);
            request.Version = 1;
            return request;
        },
        cancellationToken);

    /// <summary>A manager grants a request.</summary>
    /// <param name="against">True grants it against the rules but the balance, with a reason.</param>
    /// <exception cref="ProblemException">409: it is decided, it overlaps, or a rule refuses it; with the findings.</exception>
    public Task<LeaveRequest> Approve(Guid id, string? reason, bool against, JobOwner by, CancellationToken cancellationToken) => On(
        id, by, async (request, now) =>
        {
            if (request.State is not (LeaveState.Pending or LeaveState.Waiting or LeaveState.Refused))
            {
                throw ProblemException.Conflict($"The request is {Word(request.State)}; only one that is pending, waiting or refused can be approved.");
            }

            var (agent, type) = await Parties(request, cancellationToken);
            if (request.End <= now)
            {
                throw ProblemException.Conflict($"The leave ended on {request.End}; enter it as time off of the agent instead.");
            }

            await DemandFree(agent, request.Start, request.End, request.Id, cancellationToken);
            var verdict = await Judge(agent, type, request, cancellationToken);
            request.Findings = [.. verdict.Findings];
            if (verdict.DecidedBy is { } rule && (!against || rule == LeaveRule.Balance))
            {
                var advice = rule == LeaveRule.Balance
                    ? "Adjust the balance first: no approval goes below it." : "Approve it with override and a reason, or refuse it.";
                throw ProblemException.Conflict($"{verdict.Findings[^1].Message} {advice}").With("findings", verdict.Findings);
            }

            await Move(request, type, LeaveState.Approved, now, by.Name, cancellationToken, reason, isOverride: verdict.DecidedBy is not null);
        },
        cancellationToken);

    /// <summary>A manager refuses a request; whoever waits for its places moves up.</summary>
    public Task<LeaveRequest> Refuse(Guid id, string reason, JobOwner by, CancellationToken cancellationToken) => Close(
        id, LeaveState.Refused, "refused", reason, by, cancellationToken);

    /// <summary>The person takes a request back before it is decided.</summary>
    public Task<LeaveRequest> Withdraw(Guid id, string? reason, JobOwner by, CancellationToken cancellationToken) => Close(
        id, LeaveState.Withdrawn, "withdrawn", reason, by, cancellationToken);

    /// <summary>Gives granted leave back: all of it before it begins, or what lies from a local date on.</summary>
    /// <param name="from">First local date that is given back; null for all, or for all to come when it has begun.</param>
    public Task<LeaveRequest> Cancel(Guid id, LocalDate? from, string? reason, JobOwner by, CancellationToken cancellationToken) => On(
        id, by, async (request, now) =>
        {
            if (request.State != LeaveState.Approved)
            {
                throw ProblemException.Conflict($"The request is {Word(request.State)}; only granted leave can be cancelled.");
            }

            var (agent, _) = await Parties(request, cancellationToken);
            var zone = agent.Hub!.Zone;
            var first = from is { } date ? zone.AtStartOfDay(date).ToInstant()
                : now < request.Start ? request.Start : zone.AtStartOfDay(now.InZone(zone).Date.PlusDays(1)).ToInstant();
            first = Instant.Max(first, request.Start);
            if (first < now || first >= request.End)
            {
                throw ProblemException.Conflict(
                    $"The leave lasts from {request.Start} to {request.End} and it is {now}: only days to come can be given back, "
                        + $"and from {first} on there are none.");
            }

            await TakeBack(request, first, zone, cancellationToken);
            var state = first == request.Start ? LeaveState.Cancelled : LeaveState.Approved;
            await Move(request, null, state, now, by.Name, cancellationToken, reason);
            await Promote(request.HubId, now, cancellationToken);
        },
        cancellationToken);

    /// <summary>Another system grants leave, back in time too; it books the balance.</summary>
    /// <exception cref="ProblemException">409: it overlaps, or the balance does not hold it.</exception>
    public async Task<TimeOffEntry> Grant(LeaveFact fact, JobOwner by, CancellationToken cancellationToken)
    {
        var answer = await Turn(
            fact.Agent.HubId, by, async now => Enter(fact, await LeaveFile.Read([fact], db, book, costs, cancellationToken), now, mayBeThere: false),
            cancellationToken);
        return answer.Refusal is not { } refusal ? answer.Entry!
            : throw (refusal.Findings is { } findings ? ProblemException.Conflict(refusal.Message).With("findings", findings)
                : ProblemException.Conflict(refusal.Message));
    }

    /// <summary>Another system grants leave of people of one hub, perhaps not for the first time; what cannot be granted loses nothing else.</summary>
    /// <param name="facts">Those of one person in the order in which they count.</param>
    /// <param name="keep">False only tries: nothing is stored.</param>
    /// <returns>One answer a fact.</returns>
    internal Task<List<LeaveFactAnswer>> Grant(IReadOnlyList<LeaveFact> facts, bool keep, JobOwner by, CancellationToken cancellationToken) => Turn(
        facts[0].Agent.HubId, by, async now =>
        {
            var file = await LeaveFile.Read(facts, db, book, costs, cancellationToken);
            var answers = facts.Select(fact => Enter(fact, file, now, mayBeThere: true)).ToList();
            var idle = answers.Where(a => a.Met.Count == 0).Select(a => a.Entry).ToHashSet();
            _granted.RemoveAll(idle.Contains); // no roster has a shift that they meet
            return answers;
        },
        cancellationToken, keep);

    private LeaveFactAnswer Enter(LeaveFact fact, LeaveFile file, Instant now, bool mayBeThere)
    {
        var (agent, type) = (fact.Agent, fact.Type);
        if (mayBeThere && file.Same(fact) is { } same)
        {
            var isNews = fact.Note is not null && fact.Note != same.Note;
            (same.Note, same.Version) = isNews ? (fact.Note, same.Version + 1) : (same.Note, same.Version);
            return new LeaveFactAnswer(same, IsKnown: true, IsNews: isNews);
        }

        if (file.Overlapping(fact) is { } other)
        {
            return new LeaveFactAnswer(null, new LeaveRefusal("overlap", Overlap(agent, other)));
        }

        var span = file.Costs.Of(agent, fact.Start, fact.End);
        if (!fact.Overdraw && file.BalanceOf(type) is { } balance)
        {
            var after = balance.After(agent, [.. span.Days.Select(d => (d.Date, d.Minutes))]);
            var verdict = LeaveRules.Judge(new LeaveCase(span.First, span.First, 0) { Balance = after, IsTold = true });
            if (verdict.DecidedBy is not null)
            {
                return new LeaveFactAnswer(null, new LeaveRefusal(
                    "balance", $"{verdict.Findings[^1].Message} Adjust the balance first, or send overdraw if the leave is a fact.", verdict.Findings));
            }
        }

        var entry = Enter(agent.Id, type, fact.Start, fact.End, now, fact.Note);
        file.Enter(entry, type, Book(agent.Id, agent.HubId, type, span, null, entry.Id));
        return new LeaveFactAnswer(entry) { Met = file.Costs.Met(agent.Id, fact.Start, fact.End) };
    }

    /// <summary>Takes back leave that another system granted.</summary>
    /// <exception cref="ProblemException">409: it was asked for, so the request is what is cancelled.</exception>
    public Task<bool> TakeBack(Agent agent, Guid entryId, JobOwner by, CancellationToken cancellationToken) => Turn(
        agent.HubId, by, async now =>
        {
            var entry = await db.TimeOff.SingleOrDefaultAsync(t => t.Id == entryId && t.AgentId == agent.Id, cancellationToken)
                ?? throw ProblemException.NotFound($"time off of agent '{agent.Code}' with id", entryId.ToString());
            var bookings = await db.LeaveBookings.Where(b => b.EntryId == entryId).ToListAsync(cancellationToken);
            if (bookings.Find(b => b.RequestId is not null)?.RequestId is { } request)
            {
                throw ProblemException.Conflict($"This time off was asked for; cancel the request /api/v1/time-off-requests/{request} instead.");
            }

            db.RemoveRange(bookings);
            TakeBack(entry, entry.Start, null);
            await Promote(agent.HubId, now, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Ends what has waited too long, and moves up whoever fits by now.</summary>
    public Task<bool> Sweep(Guid hubId, CancellationToken cancellationToken) => Turn(
        hubId, JobOwner.Schedule, async now =>
        {
            await Promote(hubId, now, cancellationToken);
            return true;
        },
        cancellationToken);

    private Task<LeaveRequest> Close(Guid id, LeaveState state, string word, string? reason, JobOwner by, CancellationToken cancellationToken) => On(
        id, by, async (request, now) =>
        {
            if (!request.IsOpen)
            {
                var advice = request.State == LeaveState.Approved ? "; cancel it instead" : "";
                throw ProblemException.Conflict($"The request is {Word(request.State)} and cannot be {word}{advice}.");
            }

            var held = request.State == LeaveState.Pending;
            await Release(request, cancellationToken);
            await Move(request, null, state, now, by.Name, cancellationToken, reason);
            if (held)
            {
                await Promote(request.HubId, now, cancellationToken);
            }
        },
        cancellationToken);

    /// <summary>A turn about one request, read when it has come.</summary>
    private async Task<LeaveRequest> On(Guid id, JobOwner by, Func<LeaveRequest, Instant, Task> work, CancellationToken cancellationToken)
    {
        var hub = await db.LeaveRequests.AsNoTracking().Where(r => r.Id == id).Select(r => r.HubId).SingleAsync(cancellationToken);
        return await Turn(
            hub, by, async now =>
            {
                var request = await db.LeaveRequests.SingleAsync(r => r.Id == id, cancellationToken);
                await work(request, now);
                return request;
            },
            cancellationToken);
    }

    private async Task<T> Turn<T>(Guid hubId, JobOwner by, Func<Instant, Task<T>> work, CancellationToken cancellationToken, bool keep = true)
    {
        _granted.Clear();
        _takenBack.Clear();
        var result = await turns.Run(
            hubId, async () =>
            {
                var now = clock.GetCurrentInstant();
                if (await Expire(hubId, now, cancellationToken))
                {
                    await Promote(hubId, now, cancellationToken);
                }

                return await work(now);
            },
            cancellationToken, keep);
        if (!keep)
        {
            return result;
        }

        foreach (var (entry, from, request) in _takenBack)
        {
            var kept = await effect.TakenBack(entry, from, by, cancellationToken);
            if (kept.Count > 0 && request is not null)
            {
                db.ChangeTracker.Clear();
                db.Attach(request);
                request.Become(
                    request.State, clock.GetCurrentInstant(), by.Name, $"Shifts that the leave had taken have not come back: {string.Join(' ', kept)}");
                await db.SaveChangesAsync(cancellationToken);
            }
        }

        await effect.Granted(_granted, by, cancellationToken);
        return result;
    }

    private void TakeBack(TimeOffEntry entry, Instant from, LeaveRequest? request)
    {
        if (from <= entry.Start)
        {
            db.Remove(entry);
        }
        else
        {
            entry.End = from;
            entry.Version++;
        }

        _takenBack.Add((entry, from, request));
    }

    private async Task<bool> Expire(Guid hubId, Instant now, CancellationToken cancellationToken)
    {
        var late = await db.LeaveRequests
            .Where(r => r.HubId == hubId && (r.State == LeaveState.Waiting || r.State == LeaveState.Pending) && r.ExpiresAt <= now)
            .ToListAsync(cancellationToken);
        foreach (var request in late)
        {
            await Release(request, cancellationToken);
            await Move(request, null, LeaveState.Expired, now, JobOwner.Schedule.Name, cancellationToken);
        }

        return late.Count > 0;
    }

    /// <summary>The first of the waiting list that now fits gets its place, then the next of those after it.</summary>
    private async Task Promote(Guid hubId, Instant now, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken); // what has just become free
        var waiting = await db.LeaveRequests.Where(r => r.HubId == hubId && r.State == LeaveState.Waiting).OrderBy(r => r.AskedAt).ThenBy(r => r.Id)
            .ToListAsync(cancellationToken);
        foreach (var request in waiting)
        {
            var (agent, type) = await Parties(request, cancellationToken);
            if (await Other(agent.Id, request.Start, request.End, request.Id, cancellationToken) is not null)
            {
                continue;
            }

            var verdict = await Judge(agent, type, request, cancellationToken);
            if (verdict.DecidedBy is null)
            {
                request.Findings = [.. verdict.Findings];
                var state = type.NeedsApproval ? LeaveState.Pending : LeaveState.Approved;
                await Move(request, type, state, now, JobOwner.Schedule.Name, cancellationToken, "A place became free.");
                await db.SaveChangesAsync(cancellationToken);
            }
        }
    }

    private Task<LeaveVerdict> Judge(Agent agent, LeaveType type, LeaveRequest request, CancellationToken cancellationToken) => facts.Judge(
        agent, type, LeaveSpan.Of(request), request.AskedAt.InZone(agent.Hub!.Zone).Date, cancellationToken, request.Id);

    /// <summary>What becoming a state means for hours, places and time off.</summary>
    /// <param name="type">Its type, for a state that holds places; null for one that holds none, or goes on holding those it has.</param>
    private async Task Move(
        LeaveRequest request, LeaveType? type, LeaveState state, Instant now, string by, CancellationToken cancellationToken, string? reason = null,
        bool isOverride = false)
    {
        if (type is not null && state is (LeaveState.Pending or LeaveState.Approved))
        {
            var held = await db.LeaveBookings.Where(b => b.RequestId == request.Id).ToListAsync(cancellationToken);
            request.EntryId = state == LeaveState.Approved ? Enter(request.AgentId, type, request.Start, request.End, now).Id : null;
            held.ForEach(booking => booking.EntryId = request.EntryId);
            if (held.Count == 0)
            {
                Book(request.AgentId, request.HubId, type, LeaveSpan.Of(request), request.Id, request.EntryId);
            }
        }

        request.Become(state, now, by, reason, isOverride);
    }

    private TimeOffEntry Enter(Guid agentId, LeaveType type, Instant start, Instant end, Instant now, string? note = null)
    {
        var entry = new TimeOffEntry
        {
            AgentId = agentId,
            Type = type.Code,
            Kind = type.Treatment,
            Start = start,
            End = end,
            GrantedAt = now,
            Note = note,
        };
        db.TimeOff.Add(entry);
        _granted.Add(entry);
        return entry;
    }

    private List<LeaveBooking> Book(Guid agentId, Guid hubId, LeaveType type, LeaveSpan span, Guid? requestId, Guid? entryId)
    {
        var bookings = span.Days.Where(d => d.Minutes > 0).Select(d => new LeaveBooking
        {
            AgentId = agentId,
            HubId = hubId,
            Date = d.Date,
            Type = type.Code,
            Balance = type.Balance,
            Minutes = d.Minutes,
            IsTold = type.Told,
            RequestId = requestId,
            EntryId = entryId,
        }).ToList();
        db.LeaveBookings.AddRange(bookings);
        return bookings;
    }

    private async Task Release(LeaveRequest request, CancellationToken cancellationToken) =>
        db.RemoveRange(await db.LeaveBookings.Where(b => b.RequestId == request.Id).ToListAsync(cancellationToken));

    private async Task TakeBack(LeaveRequest request, Instant first, DateTimeZone zone, CancellationToken cancellationToken)
    {
        LocalDate? date = first == request.Start ? null : first.InZone(zone).Date;
        var bookings = await db.LeaveBookings.Where(b => b.RequestId == request.Id && (date == null || b.Date >= date)).ToListAsync(cancellationToken);
        db.RemoveRange(bookings);
        var entry = await db.TimeOff.SingleOrDefaultAsync(t => t.Id == request.EntryId, cancellationToken);
        if (entry is not null)
        {
            TakeBack(entry, first, request);
        }

        if (first > request.Start)
        {
            request.End = first;
            request.Days = request.Days.FindAll(d => d.Date < date);
        }
    }

    /// <summary>The person with hub and contract, and the type.</summary>
    private async Task<(Agent Agent, LeaveType Type)> Parties(LeaveRequest request, CancellationToken cancellationToken) => (
        await db.Agents.AsNoTracking().Include(a => a.Hub).Include(a => a.Contract).SingleAsync(a => a.Id == request.AgentId, cancellationToken),
        await db.LeaveTypes.AsNoTracking().SingleAsync(t => t.Code == request.Type, cancellationToken));

    private async Task DemandFree(Agent agent, Instant start, Instant end, Guid? without, CancellationToken cancellationToken)
    {
        if (await Other(agent.Id, start, end, without, cancellationToken) is { } other)
        {
            throw ProblemException.Conflict(Overlap(agent, other));
        }
    }

    private static string Overlap(Agent agent, string other) => $"Agent '{agent.Code}' has {other}, which overlaps; take that back first.";

    /// <summary>Other leave of the person that overlaps, in words; what waits holds nothing.</summary>
    private async Task<string?> Other(Guid agentId, Instant start, Instant end, Guid? without, CancellationToken cancellationToken)
    {
        var own = without is null ? null : await db.LeaveRequests.Where(r => r.Id == without).Select(r => r.EntryId).SingleOrDefaultAsync(cancellationToken);
        if (
            await db.TimeOff.AsNoTracking().Where(t => t.AgentId == agentId && t.Start < end && t.End > start && (own == null || t.Id != own))
                .OrderBy(t => t.Start).FirstOrDefaultAsync(cancellationToken) is { } entry)
        {
            return Words(entry);
        }

        return await db.LeaveRequests.AsNoTracking()
            .Where(r => r.AgentId == agentId && (r.State == LeaveState.Pending || (without == null && r.State == LeaveState.Waiting)))
            .Where(r => r.Start < end && r.End > start && (without == null || r.Id != without)).OrderBy(r => r.Start).FirstOrDefaultAsync(cancellationToken)
            is { } asked ? Words(asked) : null;
    }

    internal static string Words(TimeOffEntry entry) => $"time off from {entry.Start} to {entry.End} already";

    internal static string Words(LeaveRequest asked) => $"asked for leave from {asked.Start} to {asked.End} already (request {asked.Id})";

    private static string Word(LeaveState state) => state.ToString().ToLowerInvariant();
}
