using NodaTime;
using Wfm.Api.Features.Today.Inputs;
using Wfm.Forecasting;
using Wfm.Forecasting.Intraday;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Floor;

namespace Wfm.Api.Features.Today.Snapshot;

/// <summary>Tells what is known and projected of a queue.</summary>
internal sealed class QueueTelling(TodayFacts day, QueueDay queue)
{
    private const double Low = 0.1;
    private const double High = 0.9;

    /// <param name="floor">As it was simulated; null when it was not.</param>
    /// <param name="projected">What came of that.</param>
    /// <param name="window">Intervals of the simulation; null when nothing was.</param>
    public TodayQueue Tell(FloorQueue? floor, QueueProjection? projected, GridSpan? window)
    {
        var facts = queue.Facts;
        return new TodayQueue(
            facts.Queue.Code, facts.Queue.SkillGroup, facts.Queue.Kind, queue.IsOpen, Volume(), Service(projected), Backlog(floor, window),
            projected?.Clock is { } clock && window is not null
                ? new TodayClock(clock.Probability, window.Start + clock.Earliest, window.Start + clock.Median, queue.Queue.LegalClock)
                : null,
            [.. Notes()]);
    }

    private TodayVolume? Volume()
    {
        if (queue.Update() is not { } update || queue.Reforecast is not { } reforecast) return null;
        var (forecast, before, known) = (reforecast.Forecast, queue.Observed!.Before, queue.Observed.KnownUntil);
        var rarity = update.Unusual;
        var limit = TodayLimits.Volumes(forecast.Grid);
        var curve = forecast with { Start = forecast.Grid.InstantAt(forecast.Start, update.FirstStep), Mean = update.Mean, Quantiles = update.Quantiles };
        var (low, high) = (curve.Quantile(Low), curve.Quantile(High));
        var age = day.At - known;
        return new TodayVolume(
            known, age.TotalMinutes, queue.IsOpen && age > limit, before + rarity.Observed,
            rarity.ObservedSteps == 0 ? null : Band(forecast, new SumForecast(rarity.Expected, rarity.Quantiles), 0),
            rarity.ObservedSteps == 0 ? null : (rarity.AtMost + 1 - rarity.AtLeast) / 2, before + forecast.Mean[reforecast.FirstStep..reforecast.EndStep].Sum(),
            Band(forecast, update.RestOfDay, 0), Band(forecast, update.DayTotal, before),
            [
                .. Enumerable.Range(0, update.Mean.Length).Select(i => new TodayVolumeInterval(
                    forecast.Grid.InstantAt(forecast.Start, update.FirstStep + i), forecast.Mean[update.FirstStep + i], update.Mean[i], low[i], high[i])),
            ]);
    }

    private static TodayBand Band(SeriesForecast forecast, SumForecast sum, double before)
    {
        var one = forecast with { Mean = [sum.Mean], Quantiles = Array.ConvertAll(sum.Quantiles, q => new[] { q }) };
        return new TodayBand(before + sum.Mean, before + one.Quantile(Low)[0], before + one.Quantile(0.5)[0], before + one.Quantile(High)[0]);
    }

    private TodayService Service(QueueProjection? projected)
    {
        var (served, promised) = (queue.Facts.Served, queue.Queue.Deferrable?.JudgedFraction ?? queue.Queue.Immediate?.ServiceLevel);
        Instant? asOf = served.Count > 0 ? queue.Facts.ServedUntil : null;
        var age = (day.At - asOf)?.TotalMinutes;
        var isStale = queue.IsOpen && (asOf is null || day.At - asOf > TodayLimits.Served(served));
        var counted = served.Count > 0 ? queue.Counted() : null;
        return new TodayService(
            asOf, age, isStale, counted?.Offered, counted?.Answered, counted?.InTime,
            counted is { Offered: > 0 } ? (double)counted.InTime / counted.Offered : null, promised,
            projected is null ? null : ProjectedService.Of(projected));
    }

    private TodayBacklog? Backlog(FloorQueue? floor, GridSpan? window)
    {
        if (queue.Facts.Backlog is not { } backlog) return null;
        var due = floor?.Queue.Deferrable is not null && window is not null ? AgedWork.Of(floor, window.Grid.Interval, day.At - window.Start) : null;
        var age = day.At - backlog.AsOf;
        return new TodayBacklog(
            backlog.AsOf, age.TotalMinutes, age > TodayLimits.Backlog, backlog.IsSnapshot, backlog.Ranges.Sum(r => r.Contacts),
            backlog.IsSnapshot && backlog.Ranges.Count > 0 ? backlog.Ranges.Max(r => r.OldestMinutes) : null, due?.Sum(d => d.Overdue),
            [
                .. backlog.Ranges.Select((r, i) => new TodayAge(
                    r.YoungestMinutes, r.OldestMinutes, r.Contacts, window?.Start + due?[i].FirstDue, window?.Start + due?[i].LastDue, due?[i].Overdue)),
            ]);
    }

    private IEnumerable<TodayNote> Notes()
    {
        var facts = queue.Facts;
        if (queue.Queue.GoalFault is { } fault)
        {
            yield return new TodayNote("cannotBeStaffed", $"Its service is not projected: {fault}");
        }

        if (queue.Reforecast is null)
        {
            yield return new TodayNote("noForecast", $"The served forecast runs from {facts.Row.Start} to {facts.Row.Span.End}, not over this day.");
        }
        else if (queue.Observed!.KnownUntil <= day.Start && queue.Observed.Before == 0 && day.At - day.Start > TodayLimits.Volumes(facts.Row.Span.Grid))
        {
            yield return new TodayNote("noVolumes", "No volume of the day has come yet; the forecast stands as it was made.");
        }

        if (!queue.IsProjected)
        {
            yield break; // what the projection does without is nobody's business then
        }

        if (facts.Served.Count == 0 && queue.Queue.Immediate is not null)
        {
            yield return new TodayNote(
                "noServed",
                facts.ServedUntil is null ? "Nobody tells what was answered: the projected service is that of the rest of the day from now on."
                    : "Nothing of the day is known to be answered yet: the whole day is simulated.");
        }

        if (facts.Backlog is null && queue.Queue.Deferrable is not null)
        {
            yield return new TodayNote("noBacklog", "Nobody told in the last 24 hours what is open: the projection begins with nothing.");
        }
        else if (facts.Backlog is { IsSnapshot: false })
        {
            yield return new TodayNote("agesUnknown", "What is open is known from the volumes alone: it is taken to be evenly aged up to the turnaround.");
        }
    }
}
