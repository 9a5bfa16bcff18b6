using System.CommandLine;
using System.Diagnostics;
using NodaTime;
using Wfm.Api.Features.SampleOperation;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>What the event model is worth on the sample operation: holidays and campaigns of the last year, hours into the crisis, weeks after it.</summary>
internal static class EventsCommand
{
    private static readonly int[] HoursIn = [3, 6, 12, 24, 48];
    private static readonly int[] DaysAfter = [3, 10, 24];
    private static readonly Duration Ahead = Duration.FromDays(4);
    private static readonly Duration Open = Duration.FromDays(28);

    public static Command Create()
    {
        var every = new Option<int>("--every") { Description = "Take every n-th series only", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "Series forecast at the same time", DefaultValueFactory = _ => 2 };
        var part = new Option<string>("--part") { Description = "all, holidays or crisis", DefaultValueFactory = _ => "all" };
        part.AcceptOnlyFromAmong("all", "holidays", "crisis");
        var command = new Command("events", "Measures forecasts of holidays, campaigns and a crisis with and without the event model.")
        {
            every,
            threads,
            part,
        };
        command.SetAction(result => Run(result.GetValue(every), result.GetValue(threads), result.GetRequiredValue(part)));
        return command;
    }

    private static void Run(int every, int threads, string part)
    {
        var clock = Stopwatch.StartNew();
        var files = SampleOperationFiles.Load();
        var generator = new SampleVolumeGenerator(files);
        var series = files.Series.Where((_, i) => i % every == 0).Select(s => new SampleSeriesHistory(files, generator, s)).ToArray();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        if (part != "crisis")
        {
            Holidays(series, parallel);
        }

        if (part != "holidays")
        {
            var crisis = files.Events.Single(e => e.Kind == "crisis").During(files.HubsByCode);
            Crisis(series, crisis, parallel);
            AfterCrisis(series, crisis, parallel);
        }

        Console.WriteLine($"{series.Length} series, {clock.Elapsed.TotalSeconds:0} s");
    }

    private static void Holidays(SampleSeriesHistory[] series, ParallelOptions parallel)
    {
        var scores = new EventTable("no event model", "own occurrences only", "and the hub's series", "and all series");
        var since = SampleDates.Written.EndDay.PlusDays(-364).AtMidnight();
        var cutOffs = series.SelectMany(s => s.Events.Where(e => e.Repeats && e.Start >= s.Hub.Zone.AtLeniently(since).ToInstant() && e.End <= s.All.End)
            .Select(e => (Series: s, Event: e, CutOff: e.Start - Ahead))).GroupBy(x => x.CutOff).ToList();
        Parallel.ForEach(cutOffs, parallel, at =>
        {
            var learned = series.ToDictionary(s => s, s => Learn(s, at.Key));
            foreach (var (s, e, cutOff) in at)
            {
                var history = s.Until(cutOff);
                var events = s.Events.Where(other => other.Start < cutOff || other.Repeats).ToList();
                var last = history.Grid.StepsUntil(history.End, e.End);
                var plain = ForecastEngine.Forecast(history, last, s.Options([.. events.Where(other => other.End <= cutOff)]));
                var group = $"{e.Kind.Split('-')[0]}, {Earlier(s, e, cutOff)}";
                var first = history.Grid.StepsUntil(history.End, e.Start);
                var actual = s.All.Values[history.Length..];
                scores.Of(group, 0).Add(plain, actual, first, last);
                var others = learned.Where(x => x.Key != s).ToList();
                scores.Of(group, 1).Add(With(s, history, plain, events, []), actual, first, last);
                scores.Of(group, 2).Add(With(s, history, plain, events, [.. others.Where(x => x.Key.Hub == s.Hub).Select(x => x.Value)]), actual, first, last);
                scores.Of(group, 3).Add(With(s, history, plain, events, [.. others.Select(x => x.Value)]), actual, first, last);
            }
        });
        scores.Print($"Holidays and campaigns of the last year, forecast {Ahead.Days} days before");
    }

    private static void Crisis(SampleSeriesHistory[] series, Interval crisis, ParallelOptions parallel)
    {
        var scores = new EventTable("not known as an event", "known, left out of history", "known, with its decay");
        Parallel.ForEach(series.SelectMany(s => HoursIn.Select(k => (Series: s, Hours: k))), parallel, one =>
        {
            var cutOff = crisis.Start + Duration.FromHours(one.Hours);
            var history = one.Series.Until(cutOff);
            var steps = history.Grid.StepsUntil(history.End, history.End + Duration.FromHours(72));
            var others = one.Series.Events.Where(e => e.Kind != "crisis" && (e.Start < cutOff || e.Repeats)).ToList();
            CalendarEvent Known(Instant end, bool decays) => new("crisis", crisis.Start, end, repeats: false) { Decays = decays };

            var group = $"{one.Hours,2} hours in, next 72 hours";
            var actual = one.Series.All.Values[history.Length..];
            scores.Of(group, 0).Add(ForecastEngine.Forecast(history, steps, one.Series.Options(others)), actual, 0, steps);
            var masked = ForecastEngine.Forecast(history, steps, one.Series.Options([.. others, Known(cutOff, decays: false)]));
            scores.Of(group, 1).Add(masked, actual, 0, steps);
            scores.Of(group, 2).Add(
                ForecastEngine.Forecast(history, steps, one.Series.Options([.. others, Known(cutOff + Open, decays: true)])), actual, 0, steps);
        });
        scores.Print("The crisis while it runs");
    }

    private static void AfterCrisis(SampleSeriesHistory[] series, Interval crisis, ParallelOptions parallel)
    {
        var scores = new EventTable("not known as an event", "left out of history");
        Parallel.ForEach(series.SelectMany(s => DaysAfter.Select(k => (Series: s, Days: k))), parallel, one =>
        {
            var cutOff = crisis.End + Duration.FromDays(one.Days);
            var history = one.Series.Until(cutOff);
            var steps = history.Grid.StepsUntil(history.End, history.End + Duration.FromDays(14));
            var events = one.Series.Events.Where(e => e.Start < cutOff || e.Repeats).ToList();
            var actual = one.Series.All.Values[history.Length..];
            var group = $"{one.Days,2} days after its end, next 14 days";
            scores.Of(group, 0).Add(
                ForecastEngine.Forecast(history, steps, one.Series.Options([.. events.Where(e => e.Kind != "crisis")])), actual, 0, steps);
            scores.Of(group, 1).Add(ForecastEngine.Forecast(history, steps, one.Series.Options(events)), actual, 0, steps);
        });
        scores.Print("The weeks after the crisis");
    }

    private static IReadOnlyList<EventEffect> Learn(SampleSeriesHistory series, Instant cutOff) => EventLearning.Learn(
        series.Until(cutOff), series.Options([.. series.Events.Where(e => e.Start < cutOff)]));

    /// <summary>The forecast without coming events bent by them: the models see the same history, so they need not be fitted again.</summary>
    private static SeriesForecast With(
        SampleSeriesHistory series, TimeSeries history, SeriesForecast plain, List<CalendarEvent> events, IReadOnlyList<EventEffect>[] siblings)
    {
        var options = series.Options(events) with { SiblingEffects = EventPooling.Pool(siblings) };
        var prepared = HistoryPreparation.Prepare(history, plain.Horizon, options);
        var bent = plain with { Mean = [.. plain.Mean], Quantiles = [.. plain.Quantiles.Select(q => (double[])[.. q])] };
        EventApplication.Apply(history, options, prepared.Effects, new Bounds(prepared.NonNegative, prepared.Counts), bent.Mean, bent.Quantiles);
        return bent;
    }

    private static string Earlier(SampleSeriesHistory series, CalendarEvent e, Instant cutOff) =>
        series.Events.Count(other => other.Kind == e.Kind && other.End <= cutOff && other.Start >= series.All.Start) switch
        {
            0 => "none before",
            1 => "one before",
            _ => "more before",
        };
}
