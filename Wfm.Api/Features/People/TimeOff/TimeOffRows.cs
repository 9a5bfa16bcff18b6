using System.ComponentModel.DataAnnotations;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Rosters.Worked;
using Wfm.Api.Features.Volumes.Import;
using Wfm.Api.Http;
using Wfm.Api.Json;

namespace Wfm.Api.Features.People.TimeOff;

/// <summary>Time off that another system has granted, as a row of a file.</summary>
public sealed record ImportTimeOffRequest
{
    /// <summary>Code of the agent.</summary>
    [Required, Code]
    public string Agent { get; init; } = "";

    /// <summary>Code of the type of leave.</summary>
    [Required, Code]
    public string Type { get; init; } = "";

    /// <summary>First local date, or the time at which it begins: with Z or an offset an instant, without one the local time of the agent's hub.</summary>
    [Required]
    public string From { get; init; } = "";

    /// <summary>Last local date, inclusive, and absent for one day; or the time at which it ends, written as the start is.</summary>
    public string? To { get; init; }

    /// <summary>What the other system adds; seen by the person and by who decides about requests.</summary>
    [StringLength(500)]
    public string? Note { get; init; }

    /// <summary>True for leave that is a fact even where the balance does not hold it.</summary>
    public bool Overdraw { get; init; }
}

/// <summary>Time off as rows of files.</summary>
internal static class TimeOffRows
{
    public static readonly CsvShape<ImportTimeOffRequest> Csv = new(["agent", "type", "from"], ["to", "note", "overdraw"], Read);

    public static ImportTimeOffRequest Example(LocalDate today) => new()
    {
        Agent = "dub-001",
        Type = "annual",
        From = LocalDatePattern.Iso.Format(today.PlusDays(200)),
        To = LocalDatePattern.Iso.Format(today.PlusDays(204)),
        Note = "Booked in the HR system.",
    };

    public static string ExampleText(LocalDate today) =>
        $"agent,type,from,to,note\ndub-001,annual,{today.PlusDays(200):uuuu-MM-dd},{today.PlusDays(204):uuuu-MM-dd},Booked in the HR system.\n"
        + $"dub-001,sick,{today.PlusDays(-20):uuuu-MM-dd}T13:00,{today.PlusDays(-20):uuuu-MM-dd}T17:00,\n";

    /// <summary>Start and end of a row's leave; null with findings when they cannot be.</summary>
    public static (Instant Start, Instant End)? Span(ImportTimeOffRequest row, DateTimeZone zone, Findings findings)
    {
        var (from, to) = (Parse(row.From, "/from", zone, findings), string.IsNullOrEmpty(row.To) ? null : Parse(row.To, "/to", zone, findings));
        if (findings.Any || from is null)
        {
            return null;
        }

        findings.Require(
            to is not null || from.Date is not null, "/to", null, "Leave that begins at a time needs the time at which it ends.", FindingCodes.Malformed);
        findings.Require(
            to is null || from.Date is null == to.Date is null, "/to", row.To, $"Give both as dates or both as times, not '{row.From}' and '{row.To}'.");
        if (findings.Any)
        {
            return null;
        }

        var (start, end) = (from.At, (to ?? from).Date is { } last ? zone.AtStartOfDay(last.PlusDays(1)).ToInstant() : to!.At);
        findings.Require(start < end, "/to", row.To, $"The end {row.To} must not be before the start {row.From}.");
        findings.Require(
            end - start <= TimeOffEndpoints.Longest, "/to", row.To, $"Leave of at most {TimeOffEndpoints.Longest.Days} days can be entered at once.");
        return findings.Any ? null : (start, end);
    }

    /// <param name="At">The time, or the start of the date.</param>
    /// <param name="Date">Null for a time.</param>
    private sealed record Told(Instant At, LocalDate? Date);

    private static Told? Parse(string text, string field, DateTimeZone zone, Findings findings)
    {
        var kind = IntervalStartText.Parse(Encoding.UTF8.GetBytes(text), out _);
        if (kind == TimeKind.Day && LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } && Bounds.Hold(date))
        {
            return new Told(zone.AtStartOfDay(date).ToInstant(), date);
        }

        if (kind is TimeKind.Instant or TimeKind.Local)
        {
            return WorkedShiftRows.Moment(text, zone, field, findings) is { } moment ? new Told(moment, null) : null;
        }

        findings.Add(
            field, text, $"A date such as 2027-07-05, or a time such as 2027-07-05T13:00 or 2027-07-05T12:00Z, {Bounds.OfDates}, is needed, '{text}' is not.",
            FindingCodes.Unreadable);
        return null;
    }

    private static ImportTimeOffRequest? Read(Func<string, string?> text, Findings findings)
    {
        var cells = new CsvCells(text, findings);
        var row = new ImportTimeOffRequest
        {
            Agent = cells.Text("agent") ?? "",
            Type = cells.Text("type") ?? "",
            From = cells.Text("from") ?? "",
            To = cells.Text("to"),
            Note = cells.Text("note"),
            Overdraw = cells.Flag("overdraw") ?? false,
        };
        return findings.Any ? null : row;
    }
}
