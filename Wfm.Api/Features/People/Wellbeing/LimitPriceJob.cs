using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Rosters.Service;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Solving;
using Wfm.Scheduling.Wellbeing;
using AgentSkill = Wfm.Scheduling.Problem.AgentSkill;

namespace Wfm.Api.Features.People.Wellbeing;

/// <param name="RosterId">The roster on whose days, requirement and people the limits are priced.</param>
/// <param name="Limits">Limits of each of the searches.</param>
/// <param name="Replications">Simulated periods of each roster; 0 for none.</param>
/// <param name="FteWeeklyHours">Paid hours a week of a full-time equivalent.</param>
public sealed record LimitPriceArguments(Guid RosterId, SolveLimits Limits, int Replications, double FteWeeklyHours);

/// <summary>Solves the days of a roster with every limit on harmful content, with each loosened by a step and without it, and simulates the service of each. No
/// roster is changed.</summary>
internal sealed class LimitPriceJob(
    WfmDbContext db, ServiceScenarioBuilder scenarios, RosterProblemBuilder problems, HubRosterer rosterer, HubService service, IClock clock) : IJobHandler
{
    private const string Method =
        "A short search of the same seed and work limit for each row, and a simulation of its service on the same paths. Searches end near the best and not at "
        + "it: differences below their noise mean nothing.";

    public static string Kind => "limit-prices";

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        var arguments = job.Arguments<LimitPriceArguments>();
        var result = $"/api/v1/rosters/{arguments.RosterId}/limit-prices";
        if (await db.LimitPrices.AnyAsync(p => p.JobId == job.Id, cancellationToken))
        {
            return result; // stored before the worker died
        }

        job.Progress.Report(0.02, "reading the days of the roster, their work, people and rules");
        var input = await scenarios.Read(arguments.RosterId, allSkills: false, arguments.Limits.Seed, cancellationToken);
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == input.Roster.HubId, cancellationToken);
        var requirement = await db.RequirementOf(hub, input.Roster.RequirementRunId, cancellationToken)
            ?? throw new JobFailedException("The requirement of the roster is not stored any more; make a new roster instead.");
        var problem = await problems.Build(
            hub, input.Roster.Start, input.Roster.Days, requirement, input.Roster.RiskLevel, cancellationToken);
        var changes = LimitChanges.Of(problem.Policy);
        if (changes.Count == 0)
        {
            throw new JobFailedException($"The policies of hub '{hub.Code}' hold no limit on harmful content; there is nothing to price.");
        }

        var (done, all) = (0, 1 + changes.Sum(c => c.WithLoosened is null ? 1 : 2));
        var now = await Solve(problem.Policy);
        var prices = new List<LimitPrice>();
        var hoursOfAnFte = arguments.FteWeeklyHours * input.Roster.Days / 7;
        foreach (var change in changes)
        {
            var loosened = change.WithLoosened is { } policy ? LimitDifference.Of(now, await Solve(policy), hoursOfAnFte) : null;
            prices.Add(new LimitPrice(
                change.Rule.Kind.Code, change.Rule.Text, change.Rule.Source, LimitChanges.Numbers(change.Rule.Parameters), change.Loosened, loosened,
                LimitDifference.Of(now, await Solve(change.Without), hoursOfAnFte)));
        }

        db.LimitPrices.Add(new LimitPriceList
        {
            RosterId = arguments.RosterId,
            Data = new LimitPriceData(now, prices, arguments.FteWeeklyHours, Method, arguments.Limits.Seed, arguments.Limits.MaximumMoves),
            PricedAt = clock.GetCurrentInstant(),
            JobId = job.Id,
        });
        await db.SaveChangesAsync(cancellationToken);
        return result;

        async Task<LimitOutcome> Solve(LabourPolicy policy)
        {
            var asked = problem with { Policy = policy };
            var roster = await rosterer.Solve(asked, arguments.Limits, null, cancellationToken);
            var served = arguments.Replications == 0 || roster.Shifts.Count == 0 ? null : await Serve(asked, roster);
            job.Progress.Report(0.05 + (0.9 * ++done / all), $"solved {done} of {all}");
            return Outcome(Scorecard.Of(asked, roster), served, hoursOfAnFte: arguments.FteWeeklyHours * input.Roster.Days / 7);
        }

        Task<RosterService> Serve(RosterProblem asked, RosterResult roster)
        {
            var skills = asked.Agents.ToDictionary(
                a => a.Id, IReadOnlyList<AgentSkill> (a) => [.. a.Skills.Where(s => !a.OptOutGroups.Contains(s.Group))], StringComparer.Ordinal);
            var people = RosteredPerson.Of(roster.Shifts.Concat(input.Before), skills, asked.Origin, allSkills: false);
            return service.Simulate(
                input.Work with { People = people },
                new ServiceOptions(
                    arguments.Limits.Seed, arguments.Replications, ServiceDefaults.Confidence,
                    Duration.FromHours(Math.Min(ServiceDefaults.WarmUpHours, asked.Days * 12)), Shrinkage: true),
                null, cancellationToken);
        }
    }

    private static LimitOutcome Outcome(Scorecard card, RosterService? service, double hoursOfAnFte) => new(
        Math.Round(card.PaidHours, 3), Math.Round(card.PaidHours / hoursOfAnFte, 3), Math.Round(card.Coverage.MissingHours, 3), Math.Round(card.Cost, 3),
        Math.Round(card.Coverage.Coverage, 6), service?.Report.Total.ProbabilityGoalMet,
        service is null || service.Report.Queues.Count == 0 ? null : Math.Round(service.Report.Queues.Average(q => q.ProbabilityGoalMet), 6));
}
