using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Routing.Shares;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Routing;

internal static class AllocationEndpoints
{
    private const int MinutesOfDay = 1440;

    public static void MapAllocations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/allocations").WithTags("Allocations");
        group.MapPost("/", Create).WithName("CreateAllocation").WithSummary(
                "Shares the globally routed work out over hubs at least cost, with the best fixed split beside it, in a job.")
            .Requires(Permission.WritePlans).WithExample(new CreateAllocationRequest());
        group.MapGet("/", List).WithName("ListAllocations").WithSummary("Allocations, newest first.").Requires(Permission.ReadPlans);
        group.MapGet("/{id:guid}", Get).WithName("GetAllocation")
            .WithSummary("Hours, nights, cost, breach probability and bound of an allocation and of the best fixed split.").Requires(Permission.ReadPlans);
        group.MapGet("/{id:guid}/intervals", Intervals).WithName("GetAllocationIntervals")
            .WithSummary("What each hub does by line of work and interval; a key of some hubs sees theirs.").Requires(Permission.ReadPlans);
        group.MapPost("/{id:guid}/requirements", Share).WithName("ShareAllocation").WithSummary(
                "Makes a requirement for each hub of its share of the work, in a job; a roster is made for it like for any other, by its requirementId.")
            .Requires(Permission.WritePlans);
        group.MapGet("/{id:guid}/rosters", Rosters).WithName("GetAllocationRosters")
            .WithSummary("The rosters made for the hubs' shares against what the allocation gave them; a key of some hubs sees theirs.")
            .Requires(Permission.ReadPlans);
        group.MapGet("/{id:guid}/prices", Prices).WithName("GetAllocationPrices")
            .WithSummary("What one more head costs by line of work and interval, and what each hub would ask for it.").Requires(Permission.ReadPlans);
    }

    private static async Task<AcceptedAtRoute<JobAccepted>> Create(
        CreateAllocationRequest request, WfmDbContext db, JobQueue jobs, ClaimsPrincipal user, IClock clock, Findings findings,
        CancellationToken cancellationToken)
    {
        var known = await db.HubsFor(only: null, user, cancellationToken);
        List<string> hubs = [.. known.Values.Select(h => h.Code).Where(h => request.Hubs.Count == 0 || request.Hubs.Contains(h)).Order(StringComparer.Ordinal)];
        request.Hubs.ForEach(user.DemandHub);
        ReferenceLists.CheckKnown(findings, "/hubs", request.Hubs, known.Values.Select(h => h.Code), "hub");
        Check(request, hubs, findings);
        findings.ThrowIfAny();
        if (hubs.Count == 0)
        {
            throw ProblemException.Semantic("/hubs", "There is no hub to share work out over.");
        }

        if (!await db.Queues.AnyAsync(q => q.Routing == QueueRouting.Global, cancellationToken))
        {
            throw ProblemException.Semantic("/hubs", "No queue is routed globally; set its routing to 'global' with PUT /api/v1/queues/{code}.");
        }

        var from = request.From ?? NextMonday(clock.GetCurrentInstant());
        var question = new AllocationQuestion(
            hubs, from, request.Days, request.IntervalMinutes, request.RiskLevel, request.Paths, request.Seed, request.BreachPrice, request.NightPremium,
            request.WeekendPremium, request.HandoverMinutes, request.MaximumNightHours, request.HubNightHours);
        var counted = known.Values.First(h => h.Code == hubs[0]).Id; // one of them bears the job, so that hub and key have no more than they may
        return JobAccepted.At(await jobs.Ask<AllocationJob>(question, counted, JobOwner.Of(user), cancellationToken));
    }

    private static void Check(CreateAllocationRequest request, List<string> hubs, Findings findings)
    {
        findings.Require(
            request.RiskLevel is > 0 and < 1, "/riskLevel", request.RiskLevel, $"A risk level lies in (0, 1), {request.RiskLevel} does not.");
        findings.Require(
            request.IntervalMinutes % 60 == 0 && MinutesOfDay % request.IntervalMinutes == 0, "/intervalMinutes", request.IntervalMinutes,
            $"{request.IntervalMinutes} minutes do not divide a day into hours; 60, 120, 180, 240 and 360 do.");
        findings.Require(
            request.From is null || request.From.Value.ToUnixTimeSeconds() % 3600 == 0, "/from", request.From,
            "It starts at a full hour, UTC.");
        foreach (var (hub, hours) in request.HubNightHours)
        {
            findings.Require(hubs.Contains(hub), $"/hubNightHours/{hub}", hub, $"There is no hub '{hub}'.");
            findings.Require(hours >= 0 && double.IsFinite(hours), $"/hubNightHours/{hub}", hours, $"A cap is 0 or more hours, {hours} is not.");
        }
    }

    private static Instant NextMonday(Instant now) => now.InUtc().Date.Next(IsoDayOfWeek.Monday).AtMidnight().InUtc().ToInstant();

    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<AllocationResponse>> List(
        WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, int? limit = null, string? after = null)
    {
        var (take, before) = (Paging.Limit(limit), Paging.Id(after));
        var found = await db.Allocations.AsNoTracking().Where(a => before == null || a.Id.CompareTo(before.Value) < 0)
            .OrderByDescending(a => a.Id).Take(take + 1).ToListAsync(cancellationToken);
        var page = found.ToPage(take, a => a.Id.ToString(), a => a);
        return new Page<AllocationResponse>([.. page.Items.Where(a => a.Hubs.Exists(user.MayTouch)).Select(AllocationResponse.Of)], page.Next);
    }

    /// <param name="id">Identity of the allocation.</param>
    private static async Task<AllocationResponse> Get(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        AllocationResponse.Of(await Find(id, db, user, cancellationToken));

    /// <param name="id">Identity of the allocation.</param>
    private static async Task<AcceptedAtRoute<JobAccepted>> Share(
        Guid id, WfmDbContext db, JobQueue jobs, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var run = await Find(id, db, user, cancellationToken);
        run.Hubs.ForEach(user.DemandHub);
        var first = run.Hubs[0];
        var counted = await db.Hubs.Where(h => h.Code == first).Select(h => h.Id).SingleAsync(cancellationToken);
        return JobAccepted.At(await jobs.Ask<AllocationShareJob>(new AllocationShareArguments(id), counted, JobOwner.Of(user), cancellationToken));
    }

    /// <param name="id">Identity of the allocation.</param>
    private static async Task<AllocationRostersResponse> Rosters(
        Guid id, WfmDbContext db, AllocationRosters rosters, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var run = await Find(id, db, user, cancellationToken);
        return await rosters.Of(run, [.. run.Hubs.Where(user.MayTouch)], cancellationToken);
    }

    /// <param name="id">Identity of the allocation.</param>
    /// <param name="group">Only this skill group.</param>
    /// <param name="from">First interval start.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<AllocationInterval>> Intervals(
        Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, string? group = null, QueryInstant? from = null,
        QueryInstant? to = null, int? limit = null, string? after = null)
    {
        var run = await Find(id, db, user, cancellationToken);
        return Rows(run, group, from, to, limit, after, (line, t, start) =>
        {
            var all = line.Hubs.Sum(h => h.Heads[t]);
            return new AllocationInterval(
                start, line.Line, line.Group, line.Needed[t], line.Missing[t], line.Breach[t],
                [
                    .. line.Hubs.Where(h => user.MayTouch(h.Hub))
                        .Select(h => new HubShare(h.Hub, h.Heads[t], all > 0 ? Math.Round(h.Heads[t] / all, 4) : null, h.FixedHeads[t])),
                ]);
        });
    }

    /// <param name="id">Identity of the allocation.</param>
    /// <param name="group">Only this skill group.</param>
    /// <param name="from">First interval start.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<AllocationPrice>> Prices(
        Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, string? group = null, QueryInstant? from = null,
        QueryInstant? to = null, int? limit = null, string? after = null)
    {
        var run = await Find(id, db, user, cancellationToken);
        return Rows(run, group, from, to, limit, after, (line, t, start) =>
        {
            List<HubPrice> hubs =
            [
                .. line.Hubs.Where(h => h.Asked[t] is not null && user.MayTouch(h.Hub)).Select(h => new HubPrice(h.Hub, h.Asked[t]!.Value))
                    .OrderBy(h => h.Price).ThenBy(h => h.Hub, StringComparer.Ordinal),
            ];
            return new AllocationPrice(start, line.Line, line.Group, line.Price[t], hubs, Words(line.Line, start, hubs));
        });
    }

    private static string Words(string line, Instant start, List<HubPrice> hubs) => hubs.Count == 0
        ? $"No hub has anybody to offer for {line} at {start.InUtc().LocalDateTime:HH:mm} UTC."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"The next head for {line} at {start.InUtc().LocalDateTime:HH:mm} UTC is cheapest at {hubs[0].Hub}: {hubs[0].Price:0.##} an hour.");

    private static Page<T> Rows<T>(
        AllocationRun run, string? group, QueryInstant? from, QueryInstant? to, int? limit, string? after, Func<AllocatedLine, int, Instant, T> map)
    {
        var take = Paging.Limit(limit);
        if (group is not null && !run.Data.Lines.Any(l => l.Group == group))
        {
            throw ProblemException.Semantic("group", $"The allocation has no work of a skill group '{group}'.");
        }

        var length = Duration.FromMinutes(run.IntervalMinutes);
        var count = (int)((run.End - run.Start) / length);
        var lines = run.Data.Lines.Where(l => group is null || l.Group == group).ToList();
        var rows = Enumerable.Range(0, count).Select(t => (Interval: t, Start: run.Start + (length * t)))
            .Where(i => (from is null || i.Start >= from.Value.Value) && (to is null || i.Start < to.Value.Value))
            .SelectMany(i => lines.Select((line, l) => (Line: line, i.Interval, i.Start, Key: (i.Interval * lines.Count) + l)));
        var first = First(after);
        return rows.Where(r => r.Key >= first).Take(take + 1).ToList()
            .ToPage(take, r => r.Key.ToString(CultureInfo.InvariantCulture), r => map(r.Line, r.Interval, r.Start));
    }

    private static int First(string? after) => Paging.Key(after) is not { } key ? 0
        : int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last < int.MaxValue ? last + 1
        : throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{after}' is not.");

    private static async Task<AllocationRun> Find(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var run = await db.Allocations.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("allocation", id.ToString());
        if (!run.Hubs.Exists(user.MayTouch)) user.DemandHub(run.Hubs[0]);
        return run;
    }
}
