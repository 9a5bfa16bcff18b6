using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using NodaTime;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Editing;

namespace Wfm.Api.Features.Rosters.Edits;

internal static class EditEndpoints
{
    private const int MostFits = 1000;
    private const int LongestHours = 16;

    public static void MapRosterEdits(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/rosters").WithTags("Roster edits");
        group.MapPost("/{id:guid}/edits", Edit).WithName("EditRoster").WithSummary(
                "Edits a roster: some operations that are done together or not at all, in force at once where the roster is published. With check=true nothing "
                    + "is stored. The answer says what changes, breaks, costs and remains uncovered; 422 with the findings when a hard rule would be broken.")
            .Requires(Permission.WriteRosters).WithDatedExample(Example);
        group.MapGet("/{id:guid}/edits", History).WithName("ListRosterEdits")
            .WithSummary("The edits of a roster, the first first, each with its days before and after.")
            .Requires(Permission.ReadRosters);
        group.MapPost("/{id:guid}/edits/{number}:undo", Undo).WithName("UndoRosterEdit").WithSummary(
                "Takes an edit back by another edit, checked like any. Refused with 409 where its days have changed since.")
            .Requires(Permission.WriteRosters).WithExample(new UndoEditRequest { Reason = "The shift is needed after all." });
        group.MapGet("/{id:guid}/fits", Fits).WithName("GetRosterFits").WithSummary(
                "Who could take open work, best first, with cost, notice and fair shares; who could only by a waiver, with the rules to waive; of the others "
                    + "the rule that stops them.")
            .Requires(Permission.ReadRosters);
        group.MapGet("/{id:guid}/shifts/{shift}/why", Why).WithName("GetShiftReason").WithSummary(
                "Why a shift is there: what each part of it is worth, what its removal would cost, and the next best for that person and day.")
            .Requires(Permission.ReadRosters);
        routes.MapGet("/api/v1/rosters/{id:guid}/explanation", Explanation).WithTags("Rosters").WithName("GetRosterExplanation")
            .WithSummary("Runs of missing heads, of late work and of too few people present, and why nobody covers them.").Requires(Permission.ReadRosters);
    }

    private static OperationExample Example(LocalDate today) => new(
        new EditRosterRequest
        {
            Reason = "Ana called in sick.",
            Operations = [new EditOperationRequest { Kind = EditKind.Remove, Agent = "dub-001", Date = today.PlusDays(2) }],
        },
        []);

    /// <param name="id">Identity of the roster.</param>
    /// <param name="check">True to be told what it would do, and change nothing.</param>
    private static async Task<EditEffectResponse> Edit(
        Guid id, EditRosterRequest request, WfmDbContext db, RosterDesk desk, EditReader reader, ClaimsPrincipal user, HttpContext http, Findings findings,
        CancellationToken cancellationToken, bool check = false)
    {
        var (roster, hub) = await Find(id, db, user, cancellationToken);
        var operations = await reader.Read(request, hub, roster.Start, roster.Days, findings, cancellationToken);
        if (check)
        {
            return await desk.Check(id, _ => operations, cancellationToken);
        }

        var author = new EditAuthor(user.KeyName(), request.Reason, EditCause.Edit);
        var answer = await desk.Apply(id, _ => operations, author, Seen(http.Request), cancellationToken);
        return await Answer(answer, id, db, http.Response, cancellationToken);
    }

    /// <param name="id">Identity of the roster.</param>
    /// <param name="number">Number of the edit.</param>
    private static async Task<EditEffectResponse> Undo(
        Guid id, int number, UndoEditRequest request, WfmDbContext db, RosterDesk desk, ClaimsPrincipal user, HttpContext http,
        CancellationToken cancellationToken)
    {
        await Find(id, db, user, cancellationToken);
        var author = new EditAuthor(user.KeyName(), request.Reason ?? $"Edit {number} taken back.", EditCause.Undo);
        return await Answer(await desk.Undo(id, number, author, Seen(http.Request), cancellationToken), id, db, http.Response, cancellationToken);
    }

    /// <param name="id">Identity of the roster.</param>
    /// <param name="agent">Code of an agent whose days the edits changed.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<RosterEditResponse>> History(
        Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, string? agent = null, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        await Find(id, db, user, cancellationToken);
        var seen = Paging.Key(after) is not { } key ? 0
            : int.TryParse(key, out var number) ? number
            : throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{after}' is not.");
        var (days, agents) = (db.RosterEditDays, db.Agents);
        var found = await db.RosterEdits.AsNoTracking().Include(e => e.Days).Where(e => e.RosterId == id && e.Number > seen)
            .Where(e => agent == null || days.Any(d => d.EditId == e.Id && agents.Any(a => a.Id == d.AgentId && a.Code == agent)))
            .OrderBy(e => e.Number).Take(take + 1).ToListAsync(cancellationToken);
        var ids = found.SelectMany(e => e.Days.Select(d => d.AgentId)).Distinct().ToList();
        var codes = await db.Agents.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Code, cancellationToken);
        return found.ToPage(take, e => e.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), e => RosterDesk.ToResponse(e, codes));
    }

    /// <param name="id">Identity of the roster.</param>
    /// <param name="date">Local day on which the work begins.</param>
    /// <param name="group">Skill group.</param>
    /// <param name="from">Local time at which it begins, such as 09:00.</param>
    /// <param name="to">Local time at which it ends; not after <c>from</c> means the next day.</param>
    /// <param name="overtimeHours">By how much a shift beside it may grow, hours, 0 to 8; 4 when left out.</param>
    /// <param name="limit">People told, and as many who could by a waiver, 1 to 1000; 20 when left out.</param>
    private static async Task<FitsResponse> Fits(
        Guid id, QueryDate date, string group, QueryTime from, QueryTime to, WfmDbContext db, RosterDesk desk, EditWaivers waivers, IClock clock,
        ClaimsPrincipal user, CancellationToken cancellationToken, double overtimeHours = 4, int limit = 20)
    {
        var (roster, hub) = await Find(id, db, user, cancellationToken);
        var end = to.Value > from.Value ? date.Value : date.Value.PlusDays(1);
        var (start, stop) = (TimeRanges.InstantOf(hub.Zone, date.Value + from.Value), TimeRanges.InstantOf(hub.Zone, end + to.Value));
        if (date.Value < roster.Start || date.Value >= roster.Start.PlusDays(roster.Days))
        {
            throw ProblemException.Semantic("date", $"{date.Value:uuuu-MM-dd} is not in the {roster.Days} days from {roster.Start:uuuu-MM-dd}.");
        }

        if ((stop - start).TotalHours > LongestHours)
        {
            throw ProblemException.Semantic("to", $"{from.Value:HH:mm} to {to.Value:HH:mm} are more than {LongestHours} hours; nobody works as long.");
        }

        if (overtimeHours is not (>= 0 and <= 8))
        {
            throw ProblemException.Semantic("overtimeHours", $"0 to 8 hours serve, {overtimeHours} do not.");
        }

        if (limit is not (>= 1 and <= MostFits))
        {
            throw ProblemException.Semantic("limit", $"1 to {MostFits} people can be told, {limit} cannot.");
        }

        if (!await db.Queues.AnyAsync(q => q.SkillGroup == group, cancellationToken))
        {
            throw ProblemException.Semantic("group", $"There is no skill group '{group}'.");
        }

        var work = new OpenWork(group, start, stop);
        var fits = await desk.Look(id, open => open.Document.Fits(work, Duration.FromMinutes(Math.Round(overtimeHours * 60))), cancellationToken);
        return await ToResponse(work, fits, limit, clock.GetCurrentInstant(), hub, waivers, cancellationToken);
    }

    private static async Task<FitsResponse> ToResponse(
        OpenWork work, IReadOnlyList<Fit> fits, int limit, Instant now, Hub hub, EditWaivers waivers, CancellationToken cancellationToken)
    {
        List<Fit> people = [.. fits.Where(f => !f.IsByWaiver).Take(limit)], byWaiver = [.. fits.Where(f => f.IsByWaiver).Take(limit)];
        var found = new Queue<EditFinding>(await waivers.Apply(hub, [.. people.Concat(byWaiver).SelectMany(f => f.Stops)], cancellationToken));
        return new FitsResponse(
            work.Group, work.Start, work.End, fits.Count(f => f.Stops.Count == 0), fits.Count(f => f.IsByWaiver),
            fits.Where(f => f.Stops.Count > 0).GroupBy(f => f.Stops[0].Rule).ToDictionary(g => g.Key, g => g.Count()), people.ConvertAll(Told),
            byWaiver.ConvertAll(Told));

        FitResponse Told(Fit f) => new(
            f.AgentId, f.Kind, f.Stops.Count == 0, f.Day.Date, EditedShift.From(f.Before), EditedShift.From(f.Day.Shift)!, f.CoveredMinutes, f.Cost,
            f.PersonCost, (new ChangedDay(f.AgentId, f.Day.Date, f.Before, f.Day.Shift).FirstChange - now).TotalHours, PersonFiguresData.From(f.Now),
            PersonFiguresData.From(f.Then), [.. f.Stops.Select(_ => found.Dequeue())]);
    }

    /// <param name="id">Identity of the roster.</param>
    /// <param name="shift">Identity of the shift.</param>
    private static async Task<WhyResponse> Why(
        Guid id, Guid shift, WfmDbContext db, RosterDesk desk, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await Find(id, db, user, cancellationToken);
        var stored = await db.Shifts.AsNoTracking().Where(s => s.Id == shift && s.RosterId == id).Select(s => new { s.Agent!.Code, s.Date })
            .SingleOrDefaultAsync(cancellationToken) ?? throw ProblemException.NotFound("shift", shift.ToString());
        var why = await desk.Look(id, open => open.Document.Knows(stored.Code) ? open.Document.Why(stored.Code, stored.Date) : null, cancellationToken)
            ?? throw ProblemException.Conflict("The shift does not count: leave has taken it away, or a roster published later decides about the day.");
        return new WhyResponse(
            stored.Code, stored.Date, EditedShift.From(why.Shift)!,
            [.. why.Serves.Select(s => new ServedWorkData(s.Group, s.Start, s.End, s.Value, s.RequiredHeads, s.ScheduledHeads))], why.RemovalCost,
            why.PersonCost, [.. why.Breaks.Select(EditFinding.Of)], why.Alternative is not null, EditedShift.From(why.Alternative?.Shift),
            why.Alternative?.Cost);
    }

    /// <param name="id">Identity of the roster.</param>
    private static async Task<IReadOnlyList<UncoveredRun>> Explanation(
        Guid id, WfmDbContext db, RosterDesk desk, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (roster, _) = await Find(id, db, user, cancellationToken);
        return roster.Edits == 0 ? roster.Uncovered // what the search knew of it
            : await desk.Look(id, open => UncoveredRows.Of(open.Document.Result(explain: true)).ToList(), cancellationToken);
    }

    private static async Task<EditEffectResponse> Answer(
        EditEffectResponse answer, Guid id, WfmDbContext db, HttpResponse response, CancellationToken cancellationToken)
    {
        response.SetETag(await db.Rosters.Where(r => r.Id == id).Select(r => r.Version).SingleAsync(cancellationToken));
        return answer;
    }

    private static async Task<(Roster Roster, Hub Hub)> Find(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await RosterEndpoints.Find(id, db, user, cancellationToken);

    /// <summary>The version in If-Match; null for any.</summary>
    /// <exception cref="ProblemException">428: there is none. 400: it is no version of a roster.</exception>
    private static int? Seen(HttpRequest request)
    {
        var match = request.Headers.IfMatch.ToString();
        if (string.IsNullOrWhiteSpace(match))
        {
            throw new ProblemException(StatusCodes.Status428PreconditionRequired, "An edit needs If-Match with the ETag of the roster as you have seen it.");
        }

        return match == EntityTagHeaderValue.Any.Tag ? null
            : int.TryParse(match.Trim().Trim('"'), out var version) ? version
            : throw new ProblemException(StatusCodes.Status400BadRequest, $"If-Match is {match}; the ETag of the roster is needed, such as \"3\".");
    }
}
