using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Today.Inputs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Crises.Outlook;

/// <summary>Reads what is known of a crisis.</summary>
/// <remarks>What usually comes is the newest forecast published whose history ends before the crisis: a later one has learned from the surge.</remarks>
internal sealed class CrisisReader(WfmDbContext db, TodayReader today, VolumeHistory volumes)
{
    /// <param name="crisis">With its hubs.</param>
    /// <param name="at">The moment.</param>
    /// <param name="hours">Hours ahead, at least 1.</param>
    /// <param name="groups">Skill groups whose queues it touches as well; what it was declared for is touched in any case.</param>
    public async Task<CrisisFacts> Read(Crisis crisis, Instant at, int hours, IReadOnlyCollection<string> groups, CancellationToken cancellationToken)
    {
        var minute = Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / 60 * 60);
        var (end, notes) = (minute + Duration.FromHours(hours), new List<string>());
        var read = new List<(Hub Hub, List<(SeriesForecastRow Row, WorkQueue Queue)> Rows)>();
        foreach (var hub in crisis.Hubs.Select(h => h.Hub!).OrderBy(h => h.Code, StringComparer.Ordinal))
        {
            if (await Rows(hub, crisis, minute, cancellationToken) is not { Count: > 0 } rows)
            {
                notes.Add($"Hub '{hub.Code}' has no published forecast from before {crisis.From} that reaches {minute}; what is usual there is not known.");
                continue;
            }

            end = Instant.Min(end, rows.Min(r => r.Row.Span.End));
            read.Add((hub, rows));
        }

        if (read.Count > 0 && end < minute + Duration.FromHours(hours))
        {
            notes.Add($"The forecasts reach to {end}; nothing is said of later hours.");
        }

        var facts = new List<CrisisHubFacts>();
        foreach (var (hub, rows) in read)
        {
            facts.Add(await Hub(hub, rows, crisis, minute, end, groups, notes, cancellationToken));
        }

        return new CrisisFacts(crisis, minute, end, facts, notes);
    }

    private async Task<List<(SeriesForecastRow Row, WorkQueue Queue)>> Rows(Hub hub, Crisis crisis, Instant at, CancellationToken cancellationToken)
    {
        var from = Instant.Min(crisis.From, at);
        var run = await db.Forecasts.AsNoTracking()
            .Where(f => f.HubId == hub.Id && f.PublishedAt != null && f.CutOff <= from && f.Content == ForecastContent.Whole && f.End > at)
            .OrderByDescending(f => f.CutOff).ThenByDescending(f => f.Id).Select(f => (Guid?)f.Id).FirstOrDefaultAsync(cancellationToken);
        if (run is not { } id) return [];
        var rows = await db.SeriesForecasts.AsNoTracking().Include(s => s.Series).ThenInclude(s => s!.Queue).Where(s => s.ForecastRunId == id)
            .OrderBy(s => s.SeriesId).ToListAsync(cancellationToken);
        var layers = await db.AdjustmentsOf(id, cancellationToken);
        return
        [
            .. rows.Where(r => r.Span.End > at && r.Series!.Queue!.ToPlanned().GoalFault is null)
                .Select(r => (r.With(layers[r.SeriesId].Where(a => a.CreatedAt <= crisis.From)), r.Series!.Queue!)), // later ones may be about the crisis
        ];
    }

    private async Task<CrisisHubFacts> Hub(
        Hub hub, List<(SeriesForecastRow Row, WorkQueue Queue)> rows, Crisis crisis, Instant at, Instant end, IReadOnlyCollection<string> groups,
        List<string> notes, CancellationToken cancellationToken)
    {
        bool IsTouched(WorkQueue queue) => crisis.Queues.Contains(queue.Code) || groups.Contains(queue.SkillGroup);
        var stretches = rows.Where(r => IsTouched(r.Queue)).Select(r => Stretch(r.Row, crisis.From, at)).OfType<HistoryStretch>().ToList();
        var histories = await volumes.LoadMany(stretches, cancellationToken);
        var backlog = (await today.Read(hub, at, cancellationToken)).Queues.ToDictionary(q => q.Queue.Id, q => q.Backlog);
        notes.AddRange(
            rows.Where(r => IsTouched(r.Queue) && r.Queue.Kind == WorkKind.Deferrable && backlog.GetValueOrDefault(r.Queue.Id) is null)
                .Select(r => $"Nobody told what is open of queue '{r.Queue.Code}' at hub '{hub.Code}'; it is taken for nothing."));
        return new CrisisHubFacts(
            hub,
            [
                .. rows.Select(r => new CrisisQueueFacts(
                    r.Row.Until(end), r.Queue, IsTouched(r.Queue), histories.GetValueOrDefault(r.Row.SeriesId), backlog.GetValueOrDefault(r.Queue.Id))),
            ]);
    }

    // Whole intervals that have ended.
    private static HistoryStretch? Stretch(SeriesForecastRow row, Instant from, Instant at)
    {
        var grid = row.Span.Grid;
        var (first, last) = (Instant.Max(grid.Floor(from), row.Start), grid.Floor(at));
        return first < last ? new HistoryStretch(row.SeriesId, grid, first, last) : null;
    }
}
