using NodaTime;
using Wfm.Api.Features.Forecasts.Learning;
using Wfm.Api.Features.Forecasts.Runs;
using Wfm.Api.Features.Rosters.Proof;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Service;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Features.Volumes;
using Wfm.Api.Jobs;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Features.Nights;

/// <summary>What one night does for one hub; the defaults are those of the schedule.</summary>
/// <param name="HorizonDays">Days forecast after the end of the data.</param>
/// <param name="RosterRiskLevel">The one of them that is rostered for.</param>
/// <param name="RosterDays">Days rostered.</param>
/// <param name="ServiceReplications">Most replications of the simulated service.</param>
/// <param name="ServiceContacts">Its work limit: most contacts simulated, a second or two.</param>
/// <param name="ProofRounds">Most rounds in which the roster is mended where its goals fail.</param>
/// <param name="ProofTrials">Rosters tried with more people, for each group whose goals do not hold.</param>
/// <param name="ProofMoves">Moves of one repair.</param>
/// <param name="ProofTimeLimitSeconds">For all of the proof; null for the work limits alone.</param>
public sealed record NightlyChainArguments(
    int HorizonDays = 42, int Seed = 1, int Paths = 200, double RosterRiskLevel = 0.8, int RosterDays = 28, long MaximumMoves = RosterDefaults.MaximumMoves,
    double? RosterTimeLimitSeconds = null, int ServiceReplications = ServiceDefaults.Replications, long ServiceContacts = ServiceDefaults.MaximumContacts,
    int ProofRounds = ProofDefaults.Rounds, int ProofTrials = ProofDefaults.Trials, long ProofMoves = ProofDefaults.MaximumMoves,
    double? ProofTimeLimitSeconds = 300)
{
    /// <summary>Risk levels of the requirement.</summary>
    public double[] RiskLevels { get; init; } = [0.5, 0.8, 0.9];

    /// <summary>First local day of the roster; null for the first Monday after the cut-off.</summary>
    public LocalDate? RosterStart { get; init; }
}

/// <summary>The nightly chain of a hub: import check, models across the operation, forecast (fit, back-test, publish), requirement, draft roster, its proof:
/// the service it delivers, mended where goals fail; each step a job of its own.</summary>
/// <remarks>A step that fails ends this hub's night and no other's; what was published before stays served.</remarks>
public sealed class NightlyChain(JobRunner runner) : IJobHandler
{
    public static string Kind => "nightly-chain";

    public static JobPriority Priority => JobPriority.Nightly;

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        var arguments = job.Arguments<NightlyChainArguments>();
        await runner.RunStep<ImportCheckJob>(job, 0, "import check", new ImportCheckArguments(), cancellationToken);
        await runner.RunStep<LearningJob>(job, 0.03, "learning across the operation", new LearningArguments(arguments.HorizonDays), cancellationToken);
        var forecast = await runner.RunStep<ForecastJob>(
            job, 0.1, "forecast", new ForecastArguments(null, arguments.HorizonDays, arguments.Seed, Publish: true, Incremental: true), cancellationToken);
        var requirement = await runner.RunStep<RequirementJob>(
            job, 0.45, "requirement", new RequirementArguments(forecast.ResultId(), arguments.RiskLevels, arguments.Paths, arguments.Seed), cancellationToken);
        var roster = await runner.RunStep<RosterJob>(
            job,
            0.6,
            "roster",
            new RosterArguments(
                requirement.ResultId(), arguments.RosterStart, arguments.RosterDays, arguments.RosterRiskLevel,
                new SolveLimits(arguments.Seed, arguments.MaximumMoves) { Seconds = arguments.RosterTimeLimitSeconds }),
            cancellationToken);
        var check = new ServiceCheckArguments(
            roster.ResultId(), arguments.ServiceReplications, arguments.Seed, arguments.RosterDays > 1 ? ServiceDefaults.WarmUpHours : 0,
            MaximumContacts: arguments.ServiceContacts);
        var proof = await runner.RunStep<RosterProofJob>(
            job, 0.85, "proof",
            new RosterProofArguments(
                roster.ResultId(), check, new SolveLimits(arguments.Seed, arguments.ProofMoves) { Seconds = arguments.ProofTimeLimitSeconds },
                arguments.ProofRounds, arguments.ProofTrials),
            cancellationToken);
        return $"/api/v1/rosters/{RosterProofJob.RosterOf(proof)}";
    }
}
