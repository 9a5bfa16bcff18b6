using System.Numerics;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Allocation;
using Wfm.Scheduling.Staffing.Pooling;

namespace Wfm.Api.Features.Routing;

/// <summary>Reads from the store what an allocation needs: the forecasts in force as work, and the people.</summary>
internal sealed class AllocationInputs(WfmDbContext db, VolumeHistory volumes, RosterProblemBuilder problems)
{
    private const int CoarsestMinutes = 30;
    private const int DaysAround = 2; // staffed before and after the span where the forecasts reach, so that its edges are like its middle

    /// <summary>Work and people over a span.</summary>
    /// <exception cref="JobFailedException">A hub has no forecast in force, or one that does not reach over the span.</exception>
    public async Task<AllocationInput> Read(AllocationQuestion question, CancellationToken cancellationToken)
    {
        var span = new AllocationSpan(
            question.From, Duration.FromMinutes(question.IntervalMinutes), question.Days * 24 * 60 / question.IntervalMinutes);
        var hubs = await db.Hubs.AsNoTracking().Where(h => question.Hubs.Contains(h.Code)).OrderBy(h => h.Code).ToListAsync(cancellationToken);
        var skipped = new List<string>();
        var forecasts = new Dictionary<string, Guid>(StringComparer.Ordinal);
        var read = new List<(Hub Hub, List<ForecastedQueue> Queues)>();
        foreach (var hub in hubs)
        {
            var forecast = await Forecast(hub, span, cancellationToken);
            forecasts.Add(hub.Code, forecast.Id);
            read.Add((hub, await Queues(forecast, question.Seed, cancellationToken)));
        }

        var works = Works(read, question, skipped, cancellationToken);
        var kinds = new List<AllocationKind>();
        foreach (var hub in hubs)
        {
            kinds.AddRange(await People(hub, span, question, cancellationToken));
        }

        var global = await db.Queues.AsNoTracking().Where(q => q.Routing == QueueRouting.Global).OrderBy(q => q.Code).Select(q => q.Code)
            .ToListAsync(cancellationToken);
        return new AllocationInput(
            span, Window(span, works), works,
            [
                .. hubs.Select(h => new AllocationHub(
                    h.Code, h.Seats > 0 ? h.Seats : null, question.HubNightHours.TryGetValue(h.Code, out var cap) ? cap : null)),
            ],
            kinds, global, forecasts, skipped);
    }

    private async Task<ForecastRun> Forecast(Hub hub, AllocationSpan span, CancellationToken cancellationToken)
    {
        var forecast = await db.Forecasts.AsNoTracking().Include(f => f.Series).ThenInclude(s => s.Series).ThenInclude(s => s!.Queue).AsSplitQuery()
            .Where(f => f.HubId == hub.Id && f.State == PublicationState.Published).OrderByDescending(f => f.Id).FirstOrDefaultAsync(cancellationToken)
            ?? throw new JobFailedException($"Hub '{hub.Code}' has no published forecast; make one with POST /api/v1/forecasts.");
        if (forecast.Series.Find(s => s.Span.Start > span.Start || s.Span.End < span.End) is { } late)
        {
            throw new JobFailedException(
                $"The forecast of hub '{hub.Code}' reaches from {late.Span.Start} to {late.Span.End}; it does not hold {span.Start} to {span.End}.");
        }

        return forecast;
    }

    private async Task<List<ForecastedQueue>> Queues(ForecastRun forecast, int seed, CancellationToken cancellationToken)
    {
        var rows = forecast.Series.OrderBy(s => s.SeriesId).ToList();
        var layers = await db.AdjustmentsOf(forecast.Id, cancellationToken);
        var open = await volumes.OpenAt(
            rows.Where(row => row.Series!.Queue!.Kind == WorkKind.Deferrable).Select(row => (row.SeriesId, row.Start)), cancellationToken);
        return rows.ConvertAll(row => row.With(layers[row.SeriesId]).ToForecasted(seed) with { OpeningBacklog = open.GetValueOrDefault(row.SeriesId) });
    }

    // All on the same intervals, so that they can be added up.
    private static List<HubWork> Works(
        List<(Hub Hub, List<ForecastedQueue> Queues)> read, AllocationQuestion question, List<string> skipped, CancellationToken cancellationToken)
    {
        var hubs = read.ConvertAll(r => (Hub: r.Hub.ToPlanned(), Shape: DayShape.Of(r.Queues), r.Queues));
        var minutes = hubs.SelectMany(h => h.Queues.Select(q => QueueWork.SpanOf(q, h.Hub, h.Shape).Grid.Minutes)).Append(CoarsestMinutes)
            .Aggregate((a, b) => (int)BigInteger.GreatestCommonDivisor(a, b));
        var works = new List<HubWork>();
        foreach (var (hub, shape, queues) in hubs)
        {
            foreach (var one in queues)
            {
                try
                {
                    var work = QueueWork.Of(one, hub, shape, question.Paths, question.Seed, minutes, cancellationToken);
                    GroupStaffing.Check(work.Grouped(), cancellationToken);
                    works.Add(new HubWork(hub.Code, work));
                }
                catch (ArgumentException e)
                {
                    skipped.Add($"Queue '{one.Queue.Code}' of hub '{hub.Code}' cannot be staffed: {e.Message}");
                }
            }
        }

        return works;
    }

    private async Task<IReadOnlyList<AllocationKind>> People(Hub hub, AllocationSpan span, AllocationQuestion question, CancellationToken cancellationToken)
    {
        var (first, last) = (span.Start.InZone(hub.Zone).Date, span.End.InZone(hub.Zone).Date);
        var problem = await problems.Build(
            hub, first, Period.DaysBetween(first, last) + 1, requirement: null, question.RiskLevel, cancellationToken);
        var costs = await db.Contracts.AsNoTracking().ToDictionaryAsync(c => c.Code, c => c.CostPerHour, StringComparer.Ordinal, cancellationToken);
        return AllocationPeople.Of(hub.Code, problem, costs, span, new AllocationTerms
        {
            NightPremium = question.NightPremium,
            WeekendPremium = question.WeekendPremium,
            Handover = Duration.FromMinutes(question.HandoverMinutes),
        });
    }

    // Whole days around the span as far as every forecast reaches.
    private static Interval Window(AllocationSpan span, List<HubWork> works)
    {
        var (start, end) = (span.Start - Duration.FromDays(DaysAround), span.End + Duration.FromDays(DaysAround));
        var step = works.Select(w => w.Work.Span.Grid.Interval).FirstOrDefault(span.Interval);
        while (start < span.Start && works.Exists(w => w.Work.Span.Start > start))
        {
            start += step;
        }

        while (end > span.End && works.Exists(w => w.Work.Span.End < end))
        {
            end -= step;
        }

        return new Interval(start, end);
    }
}

/// <summary>Work of a queue that arrives at a hub.</summary>
internal sealed record HubWork(string Hub, QueueWork Work);

/// <summary>What an allocation is computed from.</summary>
/// <param name="Span">The intervals.</param>
/// <param name="Window">The time staffed.</param>
/// <param name="Works">The work.</param>
/// <param name="Hubs">Seats and caps.</param>
/// <param name="Kinds">The people.</param>
/// <param name="Global">Codes of the queues routed globally.</param>
/// <param name="Forecasts">The forecasts, by hub.</param>
/// <param name="Skipped">What could not be staffed.</param>
internal sealed record AllocationInput(
    AllocationSpan Span, Interval Window, IReadOnlyList<HubWork> Works, IReadOnlyList<AllocationHub> Hubs, IReadOnlyList<AllocationKind> Kinds,
    IReadOnlyList<string> Global, IReadOnlyDictionary<string, Guid> Forecasts, IReadOnlyList<string> Skipped)
{
    /// <summary>Lines of work at each of some risk levels: what is global pooled over hubs, the rest hub by hub.</summary>
    public IReadOnlyList<(double Level, IReadOnlyList<AllocationLine> Lines)> Lines(
        IReadOnlyList<double> levels, double breachPrice, CancellationToken cancellationToken)
    {
        var global = Global.ToHashSet(StringComparer.Ordinal);
        var fine = Works.Select(w => w.Work.Span.Grid.Interval).FirstOrDefault(Span.Interval);
        var open = new bool[(int)((Span.End - Span.Start) / fine)];
        Array.Fill(open, true); // each queue knows its own opening hours
        var places = Works.GroupBy(w => global.Contains(w.Work.Queue.Code) ? "" : w.Hub, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (Hub: g.Key, Required: PooledStaffer.Require([.. g.Select(w => w.Work)], Window.Start, Window.End, levels, cancellationToken)))
            .ToList();
        return
        [
            .. levels.Select((level, l) => (level, AllocationDemand.Lines(
                Span, [.. places.Select(p => new HubRequirements(p.Hub, p.Required[l], open))], global, breachPrice))),
        ];
    }
}
