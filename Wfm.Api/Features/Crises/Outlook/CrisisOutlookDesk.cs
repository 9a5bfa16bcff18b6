using NodaTime;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Crises;
using Wfm.Scheduling.Floor;

namespace Wfm.Api.Features.Crises.Outlook;

/// <summary>Tells what a crisis is likely to bring, and what it does to the hubs if nothing is done.</summary>
internal sealed class CrisisOutlookDesk(CrisisReader reader, DecidingRosters deciding, RosterDesk rosters, ComputeSlots slots)
{
    private const int Seed = 1;

    /// <param name="crisis">With its hubs.</param>
    public async Task<CrisisOutlookResponse> Look(Crisis crisis, Instant at, int hours, CancellationToken cancellationToken)
    {
        var facts = await reader.Read(crisis, at, hours, [], cancellationToken);
        var hubs = await Open(crisis, facts.At, cancellationToken);
        List<string> notes =
        [
            .. facts.Notes,
            .. facts.Hubs.Where(h => !hubs.Exists(o => o.Hub.Code == h.Hub.Code))
                .Select(h => $"Hub '{h.Hub.Code}' has no published roster over {facts.At}; nobody serves there."),
            .. crisis.Queues.Count > 0 ? Array.Empty<string>()
                : ["Nobody has said which queues the crisis is about (POST …:extend); volumes are the usual ones."],
        ];
        return await slots.Run(
            () =>
            {
                var work = SurgeWork.Of(facts, new Dictionary<string, double>(), facts.At, Seed, cancellationToken);
                var people = hubs.ConvertAll(h => h.Hub);
                var floor = work.Floor(people, work.Global());
                var projection = floor?.Project(work.Shifts(people.Select(h => (h.Code, h.Published))), cancellationToken);
                return Tell(work, projection, floor?.Start ?? facts.At, notes);
            },
            Environment.ProcessorCount, cancellationToken);
    }

    /// <summary>Hubs of a crisis whose roster in force covers a moment.</summary>
    /// <param name="crisis">With its hubs.</param>
    public async Task<List<(SurgeHub Hub, Guid Roster, int Version)>> Open(Crisis crisis, Instant at, CancellationToken cancellationToken)
    {
        var found = new List<(SurgeHub, Guid, int)>();
        foreach (var hub in crisis.Hubs.Select(h => h.Hub!).OrderBy(h => h.Code, StringComparer.Ordinal))
        {
            if (await deciding.Last(hub.Id, hub.Days.DateOf(at), cancellationToken) is not { } id) continue;
            found.Add(await rosters.Look(
                id, open => (new SurgeHub(hub.Code, open.Document.Problem, [.. open.Document.Shifts]), id, open.Roster.Version), cancellationToken));
        }

        return found;
    }

    private static CrisisOutlookResponse Tell(SurgeWork work, Projection? projection, Instant start, IReadOnlyList<string> notes)
    {
        var (facts, touched) = (work.Facts, work.Touched.ToList());
        var projected = projection is null ? [] : work.Queues.Zip(projection.Queues).ToList();
        return new CrisisOutlookResponse(
            facts.Crisis.Id, facts.At, facts.End, touched.ConvertAll(q => Tell(work, q)),
            [
                Sum(work, CrisisSumBy.All, "", touched),
                .. touched.GroupBy(q => q.Hub.Hub.Code).Select(g => Sum(work, CrisisSumBy.Hub, g.Key, [.. g])),
                .. touched.GroupBy(q => q.Facts.Queue.Language).OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => Sum(work, CrisisSumBy.Language, g.Key, [.. g])),
            ],
            [
                .. projected.Where(p => p.First.Facts.Planned.Deferrable is not null).Select(p => Clock(p.First, p.Second, start))
                    .OrderByDescending(c => c.IsLegal).ThenByDescending(c => c.Probability),
            ],
            projected.ConvertAll(p => new QueueOutlookFigures(
                p.First.Hub.Hub.Code, p.First.Facts.Queue.Code, p.First.Facts.Queue.SkillGroup, SurgeWork.Figures(p.First, p.Second))),
            CrisisOutlookResponse.HowMade, notes);
    }

    private static CrisisQueueOutlook Tell(SurgeWork work, SurgedQueue queue)
    {
        var (facts, fit) = (work.Facts, queue.Fit);
        var back = fit?.HoursUntil(1.1, [0.5])[0];
        return new CrisisQueueOutlook(
            queue.Hub.Hub.Code, queue.Facts.Queue.Code, queue.Facts.Queue.SkillGroup, queue.Facts.Queue.Language, queue.SoFar.Until, queue.SoFar.Observed,
            Math.Round(queue.SoFar.Usual, 2), Rounded(fit?.MeanAt((facts.At - facts.Crisis.From).TotalHours)), Rounded(fit?.HalfLifeHours),
            back is < 8760 ? facts.Crisis.From + Duration.FromHours(Math.Ceiling(back.Value)) : null,
            fit?.Families.Select(f => new CourseProbability(f.Key, f.Value)).ToList(),
            SurgeWork.Band([queue], facts.At, facts.End));

        static double? Rounded(double? value) => value is { } v ? Math.Round(v, 3) : null;
    }

    private static CrisisSum Sum(SurgeWork work, CrisisSumBy by, string name, IReadOnlyList<SurgedQueue> queues)
    {
        var (at, end) = (work.Facts.At, work.Facts.End);
        return new CrisisSum(
            by, name, SurgeWork.Band(queues, at, end),
            [
                .. Enumerable.Range(0, (int)Math.Ceiling((end - at).TotalHours)).Select(h => at + Duration.FromHours(h))
                    .Select(start => new SurgeHour(start, SurgeWork.Band(queues, start, Instant.Min(end, start + Duration.FromHours(1))))),
            ]);
    }

    private static CrisisClock Clock(SurgedQueue queue, QueueProjection projected, Instant start) => new(
        queue.Hub.Hub.Code, queue.Facts.Queue.Code, queue.Facts.Queue.Language, queue.Facts.Planned.LegalClock,
        queue.Facts.Planned.Deferrable!.Turnaround.TotalMinutes, projected.Clock?.Probability ?? 0, start + projected.Clock?.Earliest,
        start + projected.Clock?.Median, Math.Round(projected.Late.Mean, 2));
}
