using NodaTime;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Forecasts.Stored;

/// <summary>Draft until published; superseded when another one is published.</summary>
public enum PublicationState { Draft, Published, Superseded }

/// <summary>What of a forecast is stored.</summary>
public enum ForecastContent
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>Of some series all, of some the rest.</summary>
    Reducing,

    /// <summary>What it is judged and explained by: mean, handle times, the quantiles of accuracy, models. Nothing can be planned from it any more.</summary>
    Reduced,
}

/// <summary>One immutable forecast of a hub's series from one cut-off.</summary>
public sealed class ForecastRun
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid HubId { get; init; }

    /// <summary>End of the history it was fitted on, exclusive; the first interval forecast starts here.</summary>
    public Instant CutOff { get; init; }

    /// <summary>Until when all its queues are forecast, exclusive.</summary>
    public Instant End { get; set; }
    public int Seed { get; init; }

    /// <summary>Of everything but the volumes that it depends on: hub, queues, events, program. Two of the same differ only where volumes do.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>False while its series are being stored; until then nobody sees it.</summary>
    public bool IsComplete { get; set; } = true;

    /// <summary>SHA-256 of the history that was fitted, so that a re-run can prove it saw the same.</summary>
    public string? DataHash { get; set; }
    public PublicationState State { get; set; } = PublicationState.Draft;
    public ForecastContent Content { get; init; }

    /// <summary>Whether publishing it takes over the running adjustments of the forecast served before.</summary>
    public bool CarryAdjustments { get; init; } = true;
    public Instant CreatedAt { get; init; }
    public Instant? PublishedAt { get; set; }
    public Guid? JobId { get; init; }
    public int Version { get; set; } = 1;
    public List<SeriesForecastRow> Series { get; init; } = [];

    /// <summary>Series that could not be forecast, each with the reason in words.</summary>
    public List<SkippedSeries> Skipped { get; init; } = [];
}

/// <summary>A queue left out.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record SkippedSeries(string Queue, string Reason);

/// <summary>The forecast of one series: curves as arrays, one row a series.</summary>
public sealed class SeriesForecastRow
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid ForecastRunId { get; init; }
    public int SeriesId { get; init; }
    public Series? Series { get; init; }

    /// <summary>The revision of one that another forecast, with another cut-off, was published with.</summary>
    public const int OfAnotherTime = -1;

    /// <summary>Revision of the series whose volumes it was made from; <see cref="OfAnotherTime"/> of one that joined.</summary>
    public int Revision { get; init; }

    /// <summary>SHA-256 of the history that was fitted.</summary>
    public string DataHash { get; init; } = "";
    public Instant Start { get; init; }
    public int IntervalMinutes { get; init; }

    /// <summary>Zone of the hub when it was made: the grid travels with the curves.</summary>
    public required string TimeZone { get; init; }
    public required double[] Mean { get; init; }
    public required double[] QuantileLevels { get; init; }

    /// <summary>Level by level, each of the length of <see cref="Mean"/>.</summary>
    public required double[] Quantiles { get; init; }

    /// <summary>Average handle time in seconds per interval.</summary>
    public required double[] AhtSeconds { get; init; }

    /// <summary>Models with weights, back-test, path dependence, cleansing report.</summary>
    public required SeriesForecastDetail Detail { get; init; }

    /// <summary>What is left of the row when nothing is planned from it any more.</summary>
    /// <param name="levels">Levels of the quantiles that stay, where the row reaches.</param>
    public (double[] Levels, double[] Quantiles, SeriesForecastDetail Detail) Reduced(IReadOnlyList<double> levels)
    {
        var forecast = this.ToForecast(0);
        double[] kept = [.. levels.Where(level => level >= QuantileLevels[0] && level <= QuantileLevels[^1])];
        return (kept, [.. kept.SelectMany(forecast.Quantile)], Detail with { Memory = null, LearnedTo = LearnedTo });
    }

    /// <summary>End of the history that its parameters were learned from.</summary>
    public Instant LearnedTo => Detail.LearnedTo ?? (Detail.Memory is { } memory ? Span.Grid.InstantAt(memory.Start, memory.Intervals) : Start);

    /// <summary>Where the values of the curves lie in time.</summary>
    public GridSpan Span => GridSpan.From(IntervalGrid.Of(IntervalMinutes, DateTimeZoneProviders.Tzdb[TimeZone]), Start, Mean.Length);

    /// <summary>The same with other curves, for reading; what is stored never changes.</summary>
    public SeriesForecastRow WithCurves(double[] mean, double[] quantiles) => With(mean, quantiles, AhtSeconds, Detail);

    /// <summary>The curves until a moment, at least one interval, without what the next forecast learns from: what is kept in memory through a day.</summary>
    public SeriesForecastRow Until(Instant end)
    {
        var (all, kept) = (Mean.Length, Math.Clamp(Span.CeilingIndexOf(end), 1, Mean.Length));
        double[] quantiles = [.. Enumerable.Range(0, QuantileLevels.Length).SelectMany(k => Quantiles[(k * all)..((k * all) + kept)])];
        return With(Mean[..kept], quantiles, AhtSeconds[..kept], Detail with { Memory = null, LearnedTo = LearnedTo });
    }

    private SeriesForecastRow With(double[] mean, double[] quantiles, double[] ahtSeconds, SeriesForecastDetail detail) => new()
    {
        Id = Id,
        ForecastRunId = ForecastRunId,
        SeriesId = SeriesId,
        Series = Series,
        Revision = Revision,
        DataHash = DataHash,
        Start = Start,
        IntervalMinutes = IntervalMinutes,
        TimeZone = TimeZone,
        Mean = mean,
        QuantileLevels = QuantileLevels,
        Quantiles = quantiles,
        AhtSeconds = ahtSeconds,
        Detail = detail,
    };
}
