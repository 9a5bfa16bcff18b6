using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Wfm.Api.Features.Forecasts.Adjustments;

/// <summary>A change of a forecast by somebody who knows more; give either a factor or added contacts.</summary>
public sealed record CreateAdjustmentRequest
{
    /// <summary>Code of the queue.</summary>
    /// <example>hate-speech-en</example>
    [Required]
    public required string Queue { get; init; }

    /// <summary>First interval start it applies to; not before the end of the known volumes, for what has come cannot be forecast.</summary>
    [Required]
    public required Instant From { get; init; }

    /// <summary>End, exclusive.</summary>
    [Required]
    public required Instant To { get; init; }

    /// <summary>Multiplies mean and quantiles, 0 to 100; 1.2 is a fifth more.</summary>
    /// <example>1.2</example>
    public double? Factor { get; init; }

    /// <summary>Contacts added to mean and quantiles of each interval; negative takes away, never below zero. All layers together make an interval at most a
    /// hundred times the largest of the forecast, or 1,000 contacts where that is more.</summary>
    public double? Added { get; init; }

    /// <summary>Why, in words; the value of adjustments is told by reason later, so use the same words for the same thing.</summary>
    /// <example>product launch</example>
    [Required, StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }
}

/// <summary>An adjustment: a layer over an immutable forecast.</summary>
/// <param name="Id">Identity; layers apply in this order.</param>
/// <param name="ForecastId">The forecast it lies over.</param>
/// <param name="Queue">Code of the queue.</param>
/// <param name="From">First interval start it applies to.</param>
/// <param name="To">End, exclusive, as asked for.</param>
/// <param name="Factor">Multiplies volume; null when contacts are added.</param>
/// <param name="Added">Contacts added to each interval; null when volume is multiplied.</param>
/// <param name="Reason">Why.</param>
/// <param name="Author">Name of the key that made it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CarriedFrom">The adjustment of an earlier forecast that this is a copy of; null for an original.</param>
/// <param name="AppliesUntil">End of its effect: <c>to</c>, or earlier when it was withdrawn.</param>
/// <param name="WithdrawnAt">When it was withdrawn; null while it stands.</param>
/// <param name="WithdrawnBy">Name of the key that withdrew it.</param>
public sealed record AdjustmentResponse(
    Guid Id, Guid ForecastId, string Queue, Instant From, Instant To, double? Factor, double? Added, string Reason, string Author, Instant CreatedAt,
    Guid? CarriedFrom, Instant AppliesUntil, Instant? WithdrawnAt, string? WithdrawnBy)
{
    internal static AdjustmentResponse Of(ForecastAdjustment a) => new(
        a.Id, a.ForecastRunId, a.Series!.Queue!.Code, a.From, a.To, a.Factor, a.Added, a.Reason, a.Author, a.CreatedAt, a.CarriedFromId, a.AppliesUntil,
        a.WithdrawnAt, a.WithdrawnBy);
}

/// <summary>What adjustments were worth: positive where they brought the forecast nearer to what came.</summary>
/// <param name="Intervals">Intervals with known volume that they applied to; one with two layers counts for each.</param>
/// <param name="Actual">Contacts that came in those intervals, Σy.</param>
/// <param name="BaseError">Σ|y − ŷ| without the layer (with the layers before it), contacts.</param>
/// <param name="AdjustedError">Σ|y − ŷ| with it, contacts.</param>
/// <param name="BaseWape">Base error ÷ Σy; null when nothing came.</param>
/// <param name="AdjustedWape">Adjusted error ÷ Σy; null when nothing came.</param>
/// <param name="ValueAdded">Base error − adjusted error, contacts; adds up over layers, authors and reasons.</param>
public sealed record ForecastValue(
    int Intervals, double Actual, double BaseError, double AdjustedError, double? BaseWape, double? AdjustedWape, double ValueAdded);

/// <summary>The value of one adjustment, its copies on newer forecasts included.</summary>
/// <param name="Adjustment">The original adjustment.</param>
/// <param name="Value">What it was worth.</param>
public sealed record AdjustmentValue(AdjustmentResponse Adjustment, ForecastValue Value);

/// <summary>The value of all adjustments that have something in common.</summary>
/// <param name="Name">The author or the reason.</param>
/// <param name="Value">What they were worth.</param>
public sealed record NamedForecastValue(string Name, ForecastValue Value);

/// <summary>Forecast value added by manual adjustments over a time, each interval judged on the forecast that was in force.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="From">First interval start.</param>
/// <param name="To">End, exclusive.</param>
/// <param name="Overall">All adjustments together.</param>
/// <param name="Adjustments">By adjustment, oldest first; at most 1000.</param>
/// <param name="ByAuthor">By author, most valuable first.</param>
/// <param name="ByReason">By reason, most valuable first.</param>
public sealed record AdjustmentValueResponse(
    string Hub, Instant From, Instant To, ForecastValue Overall, IReadOnlyList<AdjustmentValue> Adjustments, IReadOnlyList<NamedForecastValue> ByAuthor,
    IReadOnlyList<NamedForecastValue> ByReason);
