using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.LongRange;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Forecasting;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Features.Staffing.CapacityPlans;

/// <summary>FTE by quantile and week, from a Monday on, and where they came from in words.</summary>
public sealed record ResolvedRequirement(LocalDate Start, double[] Levels, double[][] Fte, string Origin)
{
    public ResolvedRequirement Times(double factor) => factor == 1 ? this
        : this with { Fte = [.. Fte.Select(level => level.Select(f => f * factor).ToArray())], Origin = $"{Origin}, times {factor}" };
}

/// <summary>Turns what a request says about its requirement into FTE by week.</summary>
internal sealed class CapacityRequirementSource(WfmDbContext db, LongRangeRun longRange, IClock clock)
{
    private const double WeeksPerYear = 52;
    private const int Straggling = 4; // weeks by which the data of one queue may end before those of another
    private static readonly double[] Levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

    public async Task<ResolvedRequirement> Resolve(
        Hub hub, string? group, LocalDate? start, int weeks, double weeklyHours, CapacityRequirementSpec spec, CancellationToken cancellationToken) =>
        spec switch
        {
            { LongRange: { } ahead } => await FromForecasts(hub, group, start, weeks, weeklyHours, ahead, cancellationToken),
            { Stored: { } stored } => await FromStored(hub, group, start, weeks, weeklyHours, stored, cancellationToken),
            { Quantiles: { } q } => new ResolvedRequirement(start ?? NextMonday(hub), q.Levels, q.FteQuantiles, "FTE by quantile, as given"),
            _ => new ResolvedRequirement(start ?? NextMonday(hub), [0.5], [spec.Fte!], "FTE, as given"),
        };

    private LocalDate NextMonday(Hub hub) => clock.GetCurrentInstant().InZone(hub.Zone).Date.PlusDays(-1).Next(IsoDayOfWeek.Monday);

    private async Task<ResolvedRequirement> FromForecasts(
        Hub hub, string? group, LocalDate? start, int weeks, double weeklyHours, LongRangeSpec spec, CancellationToken cancellationToken)
    {
        var all = await db.Series.AsNoTracking().Include(s => s.Queue)
            .Where(s => s.HubId == hub.Id && (group == null || s.Queue!.SkillGroup == group)).OrderBy(s => s.Id).ToListAsync(cancellationToken);
        var events = await longRange.EventsOf(hub, cancellationToken);
        var aht = await HandleTimes(hub, cancellationToken);
        var ahead = start is null ? Math.Min(weeks + Straggling, LongRangeForecast.MostWeeks) : LongRangeForecast.MostWeeks;
        var forecasts = new List<(Series Series, SeriesForecast Forecast)>();
        var skipped = new List<string>();
        foreach (var series in all)
        {
            try
            {
                if (await longRange.Of(series, hub, ahead, events, cancellationToken) is { } made)
                {
                    forecasts.Add((series, made.Forecast));
                }
            }
            catch (ForecastDataException)
            {
                skipped.Add(series.Queue!.Code); // a queue that has hardly begun; named in the origin
            }
        }

        if (forecasts.Count == 0)
        {
            throw ProblemException.Semantic(
                "/requirement/longRange", $"Hub '{hub.Code}' has no queue{(group is null ? "" : $" of group '{group}'")} with a whole week of volumes.");
        }

        var first = forecasts.Max(f => MondayOf(f.Forecast, hub));
        // Their volumes have ended.
        skipped.AddRange(forecasts.Where(f => MondayOf(f.Forecast, hub).PlusWeeks(Straggling) < first).Select(f => f.Series.Queue!.Code));
        forecasts.RemoveAll(f => MondayOf(f.Forecast, hub).PlusWeeks(Straggling) < first);
        var from = start ?? first;
        if (forecasts.Exists(f => Offset(f.Forecast, hub, from) < 0 || Offset(f.Forecast, hub, from) + weeks > ahead))
        {
            throw ProblemException.Semantic(
                "/start", $"Forecasts by week reach {ahead} weeks from {first:uuuu-MM-dd}; {weeks} weeks from {from:uuuu-MM-dd} are not inside.");
        }

        var shrinkage = spec.Shrinkage ?? Shrinkage.Combine(hub.PlannedShrinkage, hub.UnplannedShrinkage);
        var productive = spec.Occupancy * (1 - shrinkage) * weeklyHours;
        var fte = Levels.Select(_ => new double[weeks]).ToArray();
        foreach (var (series, forecast) in forecasts)
        {
            var (offset, hours) = (Offset(forecast, hub, from), aht.GetValueOrDefault(series.Id, series.Queue!.AhtSeconds) / 3600);
            foreach (var (k, level) in Levels.Index())
            {
                var volume = forecast.Quantile(level);
                for (var w = 0; w < weeks; w++)
                {
                    fte[k][w] += volume[offset + w] * hours / productive;
                }
            }
        }

        var origin =
            $"forecasts by week of {string.Join(", ", forecasts.Select(f => f.Series.Queue!.Code))}; occupancy {spec.Occupancy}, shrinkage "
                + $"{shrinkage:0.###}, {weeklyHours} hours a week"
            + (skipped.Count == 0 ? "" : $"; without {string.Join(", ", skipped)}, whose volumes are too few or have ended");
        return new ResolvedRequirement(from, Levels, NeverFalling(fte), origin);
    }

    /// <summary>Mean handle time in seconds by series, from the served forecast.</summary>
    private async Task<Dictionary<int, double>> HandleTimes(Hub hub, CancellationToken cancellationToken)
    {
        var forecasts = db.Forecasts;
        var rows = await db.SeriesForecasts.AsNoTracking()
            .Where(r => forecasts.Any(f => f.Id == r.ForecastRunId && f.HubId == hub.Id && f.State == PublicationState.Published))
            .Select(r => new { r.SeriesId, r.Mean, r.AhtSeconds }).ToListAsync(cancellationToken);
        return rows.Where(r => r.Mean.Sum() > 0).GroupBy(r => r.SeriesId)
            .ToDictionary(g => g.Key, g => g.First().Mean.Zip(g.First().AhtSeconds, (m, a) => m * a).Sum() / g.First().Mean.Sum());
    }

    private async Task<ResolvedRequirement> FromStored(
        Hub hub, string? group, LocalDate? start, int weeks, double weeklyHours, StoredRequirementSpec spec, CancellationToken cancellationToken)
    {
        var run = await db.RequirementOf(hub, spec.RequirementId, cancellationToken) ?? throw (spec.RequirementId is { } id
            ? ProblemException.Semantic("/requirement/stored/requirementId", $"Hub '{hub.Code}' has no requirement '{id}'.")
            : ProblemException.Semantic("/requirement/stored", $"Hub '{hub.Code}' has no requirement yet; compute one with POST /api/v1/requirements."));
        var rows = await db.SeriesRequirements.AsNoTracking()
            .Where(r => r.RequirementRunId == run.Id && (group == null || r.Series!.Queue!.SkillGroup == group)).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            throw ProblemException.Semantic("/group", $"The requirement of hub '{hub.Code}' has no queue of group '{group}'.");
        }

        var first = hub.Days.FirstDayFrom(rows.Max(r => r.Start), IsoDayOfWeek.Monday);
        var whole = WholeWeeks(hub, rows, first);
        var from = start ?? first;
        var skip = Period.DaysBetween(first, from) / 7;
        if (whole <= 0 || skip < 0 || skip >= whole)
        {
            throw ProblemException.Semantic(
                "/start",
                $"The requirement has {Math.Max(0, whole)} whole weeks from {first:uuuu-MM-dd}; a plan from {from:uuuu-MM-dd} does not start in one of them.");
        }

        double[] levels = [.. run.RiskLevels.Order()];
        var fte = levels
            .Select(level => Continue(Weekly(hub, rows.Where(r => r.RiskLevel == level), first, whole, weeklyHours), skip, weeks, spec.GrowthPerYear))
            .ToArray();
        var origin = $"requirement {run.Id} for {whole - skip} weeks, then their mean with {spec.GrowthPerYear:P0} growth a year; {weeklyHours} hours a week";
        return new ResolvedRequirement(from, levels, NeverFalling(fte), origin);
    }

    private static int WholeWeeks(Hub hub, List<SeriesRequirement> rows, LocalDate first)
    {
        var weeks = IntervalGrid.Of(IntervalGrid.Week, hub.Zone);
        return (int)(weeks.SlotOf(rows.Min(r => r.Span.End)) - weeks.SlotOf(weeks.StartOfDay(first)));
    }

    private static double[] Weekly(Hub hub, IEnumerable<SeriesRequirement> rows, LocalDate first, int whole, double weeklyHours)
    {
        var fte = new double[whole];
        var weeks = GridSpan.From(IntervalGrid.Of(IntervalGrid.Week, hub.Zone), hub.Days.StartOfDay(first), whole);
        foreach (var row in rows)
        {
            var span = row.Span;
            for (var i = 0; i < span.Count; i++)
            {
                if (weeks.IndexOf(span.StartOf(i)) is >= 0 and var week && week < whole)
                {
                    fte[week] += row.Heads[i] * span.LengthOf(i).TotalHours / weeklyHours;
                }
            }
        }

        return fte;
    }

    private static double[] Continue(double[] known, int skip, int weeks, double growth)
    {
        var kept = known[skip..];
        var mean = kept.Average();
        return
        [
            .. Enumerable.Range(0, weeks).Select(w => w < kept.Length ? kept[w] : mean * Math.Pow(1 + growth, (w - ((kept.Length - 1) / 2.0)) / WeeksPerYear)),
        ];
    }

    /// <summary>A higher level never needs fewer: rounding and minimum heads may say so by a hair.</summary>
    private static double[][] NeverFalling(double[][] fte)
    {
        for (var k = 1; k < fte.Length; k++)
        {
            fte[k] = [.. fte[k].Zip(fte[k - 1], Math.Max)];
        }

        return fte;
    }

    private static LocalDate MondayOf(SeriesForecast forecast, Hub hub) => hub.Days.DateOf(forecast.Start);

    private static int Offset(SeriesForecast forecast, Hub hub, LocalDate from) => (int)Math.Floor(Period.DaysBetween(MondayOf(forecast, hub), from) / 7.0);
}
