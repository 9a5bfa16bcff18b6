using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.People.TimeOff.Limits;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.People.TimeOff.Balances;

/// <summary>Opens and adjusts balances row by row: nothing is said twice, and a row that would leave a balance too low loses nothing else.</summary>
internal sealed class BalanceImport(WfmDbContext db, BalanceBook balances, LeaveTurns turns, ClaimsPrincipal user, IClock clock)
{
    private readonly Dictionary<(Guid Agent, string Type, LocalDate On), ReadRow> _openings = [];

    public async Task<RowReport> Run(IReadOnlyList<ImportRow<ImportBalanceRequest>> rows, bool dryRun, CancellationToken cancellationToken)
    {
        var book = new RowBook<ImportBalanceRequest>(rows);
        var people = await NamedAgents.Load(db, rows.Select(r => r.Value?.Agent), user, cancellationToken);
        var types = await db.LeaveTypes.AsNoTracking().Where(t => t.Balance == t.Code)
            .ToDictionaryAsync(t => t.Code, StringComparer.Ordinal, cancellationToken);
        var read = rows.Select(row => Read(row, people, types, book)).OfType<ReadRow>().ToList();
        foreach (var portion in Portions.Of(read, r => r.Agent))
        {
            await Retries.Store(
                portion, db, part => Store(part, dryRun, book, cancellationToken),
                (row, reason) => book.Reject(row.Row, row.Agent.Code, "/agent", row.Agent.Code, reason, FindingCodes.Conflict));
        }

        return book.Report(dryRun);
    }

    /// <summary>A row whose values can be used.</summary>
    private sealed record ReadRow(ImportRow<ImportBalanceRequest> Row, Agent Agent, LeaveType Type, BalanceEntry Entry);

    private ReadRow? Read(
        ImportRow<ImportBalanceRequest> row, NamedAgents people, Dictionary<string, LeaveType> types, RowBook<ImportBalanceRequest> book)
    {
        var (findings, told) = (row.Findings, row.Value);
        if (told is not null)
        {
            Annotations.Check(told, "", findings);
            BalanceEndpoints.Check(told, findings);
            var agent = people.Find(told.Agent, findings);
            var type = types.GetValueOrDefault(told.Type);
            findings.Require(
                type is not null, "/type", told.Type, $"There is no leave type with a balance of its own called '{told.Type}'.", FindingCodes.Unknown);
            var read = findings.Any ? null
                : new ReadRow(row, agent!, type!, BalanceEntry.Of(told, agent!, type!, user.KeyName(), clock.GetCurrentInstant()));
            if (read is not null && !Contradicts(read, findings))
            {
                return read;
            }
        }

        book.Reject(row, told?.Agent, findings);
        return null;
    }

    /// <summary>Of a date a file has one opening, or the last would be what counts without anybody having meant it.</summary>
    private bool Contradicts(ReadRow read, Findings findings)
    {
        var key = (read.Agent.Id, read.Type.Code, read.Entry.On);
        if (read.Entry.Kind == LeaveEntryKind.Opening && !_openings.TryAdd(key, read))
        {
            var first = _openings[key];
            findings.Require(
                first.Entry.Says(read.Entry), "/hours", read.Row.Value!.Hours,
                $"Row {first.Row.Number} opens the same balance on {read.Entry.On:uuuu-MM-dd} with other numbers.", FindingCodes.Contradiction);
        }

        return findings.Any;
    }

    private async Task Store(IReadOnlyList<ReadRow> rows, bool dryRun, RowBook<ImportBalanceRequest> book, CancellationToken cancellationToken)
    {
        var outcomes = await turns.Run(rows[0].Agent.HubId, () => Enter(rows, cancellationToken), cancellationToken, keep: !dryRun);
        foreach (var (row, (entry, isKnown, reason)) in rows.Zip(outcomes))
        {
            if (reason is not null)
            {
                book.Reject(row.Row, row.Agent.Code, "/hours", row.Row.Value!.Hours, reason, "balance");
            }
            else
            {
                book.Accept(row.Row, isKnown ? RowOutcome.Duplicate : RowOutcome.Created, row.Agent.Code, entry.Id);
            }
        }
    }

    private async Task<List<(BalanceEntry Entry, bool IsKnown, string? Reason)>> Enter(IReadOnlyList<ReadRow> rows, CancellationToken cancellationToken)
    {
        var people = rows.Select(r => r.Agent).DistinctBy(a => a.Id).ToList();
        var pages = new Dictionary<string, BalancePages>(StringComparer.Ordinal);
        foreach (var type in rows.Select(r => r.Type).DistinctBy(t => t.Code).ToList())
        {
            pages[type.Code] = await balances.Read(people, type, cancellationToken);
        }

        var outcomes = new List<(BalanceEntry, bool, string?)>();
        foreach (var row in rows)
        {
            var (entry, page) = (row.Entry, pages[row.Type.Code]);
            var known = Known(page.Said(row.Agent.Id), entry);
            var reason = known is null ? page.WhyNot(row.Agent, entry) : null;
            outcomes.Add((known ?? entry, known is not null, reason));
            if (known is null && reason is null)
            {
                db.BalanceEntries.Add(entry);
                page.Add(entry);
            }
        }

        return outcomes;
    }

    /// <summary>What says the same already: the last opening of the date, or any adjustment.</summary>
    private static BalanceEntry? Known(IReadOnlyList<BalanceEntry> said, BalanceEntry entry) => entry.Kind == LeaveEntryKind.Opening
        ? said.LastOrDefault(e => e.On == entry.On && e.Kind == entry.Kind) is { } last && last.Says(entry) ? last : null
        : said.FirstOrDefault(e => e.Says(entry));
}

/// <summary>Balances as rows of files.</summary>
internal static class BalanceRows
{
    public static readonly CsvShape<ImportBalanceRequest> Csv = new(["agent", "type", "kind", "on", "hours", "reason"], ["hours_per_month"], (text, findings) =>
    {
        var cells = new CsvCells(text, findings);
        var row = new ImportBalanceRequest
        {
            Agent = cells.Text("agent") ?? "",
            Type = cells.Text("type") ?? "",
            Kind = cells.Word<BalanceEntryKind>("kind"),
            On = cells.Date("on"),
            Hours = cells.Number("hours"),
            HoursPerMonth = cells.Number("hours_per_month"),
            Reason = cells.Text("reason") ?? "",
        };
        return findings.Any ? null : row;
    });

    public static ImportBalanceRequest Example(LocalDate today) => new()
    {
        Agent = "dub-001",
        Type = "holiday",
        Kind = BalanceEntryKind.Opening,
        On = new LocalDate(today.Year, 1, 1),
        Hours = 160,
        Reason = "Carried over from the payroll system.",
    };

    public static string ExampleText(LocalDate today) =>
        $"agent,type,kind,on,hours,reason\ndub-001,holiday,opening,{today.Year}-01-01,160,Carried over from the payroll system.\n"
        + $"dub-001,holiday,adjustment,{today.Year}-02-01,-7.5,\"Paid out, as agreed.\"\n";
}

internal static class BalanceImportEndpoint
{
    public static void MapBalanceImport(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/balances:import", Import).WithName("ImportBalances").WithTags("Time off")
            .WithSummary("Opens and adjusts balances of many people from JSON, NDJSON or CSV, with a report of every row; sending it again changes nothing.")
            .WithDescription("An adjustment with the date, hours and reason of one that is there is a duplicate. At most 20,000 rows; with dryRun=true nothing "
                + "is stored.")
            .Requires(LeavePermissions.Deciding).WithRows<ImportBalanceRequest>(BalanceRows.Example, BalanceRows.ExampleText);

    /// <param name="dryRun">True tries the rows and stores nothing.</param>
    private static async Task<Ok<RowReport>> Import(
        WfmDbContext db, BalanceBook balances, LeaveTurns turns, ClaimsPrincipal user, IClock clock, HttpRequest request,
        CancellationToken cancellationToken, bool dryRun = false)
    {
        var rows = await ImportRows.Whole(request, BalanceRows.Csv, cancellationToken);
        return TypedResults.Ok(await new BalanceImport(db, balances, turns, user, clock).Run(rows, dryRun, cancellationToken));
    }
}
