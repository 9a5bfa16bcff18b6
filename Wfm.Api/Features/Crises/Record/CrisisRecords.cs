using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Crises.Plans;
using Wfm.Api.Features.Crises.StandDown;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Waivers;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Wellbeing;

namespace Wfm.Api.Features.Crises.Record;

/// <summary>Puts the record of a crisis together from what is stored for good: nothing of it is written twice.</summary>
internal sealed class CrisisRecords(WfmDbContext db, MobilisedPeople mobilised)
{
    /// <param name="crisis">With its hubs.</param>
    /// <param name="hubs">Codes of the hubs that may be seen.</param>
    public async Task<CrisisRecordResponse> Of(Crisis crisis, IReadOnlySet<string> hubs, Instant now, CancellationToken cancellationToken)
    {
        var plans = await db.CrisisPlans.AsNoTracking().Where(p => p.CrisisId == crisis.Id).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        var waivers = await db.Waivers.AsNoTracking().Include(w => w.Hub).Where(w => w.CrisisId == crisis.Id).OrderBy(w => w.Id).ToListAsync(cancellationToken);
        var uses = await db.WaiverUses.AsNoTracking().Include(u => u.Waiver).ThenInclude(w => w!.Hub).Include(u => u.Agent)
            .Where(u => u.CrisisId == crisis.Id).OrderBy(u => u.Id).ToListAsync(cancellationToken);
        var classes = (await db.Queues.AsNoTracking().ToListAsync(cancellationToken)).GroupBy(q => q.SkillGroup, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Max(q => q.ToPlanned().ExposureClass), StringComparer.Ordinal);
        var people = await mobilised.All(crisis, cancellationToken);
        var whole = CrisisResponse.Of(crisis, now);
        return new CrisisRecordResponse(
            whole with { StandDown = whole.StandDown is { } down ? Only(down, hubs) : null },
            [.. Decisions(crisis, plans, waivers).Where(d => d.Hub is null || hubs.Contains(d.Hub)).OrderBy(d => d.At)],
            plans.ConvertAll(p => Figures(p, hubs)),
            [
                .. people.Where(p => hubs.Contains(p.Hub)).GroupBy(p => p.Hub, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => Figures(g.Key, [.. g], crisis.StandDown, classes, now)),
            ],
            [.. uses.Where(u => hubs.Contains(u.Waiver!.Hub!.Code)).Select(WaiverUseResponse.Of)]);
    }

    private static StandDownPlan Only(StandDownPlan plan, IReadOnlySet<string> hubs) =>
        plan with { Steps = [.. plan.Steps.Select(s => s with { People = [.. s.People.Where(p => hubs.Contains(p.Hub))] })] };

    private static IEnumerable<CrisisDecision> Decisions(Crisis crisis, List<CrisisPlan> plans, List<Waiver> waivers)
    {
        foreach (var entry in crisis.Entries) yield return new CrisisDecision(entry.At, entry.By, entry.What, entry.Reason);
        foreach (var plan in plans)
        {
            yield return new CrisisDecision(plan.MadeAt, plan.MadeBy, $"Planned {plan.Hours} hours from {plan.From} on: plan {plan.Id}.");
            foreach (var answer in plan.Answers)
            {
                var hub = plan.Hubs.Find(h => h.Moves.Any(m => m.Day.Agent == answer.Agent))?.Hub;
                yield return new CrisisDecision(
                    answer.At, answer.By, answer.Accepted ? "Said yes." : "Said no.", $"Asked by plan {plan.Id}.", hub, answer.Agent);
            }

            foreach (var applied in plan.Applied)
            {
                yield return new CrisisDecision(
                    applied.At, applied.By, $"Put plan {plan.Id} in force for {applied.People} people by edit {applied.Edit}.", null, applied.Hub);
            }
        }

        foreach (var waiver in waivers)
        {
            yield return new CrisisDecision(
                waiver.CreatedAt, waiver.CreatedBy, $"Waived {waiver.Rule} until {waiver.ExpiresAt}, approved by {waiver.ApprovedBy}.", waiver.Reason,
                waiver.Hub!.Code);
            if (waiver.RevokedAt is { } revoked)
            {
                yield return new CrisisDecision(revoked, waiver.RevokedBy!, $"Revoked the waiver of {waiver.Rule}.", waiver.RevokeReason, waiver.Hub!.Code);
            }
        }
    }

    private static CrisisPlanFigures Figures(CrisisPlan plan, IReadOnlySet<string> hubs)
    {
        var asked = plan.Hubs.SelectMany(h => h.Moves.Select(m => m.Day.Agent)).Distinct(StringComparer.Ordinal).ToList();
        var answers = asked.ConvertAll(a => plan.Answers.FindLast(x => x.Agent == a)?.Accepted);
        return new CrisisPlanFigures(
            plan.Id, plan.MadeAt, plan.From, plan.Hours, asked.Count, answers.Count(a => a == true), answers.Count(a => a == false), plan.Surges,
            plan.Effect with { Queues = [.. plan.Effect.Queues.Where(q => hubs.Contains(q.Hub))] }, [.. plan.Applied.Where(a => hubs.Contains(a.Hub))]);
    }

    private static CrisisHubFigures Figures(
        string hub, IReadOnlyList<MobilisedPerson> people, StandDownPlan? standDown, Dictionary<string, int> classes, Instant now)
    {
        var (days, released) = (people.SelectMany(p => p.Days).ToList(), standDown?.Steps.SelectMany(s => s.People).Where(p => p.Hub == hub).ToList() ?? []);
        return new CrisisHubFigures(
            hub, people.Count, days.Count, days.Count(d => d.IsGivenBack),
            Math.Round(days.Where(d => !d.IsGivenBack && d.HasBegun(now)).Sum(d => d.ExtraHours), 2),
            Math.Round(released.Sum(p => p.Rest.Sum(r => r.Hours)), 2),
            Math.Round(released.Count > 0 ? released.Sum(p => p.RestOwed) : people.Sum(p => p.RestHours(now)), 2),
            people.Count < SmallGroups.FewestPeople ? null : Exposure(days, classes));
    }

    private static IReadOnlyList<ExposureChange> Exposure(List<MobilisedDay> days, Dictionary<string, int> classes)
    {
        var (before, after) = (Minutes(days.Select(d => d.Before)), Minutes(days.Select(d => d.After)));
        return
        [
            .. before.Keys.Union(after.Keys).Order()
                .Select(c => new ExposureChange(c, before.GetValueOrDefault(c), after.GetValueOrDefault(c))),
        ];

        Dictionary<int, double> Minutes(IEnumerable<EditedShift?> shifts) => shifts.OfType<EditedShift>()
            .SelectMany(s => s.Activities.Where(a => a.Group is not null)).GroupBy(a => classes.GetValueOrDefault(a.Group!))
            .ToDictionary(g => g.Key, g => g.Sum(a => (a.End - a.Start).TotalMinutes));
    }
}
