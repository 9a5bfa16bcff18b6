using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Simulation;

namespace Wfm.Api.Features.Rosters.Service;

/// <summary>A stored roster and the work it meets, read for the simulator.</summary>
/// <param name="Roster">The roster.</param>
/// <param name="Queues">Queues of the hub's forecast, in the order of <paramref name="Work"/>.</param>
/// <param name="Dates">Local days of the roster.</param>
/// <param name="Work">What is simulated.</param>
/// <param name="Before">Shifts of the rosters before that reach into this one.</param>
/// <param name="Shifts">The roster's own, without those that leave has taken away.</param>
internal sealed record ServiceInput(
    Roster Roster, IReadOnlyList<WorkQueue> Queues, IReadOnlyList<LocalDate> Dates, RosteredWork Work, IReadOnlyList<RosterShift> Before,
    IReadOnlyList<RosterShift> Shifts);

/// <summary>Reads a stored roster and the forecast its requirement came from.</summary>
internal sealed class ServiceScenarioBuilder(WfmDbContext db, ShiftsInForce inForce)
{
    public async Task<ServiceInput> Read(Guid rosterId, bool allSkills, int seed, CancellationToken cancellationToken)
    {
        var roster =
            await db.Rosters.AsNoTracking().SingleOrDefaultAsync(r => r.Id == rosterId, cancellationToken)
            ?? throw new JobFailedException($"There is no roster '{rosterId}'.");
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == roster.HubId, cancellationToken);
        var requirement =
            await db.Requirements.AsNoTracking().Include(r => r.Forecast).SingleOrDefaultAsync(r => r.Id == roster.RequirementRunId, cancellationToken)
            ?? throw new JobFailedException("The roster has no requirement, so it is not known which work it meets.");
        if (requirement.Forecast!.Content != ForecastContent.Whole)
        {
            throw new JobFailedException(
                "Of the forecast that the roster was made for only what it is judged by is kept; the work cannot be simulated any more.");
        }

        var rows = await db.SeriesForecasts.AsNoTracking().Include(s => s.Series).ThenInclude(s => s!.Queue)
            .Where(s => s.ForecastRunId == requirement.ForecastRunId).OrderBy(s => s.SeriesId).ToListAsync(cancellationToken);
        var layers = await db.AdjustmentsOf(requirement.ForecastRunId, cancellationToken);
        var grid = IntervalGrid.Of(roster.IntervalMinutes, hub.Zone);
        var origin = grid.StartOfDay(roster.Start);
        var before = await Overhanging(roster, origin, cancellationToken);
        var own = await inForce.Kept(rosterId, cancellationToken);
        List<Shift> shifts = [.. before, .. own];
        LocalDate[] dates = [.. Enumerable.Range(0, roster.Days).Select(roster.Start.PlusDays)];
        return new ServiceInput(
            roster,
            rows.ConvertAll(r => r.Series!.Queue!),
            dates,
            new RosteredWork(
                hub.ToPlanned(),
                rows.ConvertAll(r => r.With(layers[r.SeriesId]).ToForecasted(seed)),
                GridSpan.Between(grid, origin, grid.StartOfDay(roster.Start.PlusDays(roster.Days))),
                [.. dates.Select(d => grid.StartOfDay(d) - origin)],
                RosteredPerson.Of(shifts.Select(StoredShifts.ToShift), Skills(shifts), origin, allSkills)),
            before.ConvertAll(StoredShifts.ToShift),
            own.ConvertAll(StoredShifts.ToShift));
    }

    /// <summary>What each agent serves: skills without the groups opted out of.</summary>
    private static Dictionary<string, IReadOnlyList<Scheduling.Problem.AgentSkill>> Skills(List<Shift> shifts) =>
        shifts.DistinctBy(s => s.AgentId).ToDictionary(
                s => s.Agent!.Code,
                IReadOnlyList<Scheduling.Problem.AgentSkill> (s) =>
                    [
                        .. s.Agent!.Skills.Where(k => !s.Agent.OptOutGroups.Contains(k.Group))
                            .Select(k => new Scheduling.Problem.AgentSkill(k.Group, k.Proficiency)),
                    ]);

    /// <summary>Shifts of the rosters before that reach into this one.</summary>
    private async Task<List<Shift>> Overhanging(Roster roster, Instant origin, CancellationToken cancellationToken)
    {
        var (people, shifts) = (db.RosterPeople, db.Shifts);
        var agents = await people.Where(p => p.RosterId == roster.Id).Select(p => p.AgentId).ToListAsync(cancellationToken);
        var before = await inForce.Of(agents, roster.Start.PlusDays(-2), roster.Start, drafts: true, cancellationToken);
        var ids = before.Where(s => s.HubId == roster.HubId && s.End > origin).Select(s => s.Id).ToList();
        return await shifts.AsNoTracking().Include(s => s.Agent).Where(s => ids.Contains(s.Id)).ToListAsync(cancellationToken);
    }
}
