using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Service;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Proof;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Features.Rosters.Proof;

/// <param name="RosterId">The roster to prove.</param>
/// <param name="Check">How the last word is simulated.</param>
/// <param name="Limits">Moves of one repair, and the time for all of it.</param>
/// <param name="Rounds">Most rounds.</param>
/// <param name="Trials">Rosters tried with more people, for each group whose goals do not hold.</param>
public sealed record RosterProofArguments(
    Guid RosterId, ServiceCheckArguments Check, SolveLimits Limits, int Rounds = ProofDefaults.Rounds, int Trials = ProofDefaults.Trials);

internal static class ProofDefaults
{
    public const int Rounds = 10;
    public const int Trials = 8;
    public const long MaximumMoves = 300_000; // of one repair: a second or two
    public const int SteeringReplications = 10;
}

/// <summary>Proves a stored roster: mends a draft until its goals hold, and keeps the service of the result with a verdict on every queue. A draft that was
/// mended is a new draft.</summary>
internal sealed class RosterProofJob(
    WfmDbContext db, ServiceScenarioBuilder scenarios, StoredRosterProblem problems, HubService service, IClock clock) : IJobHandler
{
    public static string Kind => "proof";

    /// <summary>Path of the proof of a roster.</summary>
    public static string PathOf(Guid rosterId) => $"/api/v1/rosters/{rosterId}/proof";

    /// <summary>The roster that a finished proof is of.</summary>
    public static Guid RosterOf(Job proof) => Guid.Parse(proof.Result!.Split('/')[^2]);

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        if (await db.ServiceChecks.Where(c => c.JobId == job.Id).Select(c => (Guid?)c.RosterId).FirstOrDefaultAsync(cancellationToken) is { } made)
        {
            return PathOf(made); // stored before the worker died
        }

        var arguments = job.Arguments<RosterProofArguments>();
        job.Progress.Report(0.02, "reading the roster, its work, people and rules");
        var input = await scenarios.Read(arguments.RosterId, arguments.Check.AllSkills, arguments.Check.Seed, cancellationToken);
        if (input.Shifts.Count == 0)
        {
            throw new JobFailedException("The roster has no shifts; there is nothing to prove.");
        }

        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == input.Roster.HubId, cancellationToken);
        var requirement = await db.RequirementOf(hub, input.Roster.RequirementRunId, cancellationToken)
            ?? throw new JobFailedException("The requirement of the roster is not stored any more; make a new roster instead.");
        var problem = await problems.Of(hub, input.Roster, input.Shifts, requirement, cancellationToken);
        var options = ServiceCheckRows.Options(arguments.Check, input);
        var checking = ServiceCheckRows.Simulated(options);
        var proving = new ProofOptions(checking.ToSimulation(), arguments.Limits)
        {
            Replications = Math.Min(ProofDefaults.SteeringReplications, options.Replications),
            Rounds = arguments.Rounds,
            Trials = arguments.Trials,
        };
        var result = await service.Prove(
            input.Work,
            work => new ProofCase(problem, input.Shifts, work, input.Work.Days, input.Roster.RiskLevel)
            {
                Before = input.Before,
                AllSkills = arguments.Check.AllSkills,
                MayChange = input.Roster.State == PublicationState.Draft,
            },
            checking, proving, new ProofSteps(job.Progress), cancellationToken);
        job.Progress.Report(0.97, "storing");
        return PathOf(await Store(hub, input, requirement, problem, options, result, job.Id, cancellationToken));
    }

    private async Task<Guid> Store(
        Hub hub, ServiceInput input, RequirementRun requirement, RosterProblem problem, ServiceCheckOptions options, ProofResult result, Guid jobId,
        CancellationToken cancellationToken)
    {
        var (original, now) = (input.Roster, clock.GetCurrentInstant());
        var roster = original;
        if (result.IsChanged)
        {
            var made = result.Roster with
            {
                Moves = original.Summary.Moves + result.Roster.Moves,
                StopReason = StopReason.WorkLimit,
                Bound = await Bound(original, jobId, cancellationToken),
            };
            roster = RosterRows.From(
                hub, original.Start,
                new RosterArguments(
                    requirement.Id, original.Start, original.Days, original.RiskLevel, new SolveLimits(original.Seed, original.MaximumMoves)),
                requirement, problem, made, await db.AgentIds(problem.Agents.Select(a => a.Id), cancellationToken), jobId, now);
        }

        db.ServiceChecks.Add(ServiceCheckRows.From(
            input with { Roster = roster }, options, result.Service, jobId, now, RosterProofRows.Summary(result, original.Id),
            [.. result.Queues.Select(RosterProofRows.Verdict)]));
        if (result.IsChanged)
        {
            await db.AddRevision(roster, cancellationToken);
        }
        else
        {
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }

        return roster.Id;
    }

    /// <summary>A bound holds for the people and rules it was computed for: those of the same night.</summary>
    private async Task<double> Bound(Roster original, Guid jobId, CancellationToken cancellationToken)
    {
        var chains = await db.Jobs.Where(j => j.Id == jobId || j.Id == original.JobId).Select(j => j.ParentId).ToListAsync(cancellationToken);
        return chains is [{ } night, { } same] && night == same ? original.Summary.LowerBound ?? 0 : 0;
    }

    /// <summary>What the proof says, on the job.</summary>
    private sealed class ProofSteps(JobProgress progress) : IProgress<ProofProgress>
    {
        public void Report(ProofProgress value) => progress.Report(0.05 + (0.9 * value.Done), value.Step);
    }
}
