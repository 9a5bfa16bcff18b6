using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Learning;
using Wfm.Api.Features.Forecasts.Runs;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Nights;
using Wfm.Api.Features.Rosters.Publishing;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Commands;

/// <param name="Today">The day after the history.</param>
/// <param name="MaximumMoves">Work limit of the search.</param>
internal sealed record DemoWeekArguments(LocalDate Today, long MaximumMoves);

/// <summary>The week before the demo, for one hub: the forecast that would have been made a week ago from what was known then, and for it a roster that is
/// published: the week since, the rest of this one and the next.</summary>
/// <remarks>The night that follows goes on from what this forecast learned, so the two cost little more than one.</remarks>
internal sealed class DemoWeek(JobRunner runner, WfmDbContext db, RosterPublisher publisher) : IJobHandler
{
    private const int Days = 7; // no more: a night goes on from a forecast at most a week old

    private const int Paths = 50; // enough for weeks that are over or published; the night's draft has all of them

    public static string Kind => "demo-week";

    /// <summary>The Monday on which the published roster is over: at least a week after today.</summary>
    public static LocalDate EndOf(LocalDate today) => today.Next(IsoDayOfWeek.Monday).PlusWeeks(1);

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        var (arguments, night) = (job.Arguments<DemoWeekArguments>(), new NightlyChainArguments());
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == job.HubId, cancellationToken);
        var start = arguments.Today.PlusDays(-Days);
        await runner.RunStep<LearningJob>(
            job, 0, "learning across the operation", new LearningArguments(night.HorizonDays, hub.Days.StartOfDay(start)), cancellationToken);
        var forecast = await runner.RunStep<ForecastJob>(
            job, 0.1, "forecast of a week ago",
            new ForecastArguments(null, night.HorizonDays, night.Seed, Publish: true, CutOff: hub.Days.StartOfDay(start)), cancellationToken);
        var requirement = await runner.RunStep<RequirementJob>(
            job, 0.6, "requirement", new RequirementArguments(forecast.ResultId(), [night.RosterRiskLevel], Paths, night.Seed), cancellationToken);
        var made = await runner.RunStep<RosterJob>(
            job, 0.75, "roster",
            new RosterArguments(
                requirement.ResultId(), start, Period.DaysBetween(start, EndOf(arguments.Today)), night.RosterRiskLevel,
                new SolveLimits(night.Seed, arguments.MaximumMoves)),
            cancellationToken);
        job.Progress.Report(0.97, "publishing");
        var roster = await db.Rosters.AsNoTracking().SingleAsync(r => r.Id == made.ResultId(), cancellationToken);
        if (roster.State == PublicationState.Draft)
        {
            await publisher.Publish(roster, hub, "demo", cancellationToken);
        }

        return made.Result;
    }
}
