using Wfm.Api.Features.Crises.Outlook;
using Wfm.Scheduling.Crises;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Crises.Plans;

/// <summary>Simulates the rosters of all hubs before and after a plan on the same contacts and absences.</summary>
internal static class PlannedEffects
{
    public static PlannedEffect Of(
        PlanCrisisRequest request, SurgeWork work, IReadOnlyList<SurgeHub> hubs, IReadOnlyList<SharedSurge> surges, JointPlan plan,
        CancellationToken cancellationToken)
    {
        List<string> notes =
        [
            .. work.Facts.Notes,
            .. work.Facts.Hubs.Where(h => !hubs.Any(p => p.Code == h.Hub.Code))
                .Select(h => $"Hub '{h.Hub.Code}' has no published roster over {work.Facts.At}; nobody serves there."),
            .. request.Surges.Where(s => s.Heads is not null)
                .Select(s => $"The surge of '{s.Group}' is told in heads, of which nobody knows which contacts they are: service is simulated without it."),
        ];
        var shared = PlannedSurges.Shared(request, work, surges);
        if (work.Floor(hubs, shared) is not { } floor) return new PlannedEffect(request.Seed, 0, [], notes);
        var before = floor.Project(work.Shifts(hubs.Select(h => (h.Code, h.Published))), cancellationToken);
        var after = floor.Project(before, work.Shifts(hubs.Zip(plan.Hubs, (h, p) => (h.Code, Shifts(h, p)))), cancellationToken);
        return new PlannedEffect(
            request.Seed, before.Queues.Min(q => q.Replications),
            [
                .. work.Queues.Select((q, i) => new PlannedService(
                        q.Hub.Hub.Code, q.Facts.Queue.Code, q.Facts.Queue.SkillGroup, q.Facts.Queue.Language, q.Facts.Planned.LegalClock, q.Facts.IsTouched,
                        shared.Contains(q.Facts.Queue.SkillGroup), SurgeWork.Figures(q, before.Queues[i]), SurgeWork.Figures(q, after.Queues[i])))
                    .Where(q => q.IsTouched || q.IsLegal || q.Before != q.After)
                    .OrderByDescending(q => q.IsLegal).ThenByDescending(q => q.IsTouched),
            ],
            notes);
    }

    // Days on which other rosters decide are in neither.
    private static IReadOnlyList<RosterShift> Shifts(SurgeHub hub, HubPlan plan)
    {
        var pinned = hub.Problem.Pinned.Select(p => (p.AgentId, p.Date)).ToHashSet();
        return [.. plan.Repair.Roster.Shifts.Where(s => !pinned.Contains((s.AgentId, s.Date)))];
    }
}
