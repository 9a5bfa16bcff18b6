using System.ComponentModel.DataAnnotations;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Volumes.Import;
using Wfm.Api.Http;
using Wfm.Api.Json;

namespace Wfm.Api.Features.Adherence.States;

/// <summary>A person goes over into a state, which lasts until the next. Of an agent and a start there is one row: sent again with another state, it replaces
/// the one before.</summary>
public sealed record AgentStateRequest
{
    /// <summary>Code of the agent.</summary>
    /// <example>dub-001</example>
    [Required, Code]
    public required string Agent { get; init; }

    /// <summary>The state as the feed calls it, 1 to 64 characters. One without a mapping is stored and reported: the time is unknown then.</summary>
    /// <example>available</example>
    [Required, StringLength(AgentState.LongestState)]
    public required string State { get; init; }

    /// <summary>When it begins: with Z or an offset an instant, without one the local time of the agent's hub, of which the earlier counts where the clock
    /// has it twice. To the microsecond.</summary>
    /// <example>2026-11-02T09:00:00Z</example>
    [Required]
    public required string Start { get; init; }
}

/// <summary>What became of the rows of an import of states.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Accepted">Rows stored or found stored already.</param>
/// <param name="Created">Accepted rows that were new.</param>
/// <param name="Updated">Accepted rows that gave a moment another state.</param>
/// <param name="Unchanged">Accepted rows that were stored already as they are.</param>
/// <param name="RejectedRows">Rows not stored.</param>
/// <param name="Rejected">Why, value by value; the first 1000.</param>
/// <param name="UnmappedRows">Accepted rows whose state has no mapping: the time is known as unknown, and told when the mapping has it.</param>
/// <param name="Unmapped">These rows; the first 1000.</param>
/// <param name="AsOf">Until when the feed is known now, hub by hub that the file touches.</param>
public sealed record AgentStateReport(
    int Rows, int Accepted, int Created, int Updated, int Unchanged, int RejectedRows, IReadOnlyList<RejectedValue> Rejected, int UnmappedRows,
    IReadOnlyList<RejectedValue> Unmapped, IReadOnlyList<HubFeed> AsOf);

/// <summary>Until when the states of a hub's people are known.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="AsOf">Nothing is said of what comes after it.</param>
public sealed record HubFeed(string Hub, Instant AsOf);

/// <summary>States as rows of files.</summary>
internal static class AgentStateRows
{
    public static readonly CsvShape<AgentStateRequest> Csv = new(["agent", "state", "start"], [], (text, _) => new AgentStateRequest
    {
        Agent = text("agent") ?? "",
        State = text("state") ?? "",
        Start = text("start") ?? "",
    });

    /// <summary>The moment a text names, in a zone where it names none; null with a finding when it is none.</summary>
    public static Instant? Moment(string text, DateTimeZone zone, string field, Findings findings)
    {
        var moment = Read(text, zone);
        findings.Require(
            moment is { } known && Bounds.Hold(known), field, text,
            $"A time such as 2026-11-02T09:00:00Z, 2026-11-02T09:00:00+01:00 or 2026-11-02T09:00, {Bounds.OfDates}, is needed, '{text}' is not.");
        return moment is { } at ? Instant.FromUnixTimeTicks(at.ToUnixTimeTicks() / 10 * 10) : null; // as both stores keep it
    }

    private static Instant? Read(string text, DateTimeZone zone)
    {
        if (text.Contains('.', StringComparison.Ordinal)) // parts of seconds
        {
            return OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } withOffset ? withOffset.Value.ToInstant()
                : LocalDateTimePattern.ExtendedIso.Parse(text) is { Success: true } local ? TimeRanges.InstantOf(zone, local.Value) : null;
        }

        return IntervalStartText.Parse(Encoding.UTF8.GetBytes(text), out var microseconds) switch
        {
            TimeKind.Instant => Instant.FromUnixTimeTicks(microseconds * 10),
            TimeKind.Local => TimeRanges.InstantOf(zone, Instant.FromUnixTimeTicks(microseconds * 10).InUtc().LocalDateTime),
            _ => null,
        };
    }
}
