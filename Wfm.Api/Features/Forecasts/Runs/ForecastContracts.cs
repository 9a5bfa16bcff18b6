using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Forecasts.Accuracy;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Forecasting;

namespace Wfm.Api.Features.Forecasts.Runs;

/// <summary>What to forecast.</summary>
public sealed record CreateForecastRequest
{
    /// <summary>Code of the hub.</summary>
    /// <example>dub</example>
    [Required]
    public required string Hub { get; init; }

    /// <summary>Codes of the queues; left out for all queues of the hub.</summary>
    [MinLength(1)]
    public string[]? Queues { get; init; }

    /// <summary>Days after the end of the data, 1 to 728.</summary>
    /// <example>42</example>
    [Range(1, 728)]
    public int HorizonDays { get; init; } = 42;

    /// <summary>Seed of the sample paths: the same data and seed give the same forecast.</summary>
    /// <example>1</example>
    public int Seed { get; init; } = 1;

    /// <summary>True makes the result the hub's served forecast at once; otherwise it is a draft until it is published. Queues it was not asked for stay
    /// served as they are.</summary>
    public bool Publish { get; init; }

    /// <summary>True takes over, when it is published, the adjustments of the forecast served before that still run, with their authors and reasons.</summary>
    public bool CarryAdjustments { get; init; } = true;

    /// <summary>
    /// True goes on from what the hub's last forecast learned, as every night does: at most a week old, series by series, far faster. False learns
    /// everything anew, so that the same data and seed give the same forecast.
    /// </summary>
    public bool Incremental { get; init; }

    /// <summary>End of the history to use; left out for the end of the data. An earlier one shows what would have been forecast then.</summary>
    public Instant? CutOff { get; init; }
}

/// <summary>A forecast of a hub: one immutable set of series forecasts from one cut-off.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="State">draft, published or superseded.</param>
/// <param name="CutOff">End of the history, start of the forecast.</param>
/// <param name="End">Until when all its queues are forecast, exclusive.</param>
/// <param name="AgeHours">Hours since it was made.</param>
/// <param name="Seed">Seed of the sample paths.</param>
/// <param name="DataHash">SHA-256 of the history that was fitted.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="PublishedAt">When it became the served forecast, the last time.</param>
/// <param name="Reduced">True when only what it is judged and explained by is left: nothing can be planned from it, and quantiles lie between those
/// of 2.5, 5, 10, 25, 50, 75, 90, 95 and 97.5 %.</param>
/// <param name="Series">One entry a queue; empty in lists.</param>
/// <param name="Skipped">Queues that could not be forecast, each with the reason.</param>
public sealed record ForecastResponse(
    Guid Id, string Hub, PublicationState State, Instant CutOff, Instant End, double AgeHours, int Seed, string? DataHash, Instant CreatedAt,
    Instant? PublishedAt, bool Reduced, IReadOnlyList<SeriesForecastResponse> Series, IReadOnlyList<SkippedSeries> Skipped);

/// <summary>The forecast of one queue in short.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Kind">immediate or deferrable.</param>
/// <param name="Start">Start of the first interval; another than the others' where the queue stayed served from another forecast.</param>
/// <param name="IntervalMinutes">Length of an interval.</param>
/// <param name="Intervals">Number of intervals.</param>
/// <param name="TotalMean">Contacts expected over the whole horizon, before adjustments.</param>
/// <param name="Wape">Back-test error of the forecast, Σ|y−ŷ| ÷ Σy; this and the next three are null where the history was too short for a back-test.</param>
/// <param name="SeasonalNaiveWape">The same of copying last week.</param>
/// <param name="Bias">Back-test bias, Σ(ŷ−y) ÷ Σy; positive is too high.</param>
/// <param name="Coverage80">Share of actuals inside the 80 % interval in the back-test.</param>
/// <param name="Models">The models combined, by weight.</param>
public sealed record SeriesForecastResponse(
    string Queue, Setup.Queues.WorkKind Kind, Instant Start, int IntervalMinutes, int Intervals, double TotalMean, double? Wape, double? SeasonalNaiveWape,
    double? Bias, double? Coverage80, IReadOnlyList<ModelWeight> Models);

/// <summary>One interval of a forecast.</summary>
/// <param name="Start">Start of the interval.</param>
/// <param name="BaseMean">Expected contacts before adjustments.</param>
/// <param name="Mean">Expected contacts, adjustments included unless they were left out on demand.</param>
/// <param name="Quantiles">Contacts by level, in the order of <c>levels</c>; adjusted like the mean.</param>
/// <param name="AhtSeconds">Expected average handle time.</param>
/// <param name="Closed">True outside opening hours.</param>
public sealed record ForecastInterval(Instant Start, double BaseMean, double Mean, double[] Quantiles, double AhtSeconds, bool Closed);

/// <summary>Intervals of one queue, a page at a time.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="IntervalMinutes">Length of an interval.</param>
/// <param name="Levels">Levels of the quantiles, in (0, 1).</param>
/// <param name="Items">The intervals, ascending.</param>
/// <param name="Next">Cursor of the next page, to be given as <c>after</c>; null at the end.</param>
public sealed record ForecastIntervalsResponse(string Queue, int IntervalMinutes, double[] Levels, IReadOnlyList<ForecastInterval> Items, string? Next);

/// <summary>The back-test of one queue: what this forecast would have been worth at earlier cut-offs.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Report">Accuracy over rolling origins, next to the weekly seasonal naive, by days ahead.</param>
/// <param name="Models">Every model tried, its weight, its own error, and why it was left out when it was.</param>
/// <param name="Cleansing">What was changed in the history before fitting.</param>
/// <param name="LearnedTo">End of the history that models, weights and back-test were learned from: the cut-off, or up to a week before it in an incremental
/// forecast.</param>
/// <param name="Previous">What the forecast published before was worth from its cut-off to the one of this; null when there is none to judge.</param>
public sealed record BacktestResponse(
    string Queue, BacktestReport Report, IReadOnlyList<ModelWeight> Models, CleansingSummary Cleansing, Instant LearnedTo, PreviousForecastAccuracy? Previous);
