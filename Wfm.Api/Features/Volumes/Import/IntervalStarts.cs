using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>Puts the start of a row on the grid of its series.</summary>
/// <param name="now">A row of the future is a typing error.</param>
/// <param name="keptFrom">Of the time before it only days are kept; null when everything is.</param>
internal sealed class IntervalStarts(Instant now, Instant? keptFrom)
{
    private static readonly Instant Earliest = Instant.FromUtc(2000, 1, 1, 0, 0); // an earlier one is a typing error
    private readonly long _latest = InstantMicroseconds.From(now + Duration.FromDays(1)); // a clock may be wrong, and a day may start later elsewhere
    private readonly long _earliest = InstantMicroseconds.From(Earliest);
    private readonly long _keptFrom = InstantMicroseconds.From(keptFrom ?? Earliest);

    /// <param name="microseconds">In: as read. Out: the instant.</param>
    /// <returns>Why it cannot be one; null when it can, and then the interval is marked as seen.</returns>
    public string? Place(TimeKind kind, ref long microseconds, SeriesTarget series, long line)
    {
        if (kind == TimeKind.Unreadable)
        {
            return "is not a time such as 2026-11-02T09:30Z or 2026-11-02T09:30+01:00";
        }

        long slot = 0;
        return series.Resolve(kind, ref microseconds)
            ?? InRange(microseconds)
            ?? series.Slot(microseconds, out slot)
            ?? Repeated(series.Seen.FirstLine(slot, line));
    }

    private string? InRange(long microseconds) => microseconds < _earliest ? "is before the year 2000"
        : microseconds > _latest ? "is more than a day in the future"
        : microseconds < _keptFrom ? $"is before {keptFrom}, of which time only days are kept; they are not changed any more"
        : null;

    private static string? Repeated(long firstLine) =>
        firstLine == 0 ? null : $"is there already, in line {firstLine}: one row an interval of a queue at a hub; this one was left out";
}
