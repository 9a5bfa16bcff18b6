using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.People.TimeOff.Limits;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.People.TimeOff.Balances;

internal static class BalanceEndpoints
{
    private const string Path = "/{code}/balances";

    public static void MapBalances(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/api/v1/agents").WithTags("Time off");
        agents.MapGet(Path, List).WithName("ListBalances").WithSummary("A person's balances of leave on a date, in order of type.")
            .Requires(Permission.ReadPeople).WithExample(path: ("code", "dub-001"));
        agents.MapGet($"{Path}/{{type}}/entries", Entries).WithName("ListBalanceEntries").WithSummary(
                "Every change of a balance with the balance after it: openings, adjustments, bookings, what each month earned, what lapsed.")
            .Requires(Permission.ReadPeople);
        agents.MapPost($"{Path}/{{type}}/entries", Add).WithName("CreateBalanceEntry").WithSummary(
                "Opens or adjusts a balance. It never changes: a correction is another entry. One that would leave the balance too low answers 409.")
            .Requires(LeavePermissions.Deciding).WithDatedExample(today => new OperationExample(
                new BalanceEntryRequest
                {
                    Kind = BalanceEntryKind.Opening,
                    On = new LocalDate(today.Year, 1, 1),
                    Hours = 160,
                    Reason = "Carried over from the payroll system.",
                },
                []));
        routes.MapBalanceImport();
    }

    /// <param name="code">Code of the agent.</param>
    /// <param name="on">Local date; today when absent.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<BalanceResponse>>> List(
        string code, WfmDbContext db, BalanceBook book, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken, QueryDate? on = null,
        int? limit = null, string? after = null)
    {
        var agent = await AgentEndpoints.Find(db.Agents.AsNoTracking(), code, user, cancellationToken);
        return TypedResults.Ok(await PageOf(agent, user.SeesReasons(), db, book, clock, on?.Value, limit, after, cancellationToken));
    }

    /// <summary>Balances of a person, whoever asks.</summary>
    /// <param name="hidden">Whether those of types with a hidden reason are among them.</param>
    internal static async Task<Page<BalanceResponse>> PageOf(
        Agent agent, bool hidden, WfmDbContext db, BalanceBook book, IClock clock, LocalDate? on, int? limit, string? after,
        CancellationToken cancellationToken)
    {
        var (take, date) = (Paging.Limit(limit), on ?? clock.GetCurrentInstant().InZone(agent.Hub!.Zone).Date);
        var types = await db.LeaveTypes.Where(t => t.Balance == t.Code && (hidden || !t.HiddenReason)).PageByCode(after, take, cancellationToken);
        var balances = new List<BalanceResponse>();
        foreach (var type in types)
        {
            balances.Add(await Of(agent, type, date, db, book, cancellationToken));
        }

        return balances.ToPage(take, b => b.Type, b => b);
    }

    /// <param name="code">Code of the agent.</param>
    /// <param name="type">Code of the type of leave.</param>
    /// <param name="from">Only changes on this local date or later.</param>
    /// <param name="to">Only changes on this local date or earlier; the end of the year when absent.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<BalanceLineResponse>>> Entries(
        string code, string type, WfmDbContext db, BalanceBook book, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken,
        QueryDate? from = null, QueryDate? to = null, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var agent = await AgentEndpoints.Find(db.Agents.AsNoTracking(), code, user, cancellationToken);
        var kept = await Find(db, type, cancellationToken);
        if (kept.HiddenReason && !user.SeesReasons())
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, $"Only the person, and who decides about leave, sees the balance '{type}'.");
        }

        var today = clock.GetCurrentInstant().InZone(agent.Hub!.Zone).Date;
        var (first, last) = (from?.Value ?? LocalDate.MinIsoValue, to?.Value ?? new LocalDate(today.Year, 12, 31));
        var ledger = await book.Ledger(agent, kept, last, cancellationToken);
        var lines = ledger.Lines.Where(l => l.Entry.On >= first && l.Entry.On <= last).Index().Skip(Skipped(after)).Take(take + 1).ToList();
        var answers = await Answers([.. lines.Select(l => l.Item)], db, cancellationToken);
        return TypedResults.Ok(lines.Zip(answers).ToList().ToPage(take, l => $"{l.First.Index + 1}", l => l.Second));
    }

    /// <param name="code">Code of the agent.</param>
    /// <param name="type">Code of the type of leave.</param>
    private static async Task<Created<BalanceResponse>> Add(
        string code, string type, BalanceEntryRequest request, WfmDbContext db, BalanceBook book, LeaveTurns turns, ClaimsPrincipal user, IClock clock,
        Findings findings, CancellationToken cancellationToken)
    {
        var agent = await AgentEndpoints.Find(db.Agents.AsNoTracking(), code, user, cancellationToken);
        var kept = await Find(db, type, cancellationToken);
        Check(request, findings);
        findings.ThrowIfAny();
        var entry = BalanceEntry.Of(request, agent, kept, user.KeyName(), clock.GetCurrentInstant());
        await turns.Run(
            agent.HubId, async () =>
            {
                await book.Add(agent, kept, entry, cancellationToken);
                return entry;
            },
            cancellationToken);
        var answer = await Of(agent, kept, entry.On, db, book, cancellationToken);
        return TypedResults.Created($"/api/v1/agents/{code}/balances/{type}/entries?from={LocalDatePattern.Iso.Format(entry.On)}", answer);
    }

    /// <summary>Finds what annotations cannot.</summary>
    internal static void Check(BalanceEntryRequest request, Findings findings)
    {
        findings.Require(
            request.HoursPerMonth is null || request.Kind == BalanceEntryKind.Opening, "/hoursPerMonth", request.HoursPerMonth,
            "Only an opening says what a month earns from there on.");
        findings.Storable(request.Reason, "/reason");
    }

    private static async Task<BalanceResponse> Of(
        Agent agent, LeaveType type, LocalDate date, WfmDbContext db, BalanceBook book, CancellationToken cancellationToken)
    {
        var ledger = await book.Ledger(agent, type, date, cancellationToken);
        var mine = db.LeaveBookings.Where(b => b.AgentId == agent.Id && b.Balance == type.Code);
        var pending = await mine.Where(b => b.EntryId == null).SumAsync(b => b.Minutes, cancellationToken);
        var booked = await mine.Where(b => b.Date > date).SumAsync(b => b.Minutes, cancellationToken);
        return new BalanceResponse(
            type.Code, type.Name, date, BalanceHours.Of(ledger.At(date)), BalanceHours.Of(pending), BalanceHours.Of(booked),
            BalanceHours.Of(ledger.LowestFrom(date).Minutes + type.Terms!.OverdraftMinutes), type.Terms.OverdraftHours);
    }

    private static async Task<LeaveType> Find(WfmDbContext db, string type, CancellationToken cancellationToken) =>
        await db.LeaveTypes.AsNoTracking().SingleOrDefaultAsync(t => t.Code == type && t.Balance == t.Code, cancellationToken)
        ?? throw ProblemException.NotFound("leave type with a balance of its own called", type);

    private static async Task<List<BalanceLineResponse>> Answers(IReadOnlyList<LeaveLine> lines, WfmDbContext db, CancellationToken cancellationToken)
    {
        var ids = lines.Select(l => l.Entry.Source).OfType<string>().Select(Guid.Parse).ToList();
        var said = await db.BalanceEntries.AsNoTracking().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id.ToString(), cancellationToken);
        var booked = await db.LeaveBookings.AsNoTracking().Where(b => ids.Contains(b.Id) && b.RequestId != null)
            .ToDictionaryAsync(b => b.Id.ToString(), b => b.RequestId, cancellationToken);
        return
        [
            .. from line in lines
               let entry = said.GetValueOrDefault(line.Entry.Source ?? "")
               let request = booked.GetValueOrDefault(line.Entry.Source ?? "")
               select new BalanceLineResponse(
                   line.Entry.On, line.Entry.Kind, BalanceHours.Of(line.Entry.Minutes), BalanceHours.Of(line.Balance), entry?.Reason, entry?.Author,
                   request is null ? null : $"/api/v1/time-off-requests/{request}"),
        ];
    }

    private static int Skipped(string? after) => Paging.Key(after) is not { } key ? 0 : int.TryParse(key, out var index) && index > 0 ? index
        : throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{after}' is not.");
}
