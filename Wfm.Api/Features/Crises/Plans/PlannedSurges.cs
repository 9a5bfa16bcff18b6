using NodaTime;
using Wfm.Api.Features.Crises.Outlook;
using Wfm.Api.Jobs;
using Wfm.Scheduling.Crises;

namespace Wfm.Api.Features.Crises.Plans;

/// <summary>What hubs are asked to do beyond what their rosters expect: as told, or as the crisis has shown so far.</summary>
internal static class PlannedSurges
{
    private const double Least = 0.25; // head-hours: nobody is moved for less
    private const double LegalUrgency = 10;
    private const double UsualUrgency = 2;
    private static readonly Duration Hour = Duration.FromHours(1);

    /// <exception cref="JobFailedException">There is nothing to plan for.</exception>
    public static List<SharedSurge> Of(CrisisPlanArguments arguments, SurgeWork work, IReadOnlyList<SurgeHub> hubs)
    {
        List<SharedSurge> surges = arguments.Request.Surges.Count > 0 ? [.. arguments.Request.Surges.SelectMany(s => Told(s, arguments, work, hubs))]
            : Learned(arguments, work, hubs);
        return surges.Count > 0 ? surges
            : throw new JobFailedException(
                string.Join(
                    " ",
                    work.Facts.Notes.Prepend("Nothing beyond the usual is expected of the queues that the crisis is about; there is nothing to plan for.")));
    }

    /// <summary>Groups that any hub may work.</summary>
    public static HashSet<string> Shared(PlanCrisisRequest request, SurgeWork work, IEnumerable<SharedSurge> surges) =>
        [.. work.Global(), .. surges.Where(s => s.Hub is null && request.Shared).Select(s => s.Group)];

    private static IEnumerable<SharedSurge> Told(SurgeRequest told, CrisisPlanArguments arguments, SurgeWork work, IReadOnlyList<SurgeHub> hubs)
    {
        if (told.Heads is { } heads)
        {
            return [New(told.Group, null, [.. heads], told.Urgency)];
        }

        var factor = told.Factor!.Value - 1;
        if (arguments.Request.Shared || work.Global().Contains(told.Group))
        {
            return [New(told.Group, null, Expected(told.Group, null, arguments, work, hubs, factor), told.Urgency)];
        }

        return hubs.Where(h => h.Problem.Demand.Any(d => d.Group == told.Group))
            .Select(h => New(told.Group, h.Code, Expected(told.Group, h.Code, arguments, work, [h], factor), told.Urgency));

        SharedSurge New(string group, string? hub, double[] needed, double urgency) =>
            new(group, arguments.From, Hour, needed) { Hub = hub, Urgency = urgency };
    }

    private static List<SharedSurge> Learned(CrisisPlanArguments arguments, SurgeWork work, IReadOnlyList<SurgeHub> hubs)
    {
        var (request, global, surges) = (arguments.Request, work.Global(), new List<SharedSurge>());
        foreach (var group in work.Touched.GroupBy(q => q.Facts.Queue.SkillGroup, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var isShared = request.Shared || global.Contains(group.Key);
            foreach (var place in group.GroupBy(q => isShared ? null : q.Hub.Hub.Code))
            {
                var queues = place.ToList();
                var heads = SurgeWork.Heads(queues, arguments.From, request.Hours, request.RiskLevel);
                if (heads.Sum() < Least || !hubs.Any(h => (place.Key ?? h.Code) == h.Code && h.Problem.Demand.Any(d => d.Group == group.Key))) continue;
                surges.Add(new SharedSurge(group.Key, arguments.From, Hour, heads)
                {
                    Hub = place.Key,
                    Urgency = queues.Exists(q => q.Facts.Planned.LegalClock) ? LegalUrgency : UsualUrgency + queues.Max(q => q.Facts.Planned.Severity),
                });
            }
        }

        return surges;
    }

    // What the rosters expect of a group, hour by hour, times a factor; of work that may wait they expect no heads by the hour, so it is what comes.
    private static double[] Expected(
        string group, string? hub, CrisisPlanArguments arguments, SurgeWork work, IReadOnlyList<SurgeHub> hubs, double factor)
    {
        var heads = new double[arguments.Request.Hours];
        foreach (var problem in hubs.Select(h => h.Problem))
        {
            if (problem.Demand.FirstOrDefault(d => d.Group == group) is not { } line) continue;
            for (var i = 0; i < line.Heads.Length; i++)
            {
                var start = problem.Origin + (problem.Interval * i) - arguments.From;
                for (var h = Math.Max(0, (int)Math.Floor(start.TotalHours)); h < heads.Length && Duration.FromHours(h) < start + problem.Interval; h++)
                {
                    var common = Duration.Min(Duration.FromHours(h + 1), start + problem.Interval) - Duration.Max(Duration.FromHours(h), start);
                    if (common > Duration.Zero) heads[h] += factor * line.Heads[i] * common.TotalHours;
                }
            }
        }

        if (heads.Sum() > 0) return heads;
        var queues = work.Touched.Where(q => q.Facts.Queue.SkillGroup == group && (hub ?? q.Hub.Hub.Code) == q.Hub.Hub.Code).ToList();
        heads = SurgeWork.Heads(queues, arguments.From, heads.Length, arguments.Request.RiskLevel);
        return heads.Sum() > 0 ? heads
            : throw new JobFailedException($"The rosters expect no work of '{group}' in these hours, of which nothing is a multiple; give heads instead.");
    }
}
