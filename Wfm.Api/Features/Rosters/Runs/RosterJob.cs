using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Features.Rosters.Runs;

/// <param name="RequirementId">Null for the newest of the hub.</param>
/// <param name="Start">First local day; null for the first Monday after the forecast's cut-off.</param>
/// <param name="Limits">Limits of the search.</param>
public sealed record RosterArguments(Guid? RequirementId, LocalDate? Start, int Days, double RiskLevel, SolveLimits Limits)
{
    /// <summary>Days that the search leaves as they are.</summary>
    public IReadOnlyList<PinRequest> Pins { get; init; } = [];

    /// <summary>Whether published days are solved anew too; otherwise they stay as they are, but for those pinned.</summary>
    public bool Replan { get; init; }
}

/// <summary>Builds the roster problem of a hub from the store, solves it and keeps the result as a draft.</summary>
public sealed class RosterJob(
    WfmDbContext db, RosterProblemBuilder builder, RosterPins pins, PublishedDays published, HubRosterer rosterer, IDraftActivities activities,
    IClock clock) : IJobHandler
{
    public static string Kind => "roster";

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        if (await db.Rosters.Where(r => r.JobId == job.Id).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(cancellationToken) is { } made)
        {
            return $"/api/v1/rosters/{made}"; // stored before the worker died
        }

        var arguments = job.Arguments<RosterArguments>();
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == job.HubId, cancellationToken);
        var requirement = await db.RequirementOf(hub, arguments.RequirementId, cancellationToken)
            ?? throw new JobFailedException(arguments.RequirementId is { } id
                ? $"Hub '{hub.Code}' has no requirement '{id}'."
                : $"Hub '{hub.Code}' has no requirement yet; compute one with POST /api/v1/requirements.");
        var start = arguments.Start ?? HubRosterer.FirstDay(hub.Zone, requirement.Forecast!.CutOff);
        if ((RosterSpan.WhyNot(hub, requirement, start, arguments.Days) ?? RosterSpan.WhyNot(requirement, arguments.RiskLevel)) is { } reason)
        {
            throw new JobFailedException(reason);
        }

        job.Progress.Report(0.02, "reading people, shifts and rules");
        var findings = new Findings();
        var pinned = await pins.Read(arguments.Pins, hub, start, arguments.Days, findings, cancellationToken);
        if (findings.Any)
        {
            throw new JobFailedException(string.Join(' ', findings.All.Select(f => $"{f.Field}: {f.Reason}"))); // changed since it was asked for
        }

        var problem = await Build(arguments.Days);
        if (LooksAhead(problem) && RosterSpan.WhyNot(hub, requirement, start, arguments.Days + 1) is null)
        {
            problem = problem with { Ahead = await Build(arguments.Days + 1) };
        }

        var result = await rosterer.Solve(problem, arguments.Limits, new SearchSteps(job.Progress, arguments.Limits, 0.05, 0.9), cancellationToken);
        job.Progress.Report(0.95, "placing activities");
        var draft = await activities.Place(hub, problem, result, cancellationToken);
        job.Progress.Report(0.97, "storing");
        var roster = await Store(hub, start, arguments, requirement, problem, draft, job.Id, cancellationToken);
        return $"/api/v1/rosters/{roster.Id}";

        async Task<RosterProblem> Build(int days)
        {
            List<PinnedShift> stays = [.. pinned];
            if (!arguments.Replan)
            {
                var asked = pinned.Select(p => (p.AgentId, p.Date)).ToHashSet();
                stays.AddRange((await published.Of(hub, start, days, cancellationToken)).Where(p => !asked.Contains((p.AgentId, p.Date))));
            }

            return await builder.Build(hub, start, days, requirement, arguments.RiskLevel, cancellationToken, stays);
        }
    }

    /// <summary>Whether a shift that begins on the last day can serve the morning after, which is another roster's.</summary>
    private static bool LooksAhead(RosterProblem problem) =>
        problem.Days < RosterProblem.MostDays
        && problem.Templates.Any(t => Duration.FromNanoseconds(t.LatestStart.NanosecondOfDay) + t.Length > Duration.FromDays(1));

    private async Task<Roster> Store(
        Hub hub, LocalDate start, RosterArguments arguments, RequirementRun requirement, RosterProblem problem, DraftWithActivities draft, Guid jobId,
        CancellationToken cancellationToken)
    {
        var agents = await db.AgentIds(problem.Agents.Select(a => a.Id), cancellationToken);
        var roster = RosterRows.From(hub, start, arguments, requirement, problem, draft.Result, agents, jobId, clock.GetCurrentInstant());
        draft.Keep(roster.Id);
        await db.AddRevision(roster, cancellationToken);
        return roster;
    }
}
