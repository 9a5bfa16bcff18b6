using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Api.Security;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Staffing.Bands;

/// <summary>Deferrable work of a requirement: the room it leaves, and what a staffing makes of it.</summary>
internal static class BandEndpoints
{
    public static void MapBand(this RouteGroupBuilder requirements)
    {
        requirements.MapGet("/{id:guid}/band", Band).WithName("GetRequirementBand")
            .WithSummary("Cumulative hours due, arrived and planned of a deferrable queue.").Requires(Permission.ReadPlans);
        requirements.MapPost("/{id:guid}/breaches", Breaches).WithName("ForecastBreaches")
            .WithSummary("Backlog, and the probability and time of missed deadlines, under given heads or a roster.").Requires(Permission.ReadPlans)
            .WithExample(new BreachRequest { Queue = "hate-speech-en", Heads = [.. Enumerable.Repeat(12.0, 96)] });
    }

    /// <param name="id">Identity of the requirement.</param>
    /// <param name="queue">Code of a deferrable queue.</param>
    /// <param name="riskLevel">One of the requirement's risk levels; the highest when left out.</param>
    /// <param name="from">First interval start.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<BandResponse> Band(
        Guid id, string queue, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken,
        double? riskLevel = null, QueryInstant? from = null, QueryInstant? to = null, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var (row, hub) = await RequirementEndpoints.FindSeries(id, queue, riskLevel, db, user, cancellationToken);
        if (row is not { DueHours: { } due, ArrivedHours: { } arrived })
        {
            throw ProblemException.Semantic("queue", $"Queue '{queue}' is immediate work; only deferrable work has a band.");
        }

        var promise = row.Series!.Queue!;
        var goal = promise.Goal.ToDeferrable();
        var planned = Planned(row);
        var page = IntervalPages.Of(row.Span, from, to, take, after, (i, start) => new BandInterval(start, due[i], arrived[i], planned[i]));
        return new BandResponse(
            queue, row.RiskLevel, goal.Turnaround.TotalMinutes, goal.Fraction, promise.Goal.LegalClock, row.IntervalMinutes, row.Breach, page.Items, page.Next);
    }

    /// <summary>Cumulative hours worked by the plan: what the waterfall says before minimum presence and shrinkage.</summary>
    private static double[] Planned(SeriesRequirement row)
    {
        var worked = new double[row.Heads.Length];
        var total = 0.0;
        for (var i = 0; i < worked.Length; i++)
        {
            var steps = WaterfallRow.At(row, i);
            worked[i] = total += (steps.Workload + steps.Deferral + steps.Queueing) * row.IntervalMinutes / 60;
        }

        return worked;
    }

    /// <param name="id">Identity of the requirement.</param>
    private static async Task<BreachResponse> Breaches(
        Guid id, BreachRequest request, WfmDbContext db, ComputeSlots slots, ClaimsPrincipal user, Findings findings, CancellationToken cancellationToken)
    {
        var (run, hub) = await RequirementEndpoints.Find(id, db, user, cancellationToken);
        CheckShape(request, findings);
        var rows = await Rows(run, hub, request, db, cancellationToken);
        var group = rows[0].Series!.Queue!.SkillGroup;
        var (planned, forecasts) = (hub.ToPlanned(), rows.ConvertAll(row => row.ToForecasted(request.Seed)));
        var shape = DayShape.Of(forecasts);
        var (window, heads) = request.Heads is { } given
            ? (WindowOf(request, given, forecasts.ConvertAll(f => QueueWork.SpanOf(f, planned, shape)).MinBy(span => span.Grid.Minutes)!), given)
            : await OfRoster(request.RosterId!.Value, group, hub, rows, db, cancellationToken);
        var open = OpenOver(window, planned, rows);
        CheckHeads(request, heads, open);
        var working = 1 - planned.Shrinkage;
        double[] agents = [.. heads.Select((h, i) => open[i] ? h * working : 0)];
        var backlog = request.OpeningBacklog ?? await OpeningBacklog(run, rows, window, db, cancellationToken);
        return await slots.Run(
            () =>
                new BreachForecast(
                    group,
                    forecasts.ConvertAll(f => QueueWork.Of(f, planned, shape, request.Paths, request.Seed)),
                    window, agents, open, backlog
                ).Run(cancellationToken),
            cancellationToken);
    }

    /// <summary>What the requirement found open, where the window starts with it.</summary>
    private static async Task<List<OpenWork>> OpeningBacklog(
        RequirementRun run, List<SeriesForecastRow> rows, GridSpan window, WfmDbContext db, CancellationToken cancellationToken)
    {
        var stored = await db.SeriesRequirements.AsNoTracking()
            .Where(s => s.RequirementRunId == run.Id && s.RiskLevel == run.RiskLevels[0] && s.OpeningBacklogHours > 0).Select(s => new
            {
                s.SeriesId,
                s.Start,
                s.OpeningBacklogHours,
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. from open in stored
            join row in rows on open.SeriesId equals row.SeriesId
            where open.Start == window.Start
            select new OpenWork(
                row.Series!.Queue!.Code, open.OpeningBacklogHours * 3600 / row.AhtSeconds[0], row.Series.Queue.Goal.ToDeferrable().Turnaround.TotalHours),
        ];
    }

    private static void CheckShape(BreachRequest request, Findings findings)
    {
        findings.Require(request.Queue is null != request.Group is null, "/queue", request.Queue, "Give queue or group, one of the two.");
        findings.Require(request.Heads is null != request.RosterId is null, "/heads", request.Heads?.Length, "Give heads or rosterId, one of the two.");
        findings.Require(request.Start is null || request.Heads is not null, "/start", request.Start, "start belongs to heads; a roster has its own.");
        foreach (var (i, open) in (request.OpeningBacklog ?? []).Index())
        {
            if (open is null)
            {
                findings.Add($"/openingBacklog/{i}", null, "null is no work.");
                continue;
            }

            findings.Require(
                double.IsFinite(open.Contacts) && open.Contacts is >= 0 and <= 1e9, $"/openingBacklog/{i}/contacts", open.Contacts,
                $"A finite number of at least 0 is needed, {open.Contacts} is not.");
            findings.Require(
                open.OldestHours is >= 0 and <= 100_000, $"/openingBacklog/{i}/oldestHours", open.OldestHours,
                $"Hours from 0 to 100,000 are needed, {open.OldestHours} is not.");
            findings.Require(
                open.YoungestHours >= 0 && open.YoungestHours <= open.OldestHours, $"/openingBacklog/{i}/youngestHours", open.YoungestHours,
                $"The youngest is from 0 to {open.OldestHours} hours old, not {open.YoungestHours}.");
        }

        findings.ThrowIfAny();
    }

    /// <summary>The deferrable series asked for, with the adjustments of their forecast as they are now.</summary>
    private static async Task<List<SeriesForecastRow>> Rows(
        RequirementRun run, Hub hub, BreachRequest request, WfmDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.SeriesForecasts.AsNoTracking().Include(s => s.Series)
                .ThenInclude(s => s!.Queue).Where(s =>
                s.ForecastRunId == run.ForecastRunId
                && (request.Queue == null || s.Series!.Queue!.Code == request.Queue)
                && (request.Group == null || s.Series!.Queue!.SkillGroup == request.Group))
            .OrderBy(s => s.SeriesId).ToListAsync(cancellationToken);
        var (field, asked) = request.Queue is not null ? ("/queue", $"queue '{request.Queue}'") : ("/group", $"queue of group '{request.Group}'");
        if (rows.Count == 0)
        {
            throw ProblemException.Semantic(field, $"The requirement has no {asked}.");
        }

        rows.RemoveAll(r => r.Series!.Queue!.Kind != WorkKind.Deferrable);
        if (rows.Count == 0)
        {
            throw ProblemException.Semantic(field, $"The requirement has no deferrable {asked}; immediate work has no deadline to miss.");
        }

        foreach (var (i, open) in (request.OpeningBacklog ?? []).Index())
        {
            if (!rows.Exists(r => r.Series!.Queue!.Code == open.Queue))
            {
                throw ProblemException.Semantic(
                    $"/openingBacklog/{i}/queue",
                    $"'{open.Queue}' is not among the queues asked for: {string.Join(", ", rows.Select(r => r.Series!.Queue!.Code))}.");
            }
        }

        var layers = await db.AdjustmentsOf(run.ForecastRunId, cancellationToken);
        return rows.ConvertAll(r => r.With(layers[r.SeriesId]));
    }

    /// <summary>Whether any of the queues is open.</summary>
    private static bool[] OpenOver(GridSpan window, PlannedHub hub, List<SeriesForecastRow> rows)
    {
        var open = new bool[window.Count];
        foreach (var queue in rows.Select(r => hub.When(r.Series!.Queue!.ToPlanned()).Over(window)))
        {
            open = [.. open.Zip(queue, (a, b) => a || b)];
        }

        return open;
    }

    private static GridSpan WindowOf(BreachRequest request, double[] heads, GridSpan finest)
    {
        var start = request.Start ?? finest.Start;
        var skip = finest.IndexOf(start);
        if (skip < 0 || skip >= finest.Count || !finest.Grid.IsStart(start))
        {
            throw ProblemException.Semantic(
                "/start",
                $"The requirement has intervals of {finest.Grid.Minutes} minutes from {finest.Start}, {finest.Count} of them; {start} does not start one.");
        }

        return heads.Length > 0 && skip + heads.Length <= finest.Count
            ? GridSpan.From(finest.Grid, start, heads.Length)
            : throw ProblemException.Semantic(
                "/heads", $"1 to {finest.Count - skip} heads can be given from {start} on, one an interval; there are {heads.Length}.");
    }

    private static async Task<(GridSpan Window, double[] Heads)> OfRoster(
        Guid rosterId, string group, Hub hub, List<SeriesForecastRow> rows, WfmDbContext db, CancellationToken cancellationToken)
    {
        if (!await db.Rosters.AnyAsync(r => r.Id == rosterId && r.HubId == hub.Id, cancellationToken))
        {
            throw ProblemException.Semantic("/rosterId", $"Hub '{hub.Code}' has no roster '{rosterId}'.");
        }

        var coverage = await db.Coverage.AsNoTracking().SingleOrDefaultAsync(c => c.RosterId == rosterId && c.Group == group, cancellationToken)
            ?? throw ProblemException.Semantic("/rosterId", $"The roster has nobody for group '{group}'.");
        var window = coverage.Span;
        return rows.TrueForAll(r => window.Start >= r.Span.Start && window.End <= r.Span.End) ? (window, coverage.Scheduled)
            : throw ProblemException.Semantic("/rosterId", $"The roster from {coverage.Start} is not inside the requirement's forecast.");
    }

    private static void CheckHeads(BreachRequest request, double[] heads, bool[] open)
    {
        if (request.Heads is null)
        {
            return; // stored, and checked when it was made
        }

        var findings = new Findings();
        foreach (var (i, h) in heads.Index())
        {
            findings.Require(double.IsFinite(h) && h >= 0, $"/heads/{i}", h, $"A finite number of at least 0 is needed, {h} is not.");
            findings.Require(h is not > 0 || open[i], $"/heads/{i}", h, $"The hub is closed then; {h} heads would work behind closed doors.");
        }

        findings.ThrowIfAny();
    }
}
