using NodaTime;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Adjustments;

/// <summary>A planner's change of a forecast, kept beside it: the forecast itself never changes.</summary>
public sealed class ForecastAdjustment
{
    /// <summary>Time-ordered, which is the order in which layers are applied.</summary>
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid ForecastRunId { get; init; }
    public int SeriesId { get; init; }
    public Series? Series { get; init; }

    /// <summary>First interval start it applies to.</summary>
    public Instant From { get; init; }

    /// <summary>End, exclusive, as it was asked for.</summary>
    public Instant To { get; init; }

    /// <summary>Multiplies volume; null when contacts are added.</summary>
    public double? Factor { get; init; }

    /// <summary>Contacts added to each interval, negative to take away; null when volume is multiplied.</summary>
    public double? Added { get; init; }
    public required string Reason { get; init; }

    /// <summary>Name of the key that made it.</summary>
    public required string Author { get; init; }
    public Instant CreatedAt { get; init; }

    /// <summary>The first layer of which this is a copy, made for a newer forecast; null for an original.</summary>
    public Guid? CarriedFromId { get; init; }

    /// <summary>End of its effect: <see cref="To"/>, or the first interval whose volume was not yet known when it was withdrawn.</summary>
    public Instant AppliesUntil { get; set; }
    public Instant? WithdrawnAt { get; set; }
    public string? WithdrawnBy { get; set; }

    /// <summary>Identity shared by a layer and its copies.</summary>
    public Guid OriginId => CarriedFromId ?? Id;

    public bool AppliesAt(Instant start) => start >= From && start < AppliesUntil;

    /// <summary>Volume after this layer; never below zero.</summary>
    public double Apply(double volume) => Math.Max(0, Factor is { } factor ? volume * factor : volume + (Added ?? 0));

    /// <summary>The same layer on a newer forecast.</summary>
    /// <remarks>Copies made one after the other keep their order, for layers apply in the order of their ids.</remarks>
    public ForecastAdjustment CopyFor(Guid forecastRunId) => new()
    {
        ForecastRunId = forecastRunId,
        SeriesId = SeriesId,
        From = From,
        To = To,
        Factor = Factor,
        Added = Added,
        Reason = Reason,
        Author = Author,
        CreatedAt = CreatedAt,
        CarriedFromId = OriginId,
        AppliesUntil = AppliesUntil,
    };
}
