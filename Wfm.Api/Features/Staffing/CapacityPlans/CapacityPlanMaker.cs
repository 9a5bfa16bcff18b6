using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Capacity;

namespace Wfm.Api.Features.Staffing.CapacityPlans;

/// <summary>A plan to be made: the request with what it is a copy of filled in.</summary>
/// <param name="Resolved">The requirement by week, when it is known already.</param>
/// <param name="Spec">Where it is to come from otherwise.</param>
public sealed record CapacityDraft(
    string Name, string? Group, LocalDate? Start, int Weeks, CapacityAssumptions Assumptions, ResolvedRequirement? Resolved, CapacityRequirementSpec? Spec,
    double Factor, Guid? BasedOnId, string Author);

/// <summary>Makes a plan and stores it.</summary>
internal sealed class CapacityPlanMaker(WfmDbContext db, CapacityRequirementSource source, ComputeSlots slots, IClock clock)
{
    private const double QuickWork = 1e8; // additions: one to three seconds
    private const double WorkPerLifetime = 20; // drawing how long a person stays, in additions
    private const int DefaultTenure = 104;

    /// <summary>Everything a plan assumes, said or not.</summary>
    public async Task<CapacityAssumptions> Complete(CapacityAssumptions assumptions, Hub hub, string? group, CancellationToken cancellationToken)
    {
        var complete = assumptions.Over(new CapacityAssumptions
        {
            TransfersOut = [],
            TrainingWeeks = 4,
            LeaveShare = [0],
            OvertimeShare = [0],
            WeeklyHours = 40,
            Level = 0.8,
            Paths = CapacityPlanner.DefaultPaths,
            Seed = 1,
        });
        return complete with { Cohorts = complete.Cohorts ?? [await PeopleOf(hub, group, complete.WeeklyHours!.Value, cancellationToken)] };
    }

    /// <summary>The requirement of a draft by week; 422 where it cannot be had.</summary>
    public async Task<ResolvedRequirement> Resolve(Hub hub, CapacityDraft draft, CancellationToken cancellationToken) =>
        draft.Resolved ?? (await source.Resolve(
            hub, draft.Group, draft.Start, draft.Weeks, draft.Assumptions.WeeklyHours!.Value, draft.Spec!, cancellationToken)).Times(draft.Factor);

    /// <summary>Whether the plan is too long to be waited for.</summary>
    public static bool IsLong(CapacityDraft draft, ResolvedRequirement requirement)
    {
        var assumptions = draft.Assumptions;
        double paths = assumptions.Paths!.Value;
        var work = paths * WorkPerLifetime * assumptions.Cohorts!.Sum(c => c.Heads);
        if (assumptions.Hiring is { ClassSize: > 0 })
        {
            var headStarts = 1 + (assumptions.Ramp is { } ramp ? ramp.Weeks ?? ramp.Productivity?.Length ?? 0 : 0);
            work += requirement.Fte[^1].Max() * draft.Weeks * paths * headStarts; // at most about everybody is hired anew
        }

        return work > QuickWork;
    }

    /// <summary>Plans, finds the classes where asked, stores.</summary>
    public async Task<CapacityPlanRow> Make(Hub hub, CapacityDraft draft, ResolvedRequirement requirement, Guid? jobId, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        var library = findings.Make("/requirement/quantiles", () => CapacityScenarios.Requirement(requirement.Levels, requirement.Fte));
        var scenario = library is null ? null : CapacityScenarios.Build(draft.Name, library, draft.Assumptions, findings);
        findings.ThrowIfAny();
        var row = await slots.Run(() => Compute(hub, draft, requirement, scenario!, jobId, cancellationToken), cancellationToken);
        db.CapacityPlans.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return row;
    }

    private CapacityPlanRow Compute(
        Hub hub, CapacityDraft draft, ResolvedRequirement requirement, CapacityScenario scenario, Guid? jobId, CancellationToken cancellationToken)
    {
        var (assumptions, seed, paths) = (draft.Assumptions, draft.Assumptions.Seed!.Value, draft.Assumptions.Paths!.Value);
        var plan = CapacityPlanner.Plan(scenario, seed, paths, cancellationToken);
        var hiring = assumptions.Hiring is { ClassSize: > 0 } limits
            ? HireBy.Find(
                scenario, new HireByGoal(assumptions.Level!.Value, limits.ClassSize, limits.LeadWeeks, limits.ExposureFactor), seed, paths, cancellationToken)
            : null;
        LocalDate Monday(int week) => requirement.Start.PlusWeeks(week);
        return new CapacityPlanRow
        {
            HubId = hub.Id,
            Name = draft.Name,
            Group = draft.Group,
            Start = requirement.Start,
            Weeks = scenario.Weeks,
            Assumptions = assumptions,
            RequirementOrigin = requirement.Origin,
            RequirementLevels = requirement.Levels,
            RequirementFte = ForecastCurves.Flatten(requirement.Fte),
            Rows = CapacityRows.Of(plan, hiring?.Plan, requirement.Start),
            Hires = hiring is null ? null : new CapacityHires(
                assumptions.Level!.Value,
                hiring.Classes.Sum(c => c.Heads),
                [
                    .. hiring.Classes.Select((c, i) => new CapacityClass(
                        c.Heads, Monday(hiring.DecideByWeek[i]), Monday(c.StartWeek), Monday(c.StartWeek + scenario.TrainingWeeks))),
                ],
                [.. hiring.UncoveredWeeks.Select(Monday)]),
            BasedOnId = draft.BasedOnId,
            Author = draft.Author,
            CreatedAt = clock.GetCurrentInstant(),
            JobId = jobId,
        };
    }

    private async Task<CapacityCohort> PeopleOf(Hub hub, string? group, double weeklyHours, CancellationToken cancellationToken)
    {
        var people = await db.Agents.AsNoTracking().Where(a => a.HubId == hub.Id && a.Active)
            .Select(a => new { a.Skills, a.Contract!.MaximumWeeklyHours }).ToListAsync(cancellationToken);
        var mine = people.Where(p => group is null || p.Skills.FirstOrDefault()?.Group == group).ToList();
        return new CapacityCohort
        {
            Name = "people there",
            Heads = (int)Math.Round(mine.Sum(p => Math.Min(p.MaximumWeeklyHours, weeklyHours)) / weeklyHours),
            TenureWeeks = DefaultTenure,
        };
    }
}
