using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Crises.Plans;

internal static class CrisisPlanEndpoints
{
    private const int Told = 5; // people next in line
    private const int Attempts = 10;
    private static readonly Duration Longest = Duration.FromHours(2); // by which a shift of theirs may grow

    public static void MapCrisisPlans(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/crises/{id:guid}/plans").WithTags("Crises");
        group.MapPost("/", Plan).WithName("PlanCrisis").WithSummary(
                "Plans the hubs of a crisis together in a job: who could be asked to do what, each by the zone, law and contract of the own hub, and what it "
                    + "costs other work, with the probability that legal clocks are kept before and after. Without surges it plans for what the crisis has "
                    + "shown so far. Changes no roster.")
            .Requires(Permission.DeclareCrises).WithExample(new PlanCrisisRequest { Surges = [new SurgeRequest { Group = "sensitive-en", Factor = 3 }] });
        group.MapGet("/", List).WithName("ListCrisisPlans").WithSummary("Plans of a crisis, newest first.").Requires(Permission.ReadRosters);
        group.MapGet("/{plan}", Get).WithName("GetCrisisPlan").WithSummary("Reads a plan with the list of people to ask, and what they answered.")
            .Requires(Permission.ReadRosters);
        group.MapPost("/{plan}/people/{agent}:answer", Answer).WithName("AnswerCrisisPlan")
            .WithSummary("Takes down what somebody answered; after a no it says who is next in line.").Requires(Permission.WriteRosters)
            .WithExample(new AnswerPlanRequest { Accepted = false });
        group.MapPost("/{plan}/hubs/{hub}:apply", Apply).WithName("ApplyCrisisPlan").WithSummary(
                "Puts a plan in force at a hub: one edit of its roster, without those who said no. 412 with the edits since where the roster is not the one "
                    + "that was planned with.")
            .Requires(Permission.WriteRosters).WithExample(new ApplyPlanRequest { Reason = "Agreed with the crisis lead." });
    }

    /// <param name="id">Identity of the crisis.</param>
    private static async Task<AcceptedAtRoute<JobAccepted>> Plan(
        Guid id, PlanCrisisRequest request, WfmDbContext db, JobQueue jobs, ClaimsPrincipal user, IClock clock, Findings findings,
        CancellationToken cancellationToken)
    {
        var (crisis, now) = (await db.FindCrisis(id, user, cancellationToken), clock.GetCurrentInstant());
        var groups = await db.Queues.Select(q => q.SkillGroup).Distinct().ToListAsync(cancellationToken);
        findings.Require(request.From is not { } from || from >= now, "/from", request.From, $"What is over cannot be planned; it is {now}.");
        findings.Require(
            request.Surges.Count > 0 || crisis.Queues.Count > 0, "/surges", null,
            "Tell the surges, or which queues the crisis is about (POST /api/v1/crises/{id}:extend): nothing is known to plan for.");
        foreach (var (surge, i) in request.Surges.Select((s, i) => (s, i)))
        {
            findings.Require(
                groups.Contains(surge.Group), $"/surges/{i}/group", surge.Group, $"There is no skill group '{surge.Group}'.", FindingCodes.Unknown);
            findings.Require(
                request.Surges.Take(i).All(s => s.Group != surge.Group), $"/surges/{i}/group", surge.Group, $"'{surge.Group}' is named twice.");
            findings.Require(surge.Factor is null != surge.Heads is null, $"/surges/{i}", surge.Factor, "Give either a factor or heads.");
            findings.Require(
                surge.Heads is not { } heads || (heads.Count == request.Hours && heads.All(h => h is >= 0 and <= 10_000)), $"/surges/{i}/heads",
                surge.Heads?.Count, $"{request.Hours} heads between 0 and 10,000 are needed, one an hour.");
        }

        findings.ThrowIfAny();
        crisis.Hubs.ForEach(h => user.DemandHub(h.Hub!.Code));
        crisis.DemandOpen();
        var arguments = new CrisisPlanArguments(id, request.From ?? now, user.KeyName(), request);
        return JobAccepted.At(await jobs.Ask<CrisisPlanJob>(arguments, crisis.Hubs[0].HubId, JobOwner.Of(user), cancellationToken));
    }

    /// <param name="id">Identity of the crisis.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<CrisisPlanResponse>> List(
        Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, int? limit = null, string? after = null)
    {
        var (take, before) = (Paging.Limit(limit), Paging.Id(after));
        await db.FindCrisis(id, user, cancellationToken);
        var found = await db.CrisisPlans.AsNoTracking().Where(p => p.CrisisId == id && (before == null || p.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(p => p.Id).Take(take + 1).ToListAsync(cancellationToken);
        return found.ToPage(take, p => p.Id.ToString(), CrisisPlanResponse.Of);
    }

    /// <param name="id">Identity of the crisis.</param>
    /// <param name="plan">Identity of the plan.</param>
    private static async Task<CrisisPlanResponse> Get(Guid id, Guid plan, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        CrisisPlanResponse.Of(await Find(id, plan, db, user, cancellationToken));

    /// <param name="id">Identity of the crisis.</param>
    /// <param name="plan">Identity of the plan.</param>
    /// <param name="agent">Code of an agent whom it asks.</param>
    private static async Task<PlanAnswerResponse> Answer(
        Guid id, Guid plan, string agent, AnswerPlanRequest request, WfmDbContext db, RosterDesk rosters, ClaimsPrincipal user, IClock clock,
        Findings findings, CancellationToken cancellationToken)
    {
        findings.ThrowIfAny();
        var found = await Find(id, plan, db, user, cancellationToken);
        var help = found.Hubs.Find(h => h.Moves.Any(m => m.Day.Agent == agent)) ?? throw ProblemException.NotFound("agent of the plan", agent);
        user.DemandHub(help.Hub);
        if (found.Applied.Exists(a => a.Hub == help.Hub))
        {
            throw ProblemException.Conflict($"The plan is in force at '{help.Hub}'; take days back by an edit of the roster.");
        }

        var answer = new PlanAnswer(agent, request.Accepted!.Value, clock.GetCurrentInstant(), user.KeyName());
        await Add(found, answer, null, db, cancellationToken);
        return new PlanAnswerResponse(
            agent, request.Accepted.Value, request.Accepted.Value ? [] : await Next(help, agent, rosters, cancellationToken));
    }

    private static async Task<IReadOnlyList<NextInLine>> Next(PlannedHelp help, string agent, RosterDesk rosters, CancellationToken cancellationToken)
    {
        var asked = help.Moves.Select(m => m.Day.Agent).ToHashSet(StringComparer.Ordinal);
        var shift = help.Moves.First(m => m.Day.Agent == agent).Day.After;
        var work = shift?.Activities.Where(a => a is { Kind: ActivityKinds.Work, Group: not null }).OrderByDescending(a => a.End - a.Start).FirstOrDefault();
        if (work is null) return [];
        return await rosters.Look(
            help.RosterId,
            open => open.Document.Fits(new OpenWork(work.Group!, work.Start, work.End), Longest).Where(f => f.Stops.Count == 0 && !asked.Contains(f.AgentId))
                .Take(Told).Select(f => new NextInLine(f.AgentId, f.CoveredMinutes, EditedShift.From(f.Day.Shift)!)).ToList(),
            cancellationToken);
    }

    /// <param name="id">Identity of the crisis.</param>
    /// <param name="plan">Identity of the plan.</param>
    /// <param name="hub">Code of a hub of the plan.</param>
    private static async Task<EditEffectResponse> Apply(
        Guid id, Guid plan, string hub, ApplyPlanRequest request, WfmDbContext db, RosterDesk rosters, ClaimsPrincipal user, IClock clock, Findings findings,
        CancellationToken cancellationToken)
    {
        findings.ThrowIfAny();
        var found = await Find(id, plan, db, user, cancellationToken);
        var help = found.Hubs.Find(h => h.Hub == hub) ?? throw ProblemException.NotFound("hub of the plan", hub);
        user.DemandHub(hub);
        if (found.Applied.Find(a => a.Hub == hub) is { } done)
        {
            throw ProblemException.Conflict($"The plan is in force at '{hub}' since {done.At}, by {done.By}.");
        }

        DayEdit[] days =
        [
            .. help.Moves.Where(m => !found.HasDeclined(m.Day.Agent))
                .Select(m => new DayEdit(m.Day.Agent, m.Day.Date, m.Day.After?.ToShift(m.Day.Agent, m.Day.Date))),
        ];
        if (days.Length == 0)
        {
            throw ProblemException.Conflict($"There is nothing to do at '{hub}': nobody is asked, or everybody said no.");
        }

        var author = new EditAuthor(user.KeyName(), request.Reason ?? $"Plan of {found.MadeAt} for a crisis.", EditCause.Action);
        var effect = await rosters.Apply(help.RosterId, days, author, help.RosterVersion, cancellationToken);
        var people = effect.Days.Select(d => d.Agent).Distinct(StringComparer.Ordinal).Count();
        await Add(found, null, new PlanApplied(hub, effect.Number, people, clock.GetCurrentInstant(), user.KeyName()), db, cancellationToken);
        return effect;
    }

    private static async Task<CrisisPlan> Find(Guid id, Guid plan, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await db.FindCrisis(id, user, cancellationToken);
        return await db.CrisisPlans.AsNoTracking().SingleOrDefaultAsync(p => p.Id == plan && p.CrisisId == id, cancellationToken)
            ?? throw ProblemException.NotFound("plan", plan.ToString());
    }

    // The plan was read without tracking: an edit empties what is tracked. Who has changed it meanwhile has added to it.
    private static async Task Add(CrisisPlan plan, PlanAnswer? answer, PlanApplied? applied, WfmDbContext db, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (answers, at, version) = (plan.Answers, plan.Applied, plan.Version);
            if (answer is not null) answers = [.. answers, answer];
            if (applied is not null) at = [.. at, applied];
            var taken = await db.CrisisPlans.Where(p => p.Id == plan.Id && p.Version == version).ExecuteUpdateAsync(
                p => p.SetProperty(x => x.Answers, answers).SetProperty(x => x.Applied, at).SetProperty(x => x.Version, version + 1), cancellationToken);
            if (taken == 1)
            {
                return;
            }

            if (attempt == Attempts)
            {
                throw ProblemException.Conflict("Others keep changing the plan; send it again.");
            }

            plan = await db.CrisisPlans.AsNoTracking().SingleAsync(p => p.Id == plan.Id, cancellationToken);
        }
    }
}
