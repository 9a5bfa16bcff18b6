using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.TimeZones;
using Wfm.Api.Features.Volumes.Import;
using Wfm.Api.Http;
using Wfm.Api.Json;

namespace Wfm.Api.Features.Rosters.Worked;

/// <summary>Worked shifts as rows of files.</summary>
internal static class WorkedShiftRows
{
    public const string Example = "agent,start,end,paid_minutes,group\ndub-001,2026-10-05T08:00,2026-10-05T16:30,480,live-en\n";

    public static readonly CsvShape<WorkedShiftRequest> Csv = new(["agent", "start", "end"], ["paid_minutes", "group", "hub"], Read);

    private static readonly ZoneLocalMappingResolver Resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private static WorkedShiftRequest? Read(Func<string, string?> text, Findings findings)
    {
        var shift = new WorkedShiftRequest
        {
            Agent = text("agent") ?? "",
            Start = text("start") ?? "",
            End = text("end") ?? "",
            PaidMinutes = Minutes(Filled(text("paid_minutes")), findings),
            Group = Filled(text("group")),
            Hub = Filled(text("hub")),
        };
        return findings.Any ? null : shift;
    }

    /// <summary>The moment a text names, in the hub's zone where it names none; null with a finding when it is none, or no whole minute.</summary>
    public static Instant? Moment(string text, DateTimeZone zone, string field, Findings findings)
    {
        var kind = IntervalStartText.Parse(Encoding.UTF8.GetBytes(text), out var microseconds);
        Instant? moment = kind switch
        {
            TimeKind.Instant => Instant.FromUnixTimeTicks(microseconds * 10),
            TimeKind.Local => zone.ResolveLocal(Instant.FromUnixTimeTicks(microseconds * 10).InUtc().LocalDateTime, Resolver).ToInstant(),
            _ => null,
        };
        findings.Require(
            moment is { } known && Bounds.Hold(known), field, text,
            $"A time such as 2026-10-05T08:00, 2026-10-05T08:00Z or 2026-10-05T08:00+02:00, {Bounds.OfDates}, is needed, '{text}' is not.");
        findings.Require(moment is null || moment.Value.ToUnixTimeTicks() % NodaConstants.TicksPerMinute == 0, field, text, "A whole minute is needed.");
        return moment;
    }

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static int? Minutes(string? text, Findings findings)
    {
        if (text is null || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return text is null ? null : int.Parse(text, CultureInfo.InvariantCulture);
        }

        findings.Add("/paidMinutes", text, $"Whole minutes are needed, '{text}' is not.");
        return null;
    }
}
