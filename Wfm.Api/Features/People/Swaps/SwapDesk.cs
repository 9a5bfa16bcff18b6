using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.RequestPolicies;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Requests;

namespace Wfm.Api.Features.People.Swaps;

/// <summary>What is asked for, as it came in.</summary>
/// <param name="Kind">An exchange or a give-away.</param>
/// <param name="Date">Local day of the shift that passes.</param>
/// <param name="Other">Code of who is asked; null for everybody.</param>
/// <param name="OtherDate">Local day of the shift asked for in return.</param>
/// <param name="From">First moment of a part.</param>
/// <param name="To">First moment after a part.</param>
/// <param name="Reason">Why.</param>
internal sealed record SwapAsk(SwapKind Kind, LocalDate Date, string? Other, LocalDate? OtherDate, Instant? From, Instant? To, string? Reason);

/// <summary>Where swaps, give-aways and pick-ups are asked for, agreed to and decided.</summary>
/// <remarks>
/// A request and the edit that it becomes are stored in one transaction: what this context tracks is saved with the edit (<see cref="RosterDesk"/>). Who comes
/// second finds another version of the request, of the open shift or of the roster, and is judged anew by what stands then.
/// </remarks>
internal sealed class SwapDesk(WfmDbContext db, RosterDesk desk, DecidingRosters rosters, IClock clock)
{
    private const int Attempts = 8; // as many at once as may want one place

    /// <summary>Asks for an exchange or offers a shift; refused at once where it would break a rule.</summary>
    /// <param name="agent">Who asks, with hub.</param>
    /// <param name="by">Code of the person or name of the key.</param>
    /// <exception cref="ProblemException">422: something cannot be used, or a rule would be broken. 409: too many requests in the week.</exception>
    public async Task<Swap> Ask(Agent agent, SwapAsk ask, string by, CancellationToken cancellationToken)
    {
        var (hub, now) = (agent.Hub!, clock.GetCurrentInstant());
        var policy = await db.PolicyOf(hub.Id, cancellationToken);
        var other = ask.Other is { } code ? await Colleague(agent, code, cancellationToken) : null;
        DemandToCome(ask.Date, hub.Zone, now, "/date");
        if (ask.OtherDate is { } day)
        {
            DemandToCome(day, hub.Zone, now, "/otherDate");
        }

        var roster = await RosterOf(agent, ask, other, cancellationToken);
        var (given, taken) = await desk.Look(
            roster,
            open => (open.Document.Find(agent.Code, ask.Date), other is not null && ask.OtherDate is { } d ? open.Document.Find(other.Code, d) : null),
            cancellationToken);
        var mine = ToCome(given, agent.Code, ask.Date, now, "/date");
        var theirs = other is not null && ask.OtherDate is { } otherDate ? ToCome(taken, other.Code, otherDate, now, "/otherDate") : null;

        var swap = new Swap
        {
            HubId = hub.Id,
            Kind = ask.Kind,
            AgentId = agent.Id,
            Agent = agent,
            Date = ask.Date,
            OtherId = other?.Id,
            OtherDate = ask.OtherDate,
            ToEverybody = other is null,
            From = ask.From,
            To = ask.To,
            Shift = EditedShift.From(mine)!,
            OtherShift = EditedShift.From(theirs),
            AskedAt = now,
            ExpiresAt = Instant.Min(mine.Start, theirs?.Start ?? mine.Start) - policy.Expiry,
            UpdatedAt = now,
        };
        swap.Steps.Add(new SwapStep(SwapState.Asked, now, by, ask.Reason, null));
        if (swap.Handover(other?.Code ?? agent.Code).Fault(mine) is { } fault)
        {
            throw ProblemException.Semantic(ask.From is null ? "/to" : "/from", fault);
        }

        DemandInTime(swap.ExpiresAt, policy, now);
        await DemandWeek(agent, ask.Kind, policy, now, cancellationToken);
        await DemandLegal(roster, swap, other, mine, cancellationToken);
        db.Swaps.Add(swap);
        await db.SaveChangesAsync(cancellationToken);
        return swap;
    }

    /// <summary>The other agrees; the policy decides at once, or leaves it to the manager.</summary>
    /// <exception cref="ProblemException">404: it is not for this person. 409: it is decided, or what was offered has changed. 412: stale. 422: a rule would be
    /// broken.</exception>
    public Task<Swap> Accept(Guid id, Agent taker, string by, string? reason, Action<Swap> match, CancellationToken cancellationToken) => Again(async () =>
    {
        var swap = await Load(id, cancellationToken);
        if (!IsFor(swap, taker))
        {
            throw ProblemException.NotFound("offer", id.ToString());
        }

        await Demand(swap, [SwapState.Asked], cancellationToken);
        match(swap);
        swap.OtherId = taker.Id;
        var step = new SwapStep(SwapState.Accepted, clock.GetCurrentInstant(), by, reason, null);
        return await Settle(swap, taker, null, [step], null, cancellationToken);
    });

    /// <summary>A manager approves what the people agreed on, or a pick-up.</summary>
    /// <inheritdoc cref="Accept"/>
    public Task<Swap> Approve(Guid id, string by, string? reason, Action<Swap> match, CancellationToken cancellationToken) => Again(async () =>
    {
        var swap = await Load(id, cancellationToken);
        await Demand(swap, swap.Kind == SwapKind.PickUp ? [SwapState.Asked] : [SwapState.Accepted], cancellationToken);
        match(swap);
        var open = swap.OpenShiftId is { } shift ? await db.OpenShifts.SingleAsync(o => o.Id == shift, cancellationToken) : null;
        var taker = swap.Kind == SwapKind.PickUp ? swap.Agent! : swap.Other!;
        var step = new SwapStep(SwapState.Approved, clock.GetCurrentInstant(), by, reason, "manager");
        return await Settle(swap, taker, open, [], step, cancellationToken);
    });

    /// <summary>A person takes a place of an open shift; the policy decides at once, or leaves it to the manager.</summary>
    /// <exception cref="ProblemException">404: the hub has no such open shift. 409: no place is left, or the person has asked already. 422: a rule would be
    /// broken.</exception>
    public Task<Swap> PickUp(Guid id, Agent taker, string by, string? reason, CancellationToken cancellationToken) => Again(async () =>
    {
        var now = clock.GetCurrentInstant();
        var open = await db.OpenShifts.SingleOrDefaultAsync(o => o.Id == id && o.HubId == taker.HubId, cancellationToken)
            ?? throw ProblemException.NotFound("open shift", id.ToString());
        if (open.Expire(now))
        {
            await db.SaveChangesAsync(cancellationToken);
        }

        var policy = await db.PolicyOf(open.HubId, cancellationToken);
        var day = open.DayOf(taker.Code) ?? throw ProblemException.NotFound("open shift", id.ToString()); // it is offered to others
        if (open.Closed is { } closed)
        {
            throw ProblemException.Conflict(closed);
        }

        if (await db.Swaps.AnyAsync(s => s.OpenShiftId == id && s.AgentId == taker.Id && s.State == SwapState.Asked, cancellationToken))
        {
            throw ProblemException.Conflict("You have asked for this shift already; the manager decides.");
        }

        if (open.Offered.Count == 0)
        {
            await DemandWeek(taker, SwapKind.PickUp, policy, now, cancellationToken); // what a manager offers is not asked for
        }

        var swap = new Swap
        {
            HubId = open.HubId,
            Kind = SwapKind.PickUp,
            AgentId = taker.Id,
            Date = day.Date,
            Shift = (day.After ?? day.Before)!,
            OpenShiftId = open.Id,
            Day = open.Offered.Count > 0 ? day : null,
            AskedAt = now,
            ExpiresAt = open.ExpiresAt,
            UpdatedAt = now,
        };
        swap.Steps.Add(new SwapStep(SwapState.Asked, now, by, reason, null));
        db.Swaps.Add(swap);
        var decided = swap.Day is null ? null : new SwapStep(SwapState.Approved, now, by, "The floor has offered it; the first have it.", "offer");
        return await Settle(swap, taker, open, [], decided, cancellationToken);
    });

    /// <summary>Ends a request without an edit.</summary>
    /// <param name="may">Whether it is the caller's to end; else 404.</param>
    public Task<Swap> Close(
        Guid id, SwapState state, string by, string? reason, Func<Swap, bool> may, Action<Swap> match, CancellationToken cancellationToken) => Again(async () =>
    {
        var swap = await Load(id, cancellationToken);
        if (!may(swap))
        {
            throw ProblemException.NotFound("request", id.ToString());
        }

        await Demand(swap, [SwapState.Asked, SwapState.Accepted], cancellationToken);
        match(swap);
        swap.Move(new SwapStep(state, clock.GetCurrentInstant(), by, reason, null));
        await db.SaveChangesAsync(cancellationToken);
        return swap;
    });

    /// <summary>Who may take what somebody offers to everybody, or an open shift.</summary>
    /// <param name="only">One person to ask; null for all active people of the hub.</param>
    public async Task<IReadOnlyList<Taker>> TakersOf(Swap swap, string? only, CancellationToken cancellationToken)
    {
        var roster = await rosters.Of(swap.HubId, swap.AgentId, swap.Date, cancellationToken);
        return roster is null ? [] : await Ask(roster.Value, swap.HubId, only, swap.Agent!.Code, open => to => swap.Handover(to).Operations(open.Document),
            cancellationToken);
    }

    /// <inheritdoc cref="TakersOf(Swap, string, CancellationToken)"/>
    /// <param name="person">One person to ask, who may be of another roster than the rest; null for all active people of the hub.</param>
    public async Task<IReadOnlyList<Taker>> TakersOf(OpenShift shift, Agent? person, CancellationToken cancellationToken)
    {
        var roster = person is null ? await rosters.Last(shift.HubId, shift.Date, cancellationToken)
            : await rosters.ToJoin(shift.HubId, person.Id, shift.Date, cancellationToken);
        if (roster is not null && shift.Offered.Count > 0)
        {
            var days = shift.Offered.Where(d => person is null || d.Agent == person.Code).ToDictionary(d => d.Agent, StringComparer.Ordinal);
            return await desk.Look(
                roster.Value, open => Takers.Of(open.Document, days.Keys.Where(open.Document.Knows), to => OpenShift.Operations(days[to])), cancellationToken);
        }

        return roster is null ? [] : await Ask(
            roster.Value, shift.HubId, person?.Code, null, _ => to => [new EditOperation.Assign(shift.Shift.ToShift(to, shift.Date))], cancellationToken);
    }

    /// <summary>What a request would do to the roster now.</summary>
    public async Task<EditEffectResponse> Check(Swap swap, CancellationToken cancellationToken)
    {
        var taker = swap.Kind == SwapKind.PickUp ? swap.Agent : swap.Other;
        if (taker is null || !swap.IsOpen)
        {
            throw ProblemException.Conflict(taker is null ? "Nobody has agreed to take the shift yet; takers says who may." : "The request is decided.");
        }

        return await desk.Check(
            await Deciding(swap, taker, cancellationToken), open => Changed(open, swap, taker, null) is { } changed ? throw ProblemException.Conflict(changed)
                : Operations(open, swap, taker), cancellationToken);
    }

    internal async Task<Swap> Load(Guid id, CancellationToken cancellationToken) =>
        await db.Swaps.Include(s => s.Hub).Include(s => s.Agent).Include(s => s.Other).SingleOrDefaultAsync(s => s.Id == id, cancellationToken)
        ?? throw ProblemException.NotFound("request", id.ToString());

    /// <summary>Whether a person may see a request as an offer.</summary>
    internal static bool IsFor(Swap swap, Agent person) => swap.Kind != SwapKind.PickUp && swap.AgentId != person.Id
        && (swap.OtherId == person.Id || (swap.ToEverybody && swap.HubId == person.HubId));

    private async Task<IReadOnlyList<Taker>> Ask(
        Guid roster, Guid hub, string? only, string? but, Func<OpenRoster, Func<string, IReadOnlyList<EditOperation>>> take,
        CancellationToken cancellationToken)
    {
        var people = only is not null ? [only]
            : await db.Agents.Where(a => a.HubId == hub && a.Active && a.Code != but).OrderBy(a => a.Code).Select(a => a.Code).ToListAsync(cancellationToken);
        return await desk.Look(roster, open => Takers.Of(open.Document, people.Where(open.Document.Knows), take(open)), cancellationToken);
    }

    /// <summary>Edits the roster where it is decided that it may be: by a manager, or else by the policy.</summary>
    /// <param name="swap">The request, tracked.</param>
    /// <param name="open">The open shift that is taken, tracked.</param>
    /// <param name="agreed">Steps that are stored in either case.</param>
    /// <param name="manager">The approval of a manager; null to let the policy decide.</param>
    private async Task<Swap> Settle(
        Swap swap, Agent taker, OpenShift? open, IReadOnlyList<SwapStep> agreed, SwapStep? manager, CancellationToken cancellationToken)
    {
        var policy = await db.PolicyOf(swap.HubId, cancellationToken);
        var deal = new Deal(swap, taker, open, agreed, manager, policy.Handovers, clock.GetCurrentInstant());
        var roster = await Deciding(swap, taker, cancellationToken);
        var isNew = db.Entry(swap).State == EntityState.Added;
        var author = new EditAuthor(manager?.By ?? (agreed.Count > 0 ? agreed[^1] : swap.Steps[^1]).By, deal.Reason, EditCause.Swap);
        EditEffectResponse effect;
        try
        {
            effect = await desk.Apply(roster, deal.Operations, author, null, cancellationToken);
            if (deal.Breaks && await desk.Check(roster, now => Operations(now, swap, taker), cancellationToken) is { Allowed: false } broken)
            {
                throw RosterDesk.Refused(broken); // no waiver covers it
            }
        }
        catch (ProblemException e) when (e.Status == StatusCodes.Status422UnprocessableEntity && manager is null && !swap.ToEverybody && !isNew)
        {
            await Fail(swap.Id, Swap.Rules, RuleIn(e), "A rule stands against it by now.", cancellationToken);
            throw;
        }

        if (deal.Changed is { } changed)
        {
            if (!isNew)
            {
                await Fail(swap.Id, Swap.Rules, "changed", changed, cancellationToken);
            }

            throw ProblemException.Conflict(changed);
        }

        if (effect.Number is null)
        {
            await db.SaveChangesAsync(cancellationToken); // the manager decides
        }

        db.ChangeTracker.Clear();
        return await Load(swap.Id, cancellationToken);
    }

    private async Task Fail(Guid id, string by, string rule, string reason, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var swap = await Load(id, cancellationToken);
        if (swap.IsOpen)
        {
            swap.Move(new SwapStep(SwapState.Failed, clock.GetCurrentInstant(), by, reason, rule));
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private static string RuleIn(ProblemException problem) =>
        problem.More.TryGetValue("findings", out var findings) && findings is IEnumerable<EditFinding> broken ? broken.First().Rule
        : problem.More.TryGetValue("refusals", out var refusals) && refusals is IEnumerable<OperationRefusal> refused ? refused.First().Code : "unusable";

    private async Task<Guid> Deciding(Swap swap, Agent taker, CancellationToken cancellationToken)
    {
        var roster = swap.Kind == SwapKind.PickUp ? await rosters.ToJoin(swap.HubId, taker.Id, swap.Date, cancellationToken)
            : await rosters.Of(swap.HubId, swap.AgentId, swap.Date, cancellationToken);
        return roster ?? throw ProblemException.Conflict($"No published roster decides about {swap.Date:uuuu-MM-dd} any more.");
    }

    /// <summary>The roster that decides about all days concerned: an edit is one step of one roster.</summary>
    private async Task<Guid> RosterOf(Agent agent, SwapAsk ask, Agent? other, CancellationToken cancellationToken)
    {
        var mine = await rosters.Of(agent.HubId, agent.Id, ask.Date, cancellationToken)
            ?? throw ProblemException.Semantic("/date", $"No published roster decides about {ask.Date:uuuu-MM-dd} of agent '{agent.Code}'.");
        if (other is null)
        {
            return mine;
        }

        var theirs = await rosters.Of(agent.HubId, other.Id, ask.OtherDate ?? ask.Date, cancellationToken);
        return theirs == mine || (theirs is null && ask.OtherDate is null) ? mine : throw ProblemException.Semantic(
            ask.OtherDate is null ? "/other" : "/otherDate",
            theirs is null ? $"No published roster decides about {ask.OtherDate:uuuu-MM-dd} of agent '{other.Code}'."
                : "The two days are of different rosters, which cannot be edited in one step: one half could be done without the other. Give each shift away "
                    + "instead, or ask the manager.");
    }

    private async Task<Agent> Colleague(Agent agent, string code, CancellationToken cancellationToken)
    {
        if (code == agent.Code)
        {
            throw ProblemException.Semantic("/other", "Nobody swaps with oneself.");
        }

        return await db.Agents.Include(a => a.Hub).SingleOrDefaultAsync(a => a.Code == code && a.HubId == agent.HubId && a.Active, cancellationToken)
            ?? throw ProblemException.Semantic("/other", $"There is no agent '{code}' who works at hub '{agent.Hub!.Code}'.");
    }

    private static void DemandToCome(LocalDate date, DateTimeZone zone, Instant now, string field)
    {
        if (date < now.InZone(zone).Date)
        {
            throw ProblemException.Semantic(field, $"{date:uuuu-MM-dd} is over.");
        }
    }

    private static RosterShift ToCome(RosterShift? shift, string agent, LocalDate date, Instant now, string field)
    {
        if (shift is null)
        {
            throw ProblemException.Semantic(field, $"Agent '{agent}' has no published shift on {date:uuuu-MM-dd}.");
        }

        return shift.Start > now ? shift
            : throw ProblemException.Semantic(field, $"The shift of agent '{agent}' on {date:uuuu-MM-dd} began at {shift.Start}; it stays as it is.");
    }

    internal static void DemandInTime(Instant expires, RequestPolicy policy, Instant now)
    {
        if (expires <= now)
        {
            throw ProblemException.Semantic(
                "/date", $"It had to be asked by {expires}: requests close {policy.Data.ExpireHoursBefore} hours before the shift begins.");
        }
    }

    private async Task DemandWeek(Agent agent, SwapKind kind, RequestPolicy policy, Instant now, CancellationToken cancellationToken)
    {
        var hub = agent.Hub ?? await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == agent.HubId, cancellationToken);
        var today = now.InZone(hub.Zone).Date;
        var monday = hub.Zone.AtStartOfDay(today.PlusDays(1 - (int)today.DayOfWeek)).ToInstant();
        var asked = await db.Swaps.CountAsync(s => s.AgentId == agent.Id && s.Kind == kind && s.AskedAt >= monday, cancellationToken);
        if (policy.Data.RequestsPerWeek > 0 && asked >= policy.Data.RequestsPerWeek)
        {
            throw ProblemException.Conflict(
                $"Agent '{agent.Code}' has made {asked} requests of this kind since Monday; {policy.Data.RequestsPerWeek} a week are allowed "
                    + "(requestsPerWeek).");
        }
    }

    private async Task DemandLegal(Guid roster, Swap swap, Agent? other, RosterShift mine, CancellationToken cancellationToken)
    {
        var effect = await desk.Check(
            roster, open => other is null ? [swap.Handover(swap.Agent!.Code).Giving(mine)] : swap.Handover(other.Code).Operations(open.Document),
            cancellationToken);
        if (effect.Days.Count == 0)
        {
            throw ProblemException.Semantic("/otherDate", "The two shifts are the same in every part; nothing would change.");
        }

        if (!effect.Allowed)
        {
            throw RosterDesk.Refused(effect);
        }
    }

    /// <exception cref="ProblemException">409: it is in none of the states.</exception>
    private async Task Demand(Swap swap, SwapState[] states, CancellationToken cancellationToken)
    {
        if (swap.Expire(clock.GetCurrentInstant()))
        {
            await db.SaveChangesAsync(cancellationToken);
        }

        if (!states.Contains(swap.State))
        {
            var last = swap.Steps[^1];
            var why = last.By is Swap.Rules or Swap.Clock ? $": {last.Reason}" : ".";
            throw ProblemException.Conflict($"The request is {swap.State.ToString().ToLowerInvariant()} since {last.At}{why}");
        }
    }

    private async Task<T> Again<T>(Func<Task<T>> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await act();
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                db.ChangeTracker.Clear(); // somebody was first: look again at what stands now
            }
        }
    }

    private static IReadOnlyList<EditOperation> Operations(OpenRoster open, Swap swap, Agent taker) => swap.Kind == SwapKind.PickUp
        ? OpenShift.Operations(swap.Day ?? new EditedDayData(taker.Code, swap.Date, null, swap.Shift)) : swap.Handover(taker.Code).Operations(open.Document);

    /// <summary>What is not as it was when it was offered; nothing is said of what it is now, which may be another's business.</summary>
    private static string? Changed(OpenRoster open, Swap swap, Agent taker, OpenShift? place)
    {
        if (swap.Kind == SwapKind.PickUp)
        {
            return place?.Closed ?? (swap.Day is null ? null : Shift(taker.Code, swap.Date, swap.Day.Before));
        }

        return Shift(swap.Agent!.Code, swap.Date, swap.Shift) ?? (swap.OtherDate is { } date ? Shift(taker.Code, date, swap.OtherShift!) : null);

        string? Shift(string agent, LocalDate day, EditedShift? was)
        {
            var now = EditedShift.From(open.Document.Find(agent, day));
            return EditedShift.IsSame(was, now) ? null
                : $"The {(was is null ? "day" : "shift")} of agent '{agent}' on {day:uuuu-MM-dd} is not what it was when it was offered: "
                    + (now is null ? "it is not there any more." : "it has other times or other work now.");
        }
    }

    /// <summary>One attempt after another to put a request through; the state of each is that of the last.</summary>
    private sealed class Deal(
        Swap swap, Agent taker, OpenShift? open, IReadOnlyList<SwapStep> agreed, SwapStep? manager, HandoverPolicy policy, Instant now)
    {
        private readonly SwapStep[] _steps = [.. swap.Steps];
        private readonly (int Swap, int Open) _versions = (swap.Version, open?.Version ?? 0);
        private readonly (int Taken, OpenShiftState State) _places = (open?.Taken ?? 0, open?.State ?? OpenShiftState.Open);

        /// <summary>What is not as it was when it was offered.</summary>
        public string? Changed { get; private set; }

        /// <summary>Whether a hard rule would be broken; only a waiver, and the manager, could allow it.</summary>
        public bool Breaks { get; private set; }

        public string Reason => swap.Kind switch
        {
            SwapKind.Exchange => $"Exchange {swap.Id} of '{swap.Agent!.Code}' and '{taker.Code}'.",
            SwapKind.GiveAway => $"Give-away {swap.Id} of '{swap.Agent!.Code}' to '{taker.Code}'.",
            _ => $"Pick-up {swap.Id} of an open shift by '{taker.Code}'.",
        };

        /// <summary>The operations, where it is decided that they are done; none where the manager is to decide, or something has changed.</summary>
        public IReadOnlyList<EditOperation> Operations(OpenRoster roster)
        {
            Restart();
            Breaks = false;
            Changed = SwapDesk.Changed(roster, swap, taker, open);
            if (Changed is not null)
            {
                return [];
            }

            var operations = SwapDesk.Operations(roster, swap, taker);
            foreach (var step in agreed)
            {
                swap.Move(step);
            }

            var verdict = manager is null ? Judge(roster, operations) : null;
            if (verdict is { IsAutomatic: false })
            {
                swap.Rule = verdict.Rule;
                swap.Steps = [.. swap.Steps[..^1], swap.Steps[^1] with { Rule = verdict.Rule }];
                return [];
            }

            swap.Move(manager ?? new SwapStep(SwapState.Approved, now, Swap.Policy, verdict?.Message, verdict?.Rule));
            (swap.RosterId, swap.Edit) = (roster.Roster.Id, roster.Roster.Edits + 1);
            if (open is not null)
            {
                open.Taken++;
                open.Move(open.Taken >= open.Places ? OpenShiftState.Filled : OpenShiftState.Open, now);
            }

            return operations;
        }

        private void Restart()
        {
            (swap.Steps, swap.Version, swap.Rule, swap.State) = ([.. _steps], _versions.Swap, null, _steps[^1].State);
            (swap.RosterId, swap.Edit) = (null, null);
            if (open is not null)
            {
                (open.Version, open.Taken, open.State) = (_versions.Open, _places.Taken, _places.State);
            }
        }

        /// <summary>Null where the desk is to say what is wrong.</summary>
        private HandoverVerdict? Judge(OpenRoster roster, IReadOnlyList<EditOperation> operations)
        {
            var (days, refusals) = roster.Document.Propose(operations);
            if (refusals.Count > 0 || days.Count == 0)
            {
                return null;
            }

            var effect = roster.Document.Check(days);
            Breaks = effect.Broken.Count > 0;
            return policy.Judge(effect, effect.Days.Min(d => d.FirstChange) - now, roster.Document.Problem.Interval);
        }
    }
}
