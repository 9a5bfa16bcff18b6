using NodaTime;
using Wfm.Api.Features.Volumes.Storage;

namespace Wfm.Api.Features.Volumes.Retention;

/// <summary>How long every interval is kept; older ones are rolled up to local days.</summary>
/// <param name="Months">Whole months of UTC before the current one, 3 or more; null keeps every interval for ever.</param>
internal sealed record VolumeRetention(int? Months)
{
    private const int Fewest = 3;

    /// <summary>Whole months of UTC before the current one.</summary>
    public int? Months { get; } = Months is null or >= Fewest ? Months
        : throw new ArgumentOutOfRangeException(
            nameof(Months), Months, $"Wfm:KeepIntervalsMonths must be at least {Fewest}, or absent to keep every interval. Forecasts use up to 25.");

    /// <summary>From when on every interval is kept; null when all are.</summary>
    public Instant? KeepFrom(Instant now) => Months is { } months ? VolumeMonths.StartOf(now.InUtc().Date.ToYearMonth().PlusMonths(-months)) : null;
}
