using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Availability;

/// <summary>Puts availability on dates in force, row by row, as somebody who decides about it: what is in force already is not entered again, and a bad row
/// loses nothing else.</summary>
internal sealed class AvailabilityImport(WfmDbContext db, AvailabilityDesk desk, ShiftsInForce inForce, ClaimsPrincipal user, IClock clock)
{
    public async Task<RowReport> Run(IReadOnlyList<ImportRow<ImportAvailabilityRequest>> rows, bool dryRun, CancellationToken cancellationToken)
    {
        var book = new RowBook<ImportAvailabilityRequest>(rows);
        var people = await NamedAgents.Load(db, rows.Select(r => r.Value?.Agent), user, cancellationToken);
        var read = rows.Select(row => Read(row, people, book)).OfType<ReadRow>().ToList();
        foreach (var portion in Portions.Of(read, r => r.Agent))
        {
            await Retries.Store(
                portion, db, part => Store(part, dryRun, book, cancellationToken),
                (row, reason) => book.Reject(row.Row, row.Agent.Code, "/agent", row.Agent.Code, reason, FindingCodes.Conflict));
        }

        return book.Report(dryRun);
    }

    /// <summary>A row whose values can be used.</summary>
    private sealed record ReadRow(ImportRow<ImportAvailabilityRequest> Row, Agent Agent, List<OpeningWindow> Windows)
    {
        public LocalDate From => Row.Value!.From!.Value;

        public LocalDate To => Row.Value!.To ?? From;
    }

    private ReadRow? Read(ImportRow<ImportAvailabilityRequest> row, NamedAgents people, RowBook<ImportAvailabilityRequest> book)
    {
        var (findings, told) = (row.Findings, row.Value);
        if (told is not null)
        {
            Annotations.Check(told, "", findings);
            findings.Storable(told.Reason, "/reason");
            if (people.Find(told.Agent, findings) is { } agent)
            {
                var windows = AvailabilityDesk.Read(told, clock.GetCurrentInstant().InZone(agent.Hub!.Zone).Date, findings);
                if (!findings.Any)
                {
                    return new ReadRow(row, agent, windows);
                }
            }
        }

        book.Reject(row, told?.Agent, findings);
        return null;
    }

    private async Task Store(IReadOnlyList<ReadRow> rows, bool dryRun, RowBook<ImportAvailabilityRequest> book, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ids = rows.Select(r => r.Agent.Id).Distinct().ToList();
        var agents = await db.Agents.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellationToken);
        var shifts = (await inForce.Of(ids, rows.Min(r => r.From), rows.Max(r => r.To).PlusDays(1), drafts: false, cancellationToken, activities: false))
            .ToLookup(s => s.AgentId);
        var done = new List<(ReadRow Row, Guid Id, bool IsKnown)>();
        foreach (var row in rows)
        {
            if (!agents.TryGetValue(row.Agent.Id, out var agent))
            {
                book.Reject(row.Row, row.Agent.Code, "/agent", row.Agent.Code, $"Agent '{row.Agent.Code}' was deleted meanwhile.", FindingCodes.Conflict);
                continue;
            }

            var known = Known(agent, row);
            done.Add((row, known ?? desk.Enter(agent, row.Row.Value!, row.Windows, user.KeyName()).Id, known is not null));
        }

        await db.SaveChangesAsync(cancellationToken);
        await (dryRun ? transaction.RollbackAsync(cancellationToken) : transaction.CommitAsync(cancellationToken));
        foreach (var (row, id, isKnown) in done)
        {
            book.Accept(row.Row, isKnown ? RowOutcome.Duplicate : RowOutcome.Created, row.Agent.Code, id, Notes(row, shifts[row.Agent.Id]));
        }
    }

    /// <summary>The request that says the same and counts: nothing said later meets its dates.</summary>
    private static Guid? Known(Agent agent, ReadRow row)
    {
        var last = agent.DatedAvailability.FindLast(d => d.From <= row.To && row.From <= d.To);
        return last is not null && last.From == row.From && last.To == row.To && last.Windows.SequenceEqual(row.Windows) ? last.Request : null;
    }

    private RowNote[] Notes(ReadRow row, IEnumerable<ShiftInForce> shifts)
    {
        var outside = AvailabilityDesk.Outside(shifts, row.From, row.To, row.Windows, row.Agent.Hub!.Zone).Count(s => s.Start > clock.GetCurrentInstant());
        return outside == 0 ? []
            : [new RowNote("shiftsOutside", outside, $"Published shifts to come that lie outside it and stay in force until somebody edits them: {outside}.")];
    }
}

/// <summary>Availability as rows of files.</summary>
internal static class AvailabilityRows
{
    public static readonly CsvShape<ImportAvailabilityRequest> Csv = new(["agent", "from"], ["to", "windows", "times", "reason"], (text, findings) =>
    {
        var cells = new CsvCells(text, findings);
        var row = new ImportAvailabilityRequest
        {
            Agent = cells.Text("agent") ?? "",
            From = cells.Date("from"),
            To = cells.Date("to"),
            Windows = [.. cells.List("windows").SelectMany(item => Windows(item, cells))],
            Times = [.. cells.List("times").SelectMany(item => Times(item, cells))],
            Reason = cells.Text("reason"),
        };
        return findings.Any ? null : row;
    });

    public static ImportAvailabilityRequest Example(LocalDate today) => new()
    {
        Agent = "dub-001",
        From = today.PlusDays(150),
        To = today.PlusDays(163),
        Times = [new DayTimesRequest(new LocalTime(8, 0), new LocalTime(16, 0))],
        Reason = "School holidays.",
    };

    public static string ExampleText(LocalDate today) =>
        $"agent,from,to,windows,times,reason\ndub-001,{today.PlusDays(150):uuuu-MM-dd},{today.PlusDays(163):uuuu-MM-dd},,08:00-16:00,School holidays.\n"
        + $"dub-001,{today.PlusDays(170):uuuu-MM-dd},{today.PlusDays(176):uuuu-MM-dd},mon-thu 09:00-17:00;fri 09:00-13:00,,\n";

    private static IReadOnlyList<OpeningWindow> Windows(string item, CsvCells cells)
    {
        if (WeeklyText.Windows(item) is { } windows)
        {
            return windows;
        }

        cells.Refuse("windows", item, "A window such as mon-fri 08:00-18:00");
        return [];
    }

    private static DayTimesRequest[] Times(string item, CsvCells cells)
    {
        if (item.Split('-') is [var from, var to] && CsvCells.TimeOf(from) is { } start && CsvCells.TimeOf(to) is { } end)
        {
            return [new DayTimesRequest(start, end)];
        }

        cells.Refuse("times", item, "A time such as 08:00-16:00");
        return [];
    }
}

internal static class AvailabilityImportEndpoint
{
    public static void MapAvailabilityImport(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/availability:import", Import).WithName("ImportAvailability").WithTags("Swaps")
            .WithSummary("Puts availability of many people on dates in force from JSON, NDJSON or CSV, with a report of every row; nothing twice.")
            .WithDescription(
                "What a person asks for at /me/availability, entered by who decides: approved at once, and published shifts outside it are told. At most "
                    + "20,000 rows; with dryRun=true nothing is stored.")
            .Requires(Permission.DecideRequests).WithRows<ImportAvailabilityRequest>(AvailabilityRows.Example, AvailabilityRows.ExampleText);

    /// <param name="dryRun">True tries the rows and stores nothing.</param>
    private static async Task<Ok<RowReport>> Import(
        WfmDbContext db, AvailabilityDesk desk, ShiftsInForce inForce, ClaimsPrincipal user, IClock clock, HttpRequest request,
        CancellationToken cancellationToken, bool dryRun = false)
    {
        var rows = await ImportRows.Whole(request, AvailabilityRows.Csv, cancellationToken);
        return TypedResults.Ok(await new AvailabilityImport(db, desk, inForce, user, clock).Run(rows, dryRun, cancellationToken));
    }
}
