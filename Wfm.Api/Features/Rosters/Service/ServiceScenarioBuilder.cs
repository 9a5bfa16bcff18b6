using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Forecasts;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;
using AgentSkill = Wfm.Scheduling.Simulation.AgentSkill;

namespace Wfm.Api.Features.Rosters.Service;

/// <summary>A stored roster and the work it meets, read for the simulator.</summary>
/// <param name="Roster">The roster.</param>
/// <param name="Hub">Its hub.</param>
/// <param name="Work">Queues of the hub's forecast with people or without.</param>
/// <param name="Window">The simulated intervals.</param>
/// <param name="Days">Local days of the roster with their starts.</param>
/// <param name="People">Who serves what when, as rostered.</param>
internal sealed record ServiceInput(
    Roster Roster, Hub Hub, IReadOnlyList<SeriesForecastRow> Work, CurveWindow Window, IReadOnlyList<(LocalDate Date, Duration Start)> Days, IReadOnlyList<RosteredPerson> People)
{
    /// <summary>Contacts expected over the period.</summary>
    public double ExpectedContacts => Work.Sum(row =>
    {
        var (index, share) = Window.Onto(row, Hub.Zone);
        return CurveWindow.Spread(row.Mean, index, share).Sum();
    });
}

/// <summary>One person in one skill group (in all of them where all skills are used).</summary>
internal sealed record RosteredPerson(string Name, IReadOnlyList<AgentSkillData> Skills, IReadOnlyList<WorkingPeriod> Periods);

/// <summary>Turns a stored roster and the forecast its requirement came from into scenarios for the simulator.</summary>
internal sealed class ServiceScenarioBuilder(WfmDbContext db, ShiftsInForce inForce)
{
    private static readonly Duration AwayAtATime = Duration.FromMinutes(30);

    public async Task<ServiceInput> Read(Guid rosterId, bool allSkills, CancellationToken cancellationToken)
    {
        var roster = await db.Rosters.AsNoTracking().Include(r => r.Shifts).ThenInclude(s => s.Agent).AsSplitQuery().SingleOrDefaultAsync(r => r.Id == rosterId, cancellationToken)
            ?? throw new JobFailedException($"There is no roster '{rosterId}'.");
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == roster.HubId, cancellationToken);
        var requirement = await db.Requirements.AsNoTracking().SingleOrDefaultAsync(r => r.Id == roster.RequirementRunId, cancellationToken)
            ?? throw new JobFailedException("The roster has no requirement, so it is not known which work it meets.");
        var rows = await db.SeriesForecasts.AsNoTracking().Include(s => s.Series).ThenInclude(s => s!.Queue)
            .Where(s => s.ForecastRunId == requirement.ForecastRunId).OrderBy(s => s.SeriesId).ToListAsync(cancellationToken);
        var layers = await db.AdjustmentsOf(requirement.ForecastRunId, cancellationToken);
        var origin = hub.Zone.AtStartOfDay(roster.Start).ToInstant();
        var interval = Duration.FromMinutes(roster.IntervalMinutes);
        var window = new CurveWindow(origin, interval, RosterProblem.CountIntervals(hub.Zone, roster.Start, roster.Days, interval));
        var shifts = await Overhanging(roster, origin, cancellationToken);
        shifts.AddRange(roster.Shifts);
        return new ServiceInput(
            roster,
            hub,
            rows.ConvertAll(r => r.With(layers[r.SeriesId], hub.Zone)),
            window,
            [.. Enumerable.Range(0, roster.Days).Select(d => (roster.Start.PlusDays(d), hub.Zone.AtStartOfDay(roster.Start.PlusDays(d)).ToInstant() - origin))],
            People(shifts, origin, allSkills));
    }

    /// <summary>The scenario of each replication: the same work, people missing as drawn.</summary>
    public static Func<int, ServiceScenario> Scenarios(ServiceInput input, ServiceCheckOptions options)
    {
        var queues = input.Work.Select(row => ToQueue(row, input, options)).ToArray();
        var skills = input.People.Select(p => Skills(p, input.Work)).ToArray();
        var absences = options.Shrinkage ? new Absences(input.Hub.PlannedShrinkage, input.Hub.UnplannedShrinkage, AwayAtATime, options.Seed) : null;
        return replication => new ServiceScenario(
            queues,
            [.. input.People.Select((p, a) => new SimulatedAgent(p.Name, skills[a], absences?.Apply(replication, a, p.Periods) ?? p.Periods))],
            input.Window.Interval);
    }

    /// <summary>Shifts of the rosters before that reach into this one.</summary>
    private async Task<List<Shift>> Overhanging(Roster roster, Instant origin, CancellationToken cancellationToken)
    {
        var (people, shifts) = (db.RosterPeople, db.Shifts);
        var agents = await people.Where(p => p.RosterId == roster.Id).Select(p => p.AgentId).ToListAsync(cancellationToken);
        var before = await inForce.Of(agents, roster.Start.PlusDays(-2), roster.Start, drafts: true, cancellationToken);
        var ids = before.Where(s => s.HubId == roster.HubId && s.End > origin).Select(s => s.Id).ToList();
        return await shifts.AsNoTracking().Include(s => s.Agent).Where(s => ids.Contains(s.Id)).ToListAsync(cancellationToken);
    }

    private static List<RosteredPerson> People(List<Shift> shifts, Instant origin, bool allSkills)
    {
        var people = new List<RosteredPerson>();
        foreach (var mine in shifts.GroupBy(s => s.AgentId).OrderBy(g => g.First().Agent!.Code, StringComparer.Ordinal))
        {
            var agent = mine.First().Agent!;
            List<AgentSkillData> known = [.. agent.Skills.Where(s => !agent.OptOutGroups.Contains(s.Group))];
            if (allSkills)
            {
                people.Add(new RosteredPerson(agent.Code, known, Periods(mine, origin, group => group is not null)));
                continue;
            }

            foreach (var group in mine.SelectMany(s => s.Activities).Select(a => a.Group).OfType<string>().Distinct().Order(StringComparer.Ordinal))
            {
                people.Add(new RosteredPerson($"{agent.Code} {group}", [.. known.Where(s => s.Group == group)], Periods(mine, origin, g => g == group)));
            }
        }

        return people;
    }

    /// <summary>From the first to the last activity on the work; what lies between and is other is a break.</summary>
    private static List<WorkingPeriod> Periods(IEnumerable<Shift> shifts, Instant origin, Func<string?, bool> isWork)
    {
        var periods = new List<WorkingPeriod>();
        foreach (var shift in shifts.OrderBy(s => s.Start))
        {
            var work = shift.Activities.Where(a => isWork(a.Group)).OrderBy(a => a.Start).ToList();
            if (work.Count == 0 || work[^1].End <= origin)
            {
                continue;
            }

            var breaks = work.Zip(work.Skip(1)).Where(p => p.Second.Start > p.First.End).Select(p => new Stretch(p.First.End - origin, p.Second.Start - origin));
            periods.Add(new WorkingPeriod(work[0].Start - origin, work[^1].End - origin, [.. breaks]));
        }

        return periods;
    }

    private static AgentSkill[] Skills(RosteredPerson person, IReadOnlyList<SeriesForecastRow> work) =>
        [.. person.Skills.SelectMany(s => work.Index().Where(w => w.Item.Series!.Queue!.SkillGroup == s.Group).Select(w => new AgentSkill(w.Index, s.Proficiency)))];

    private static SimulatedQueue ToQueue(SeriesForecastRow row, ServiceInput input, ServiceCheckOptions options)
    {
        var work = QueueWork.Of(row, input.Hub, options.Replications, options.Seed);
        var (index, share) = input.Window.Onto(row, input.Hub.Zone);
        var volumes = work.Paths.Select(path => CurveWindow.Spread(path, index, share)).ToArray();
        var aht = CurveWindow.Hold(row.AhtSeconds, index);
        var queue = work.Queue;
        var simulated = queue.Kind == WorkKind.Immediate
            ? new SimulatedQueue(queue.Code, volumes, aht, QueueWork.ImmediateGoalOf(queue.Goal))
            : new SimulatedQueue(queue.Code, volumes, aht, QueueWork.DeferrableGoalOf(queue.Goal));
        return simulated with
        {
            Arrivals = ArrivalPattern.Counted,
            Severity = queue.Severity is ['S', >= '0' and <= '4' and var tier] ? tier - '0' : 0,
            Priority = queue.Priority,
            LegalClock = queue.Goal.LegalClock,
            Concurrency = new ChatConcurrency(queue.Concurrency, 0),
        };
    }
}
