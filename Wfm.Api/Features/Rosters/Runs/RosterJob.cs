using Wfm.Api.Features.Setup.Agents;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Features.Rosters.Runs;

/// <param name="RequirementId">Null for the newest of the hub.</param>
/// <param name="Start">First local day; null for the first Monday after the forecast's cut-off.</param>
/// <param name="MaximumMoves">Work limit of the search: the same input, seed and limit give the same roster.</param>
/// <param name="TimeLimitSeconds">Ends the search early; null for the work limit alone.</param>
public sealed record RosterArguments(Guid? RequirementId, LocalDate? Start, int Days, double RiskLevel, int Seed, long MaximumMoves, double? TimeLimitSeconds)
{
    /// <summary>Days that the search leaves as they are.</summary>
    public IReadOnlyList<PinRequest> Pins { get; init; } = [];
}

/// <summary>Builds the roster problem of a hub from the store, solves it and keeps the result as a draft.</summary>
public sealed class RosterJob(WfmDbContext db, RosterProblemBuilder builder, RosterPins pins, ComputeSlots slots, IClock clock) : IJobHandler
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
        var start = arguments.Start ?? DefaultStart(hub, requirement.Forecast!.CutOff);
        if ((RosterSpan.Complaint(hub, requirement, start, arguments.Days) ?? RosterSpan.Complaint(requirement, arguments.RiskLevel)) is { } complaint)
        {
            throw new JobFailedException(complaint);
        }

        job.Progress.Report(0.02, "reading people, shifts and rules");
        var findings = new Findings();
        var pinned = await pins.Read(arguments.Pins, hub, start, arguments.Days, findings, cancellationToken);
        if (findings.Any)
        {
            throw new JobFailedException(string.Join(' ', findings.All.Select(f => $"{f.Field}: {f.Reason}"))); // changed since it was asked for
        }

        var problem = await builder.Build(hub, start, arguments.Days, requirement, arguments.RiskLevel, cancellationToken, pinned);
        var result = await slots.Run(() => Solve(problem, arguments, job.Progress, cancellationToken), cancellationToken);
        job.Progress.Report(0.97, "storing");
        var roster = await Store(hub, start, arguments, requirement, problem, result, job.Id, cancellationToken);
        return $"/api/v1/rosters/{roster.Id}";
    }

    private static RosterResult Solve(RosterProblem problem, RosterArguments arguments, JobProgress progress, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (arguments.TimeLimitSeconds is { } seconds)
        {
            limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        }

        var steps = new SolveSteps(progress, arguments.MaximumMoves);
        var result = new RosterSolver().Solve(problem, new SolverOptions(arguments.Seed, arguments.MaximumMoves), steps, limit.Token);
        cancellationToken.ThrowIfCancellationRequested(); // the job was cancelled, not its time limit reached
        return result;
    }

    /// <summary>The first Monday that lies wholly after the cut-off; data may reach past midnight.</summary>
    internal static LocalDate DefaultStart(Hub hub, Instant cutOff)
    {
        var date = cutOff.InZone(hub.Zone).Date;
        var whole = hub.Zone.AtStartOfDay(date).ToInstant() >= cutOff ? date : date.PlusDays(1);
        return whole.PlusDays(-1).Next(IsoDayOfWeek.Monday);
    }

    private async Task<Roster> Store(
        Hub hub, LocalDate start, RosterArguments arguments, RequirementRun requirement, RosterProblem problem, RosterResult result, Guid jobId, CancellationToken cancellationToken)
    {
        var agents = await db.AgentIds(problem.Agents.Select(a => a.Id), cancellationToken);
        var roster = RosterRows.From(hub, start, arguments, requirement, problem, result, agents, jobId, clock.GetCurrentInstant());
        await db.AddRevision(roster, cancellationToken);
        return roster;
    }

    /// <summary>What the solver says, on the job.</summary>
    private sealed class SolveSteps(JobProgress progress, long maximumMoves) : IProgress<SolveProgress>
    {
        public void Report(SolveProgress value) =>
            progress.Report(0.05 + (0.9 * value.Moves / Math.Max(1, maximumMoves)), $"searched {value.Moves:N0} moves, cost {value.Cost:N0}");
    }
}
