using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.People.RequestPolicies;
using Wfm.Api.Features.People.Swaps;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Bidding;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Requests;

namespace Wfm.Api.Features.People.Bidding;

/// <summary>Where rounds are opened and lines are given; what is given is one edit of the draft, stored with the awards and the points paid.</summary>
internal sealed class BidDesk(WfmDbContext db, RosterDesk desk, IClock clock)
{
    /// <summary>Opens a round.</summary>
    /// <exception cref="ProblemException">409: the roster is no draft. 422: lines or people cannot be used.</exception>
    public async Task<BidRound> Open(
        CreateBidRoundRequest request, Roster roster, Hub hub, string by, Findings findings, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        DemandDraft(roster);
        findings.Require(request.ClosesAt > now, "/closesAt", request.ClosesAt, $"{request.ClosesAt} is over.");
        var (known, rows) = await desk.Look(
            roster.Id,
            open => (open.AgentIds.Keys.ToHashSet(StringComparer.Ordinal),
                open.Document.Shifts.Where(s => !open.Document.IsLocked(s.AgentId, s.Date)).ToList()),
            cancellationToken);
        for (var i = 0; i < request.People.Count; i++)
        {
            findings.Require(known.Contains(request.People[i] ?? ""), $"/people/{i}", request.People[i], $"The draft has no agent '{request.People[i]}'.");
        }

        ReferenceLists.CheckDistinct(findings, "/people", request.People);
        var lines = request.Lines.Count > 0 ? await ByHand(request, roster, hub, findings, cancellationToken) : [];
        findings.ThrowIfAny();
        // Without names, and in an order that tells none.
        var own = rows.Where(s => request.People.Count == 0 || request.People.Contains(s.AgentId)).GroupBy(s => s.AgentId, StringComparer.Ordinal)
            .OrderBy(g => string.Join(' ', g.OrderBy(s => s.Date).Select(s => $"{s.Start} {s.End} {s.Template}")), StringComparer.Ordinal)
            .Select((g, i) => (Agent: g.Key, Line: new BidLineData(
                $"line-{i + 1:000}", [.. g.OrderBy(s => s.Date).Select(s => new BidShiftData(s.Date, EditedShift.From(s)!))]))).ToList();
        var round = new BidRound
        {
            HubId = hub.Id,
            RosterId = roster.Id,
            Name = request.Name,
            Rule = request.Rule,
            ClosesAt = request.ClosesAt!.Value,
            Lines = lines.Count > 0 ? lines : own.ConvertAll(o => o.Line),
            Rows = lines.Count > 0 ? [] : own.ToDictionary(o => o.Line.Code, o => o.Agent, StringComparer.Ordinal),
            People = request.People.Count > 0 ? request.People : [.. known.Order(StringComparer.Ordinal)],
            PostedBy = by,
            PostedAt = now,
            UpdatedAt = now,
        };
        if (round.Lines.Count == 0)
        {
            throw ProblemException.Semantic("/lines", "The draft has no shifts to make lines of; give lines.");
        }

        db.BidRounds.Add(round);
        await db.SaveChangesAsync(cancellationToken);
        return round;
    }

    /// <summary>Gives the lines and edits the draft: all of it or nothing.</summary>
    /// <param name="round">The round, tracked.</param>
    /// <exception cref="ProblemException">409: the round is over, or the roster is no draft. 422: the edit would break a rule.</exception>
    public async Task Award(BidRound round, string by, CancellationToken cancellationToken)
    {
        if (round.State != BidRoundState.Open)
        {
            throw ProblemException.Conflict($"The round is {round.State.ToString().ToLowerInvariant()}.");
        }

        DemandDraft(await db.Rosters.AsNoTracking().SingleAsync(r => r.Id == round.RosterId, cancellationToken));
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == round.HubId, cancellationToken);
        var policy = await db.PolicyOf(round.HubId, cancellationToken);
        var now = clock.GetCurrentInstant();
        var month = now.InZone(hub.Zone).Date;
        var people = await db.Agents.AsNoTracking().Where(a => round.People.Contains(a.Code)).ToListAsync(cancellationToken);
        var ids = people.ConvertAll(a => a.Id);
        var bids = await db.PersonBids.AsNoTracking().Where(b => b.RoundId == round.Id).ToDictionaryAsync(b => b.AgentId, b => b.Bids, cancellationToken);
        var accounts = await db.BidPoints.Where(p => ids.Contains(p.AgentId)).ToDictionaryAsync(p => p.AgentId, cancellationToken);
        foreach (var person in people.Where(p => round.Rule == BidRule.Points && !accounts.ContainsKey(p.Id)))
        {
            db.BidPoints.Add(accounts[person.Id] = Opened(person.Id, month, policy.Data));
        }

        var balances = accounts.ToDictionary(
            a => a.Key, a => a.Value.Account.In(month, policy.Data.MonthlyBidPoints, policy.Data.CarryOverBidPoints));
        var bidders = people.ConvertAll(a => new LineBidder(
            a.Code, a.EmployedFrom, balances.GetValueOrDefault(a.Id)?.Balance ?? 0, bids.GetValueOrDefault(a.Id) ?? []));
        var version = round.Version;
        var effect = await desk.Apply(
            round.RosterId, open =>
            {
                round.Awards = Give(round, bidders, open.Document);
                (round.State, round.Version, round.UpdatedAt, round.Edit) = (BidRoundState.Awarded, version + 1, now, open.Roster.Edits + 1);
                Pay();
                return Operations(round, open.Document);
            },
            new EditAuthor(by, $"Lines given in round '{round.Name}'.", EditCause.Swap), null, cancellationToken);
        if (effect.Number is null)
        {
            round.Edit = null; // everybody has what they got already
            await db.SaveChangesAsync(cancellationToken);
        }

        void Pay()
        {
            foreach (var person in people.Where(p => accounts.ContainsKey(p.Id)))
            {
                accounts[person.Id].Account = balances[person.Id].Pay(round.Awards.Find(a => a.Agent == person.Code)?.Paid ?? 0);
            }
        }
    }

    internal static BidPoints Opened(Guid agent, LocalDate month, RequestPolicyRequest policy) => new()
    {
        AgentId = agent,
        Balance = PointsAccount.Opened(month, policy.MonthlyBidPoints).Balance,
        Month = PointsAccount.Opened(month, policy.MonthlyBidPoints).Month,
    };

    private static List<BidAwardData> Give(BidRound round, List<LineBidder> bidders, RosterDocument document)
    {
        var lines = round.Lines.ToDictionary(l => l.Code, StringComparer.Ordinal);
        string[] codes = [.. lines.Keys];
        var stops = new Dictionary<(string, string), string?>();
        var given = round.Rule == BidRule.Rank ? LineAwards.ByRank(codes, bidders, Stop) : LineAwards.ByPoints(codes, bidders, Stop);
        var taken = given.Select(a => a.Line).OfType<string>().ToHashSet(StringComparer.Ordinal);
        // Whose row was taken, and who got none, has a say among what is left: the own row first.
        var left = codes.Where(c => !taken.Contains(c)).ToArray();
        var rows = round.Rows.ToDictionary(r => r.Value, r => r.Key, StringComparer.Ordinal);
        var without = LineAwards.Order(bidders).Where(b => rows.ContainsKey(b.Id) && given.Single(a => a.Bidder == b.Id).Line is null)
            .Select((b, turn) => new LineBidder(
                b.Id, null, bidders.Count - turn, [.. left.OrderBy(l => l != rows[b.Id]).Select(l => new LineBid(l))])).ToList();
        var rest = LineAwards.ByRank(left, without, Stop).ToDictionary(a => a.Bidder, a => a.Line, StringComparer.Ordinal);
        return
        [
            .. given.Select(a => new BidAwardData(
                a.Bidder, a.Line ?? rest.GetValueOrDefault(a.Bidder), a.Rank, a.Paid, a.Turn, a.Line is null && rest.GetValueOrDefault(a.Bidder) is not null,
                a.Passed)),
        ];

        string? Stop(string agent, string line) => stops.TryGetValue((agent, line), out var known) ? known
            : stops[(agent, line)] = Takers.Of(document, [agent], who => [.. Days(document, who, lines[line])])[0].Rule;
    }

    private static List<EditOperation> Operations(BidRound round, RosterDocument document)
    {
        var lines = round.Lines.ToDictionary(l => l.Code, StringComparer.Ordinal);
        var awarded = round.Awards.Where(a => a.Line is not null).ToDictionary(a => a.Agent, a => a.Line!, StringComparer.Ordinal);
        var lost = awarded.Values.Select(l => round.Rows.GetValueOrDefault(l)).OfType<string>().Where(a => !awarded.ContainsKey(a));
        return
        [
            .. lost.SelectMany(agent => Free(document, agent)), .. awarded.SelectMany(a => Days(document, a.Key, lines[a.Value])),
        ];
    }

    private static IEnumerable<EditOperation> Days(RosterDocument document, string agent, BidLineData line) =>
        Free(document, agent).Concat(line.Shifts.Select(s => new EditOperation.Assign(s.Shift.ToShift(agent, s.Date))));

    private static IEnumerable<EditOperation> Free(RosterDocument document, string agent) =>
        from day in Enumerable.Range(0, document.Problem.Days).Select(document.Problem.Start.PlusDays)
        where document.Knows(agent) && document.Find(agent, day) is not null && !document.IsLocked(agent, day)
        select new EditOperation.Remove(agent, day);

    private async Task<List<BidLineData>> ByHand(
        CreateBidRoundRequest request, Roster roster, Hub hub, Findings findings, CancellationToken cancellationToken)
    {
        var templates = await db.ShiftTemplates.AsNoTracking().Where(t => t.HubId == hub.Id).ToListAsync(cancellationToken);
        var groups = await db.Queues.Select(q => q.SkillGroup).Distinct().ToListAsync(cancellationToken);
        var (codes, lines) = (new HashSet<string>(StringComparer.Ordinal), new List<BidLineData>());
        foreach (var (i, line) in request.Lines.Index())
        {
            if (line is null)
            {
                findings.Add($"/lines/{i}", null, "A null in the list.");
                continue;
            }

            findings.Require(codes.Add(line.Code), $"/lines/{i}/code", line.Code, $"There are two lines '{line.Code}'.");
            var shifts = new SortedDictionary<LocalDate, BidShiftData>();
            foreach (var (j, shift) in line.Shifts.Index())
            {
                var at = $"/lines/{i}/shifts/{j}";
                if (shift is null)
                {
                    findings.Add(at, null, "A null in the list.");
                    continue;
                }

                findings.Require(
                    shift.Date >= roster.Start && shift.Date < roster.Start.PlusDays(roster.Days), $"{at}/date", shift.Date,
                    $"{shift.Date:uuuu-MM-dd} is not in the {roster.Days} days from {roster.Start:uuuu-MM-dd}.");
                findings.Require(groups.Contains(shift.Group), $"{at}/group", shift.Group, $"There is no skill group '{shift.Group}'.");
                var wanted = new CreateOpenShiftRequest { Date = shift.Date, Group = shift.Group, Template = shift.Template, Start = shift.Start };
                var found = new Findings();
                var made = OpenShiftShape.Of(wanted, hub, templates, found);
                found.All.ToList().ForEach(f => findings.Add(at + f.Field, f.Value, f.Reason));
                findings.Require(
                    made is null || shifts.TryAdd(shift.Date, new BidShiftData(shift.Date, made)), $"{at}/date", shift.Date,
                    $"The line has two shifts on {shift.Date:uuuu-MM-dd}.");
            }

            lines.Add(new BidLineData(line.Code, [.. shifts.Values]));
        }

        return lines;
    }

    private static void DemandDraft(Roster roster)
    {
        if (roster.State != PublicationState.Draft)
        {
            throw ProblemException.Conflict("Lines are given in a draft; this roster is published.");
        }
    }
}
