using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.People.TimeOff.Requests;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.TimeOff;

/// <summary>Enters time off that another system has granted, row by row: the same leave never twice, and a row that cannot be entered loses nothing
/// else.</summary>
internal sealed class TimeOffImport(WfmDbContext db, LeaveDesk desk, ClaimsPrincipal user, IClock clock)
{
    public async Task<RowReport> Run(IReadOnlyList<ImportRow<ImportTimeOffRequest>> rows, bool dryRun, CancellationToken cancellationToken)
    {
        var book = new RowBook<ImportTimeOffRequest>(rows);
        var people = await NamedAgents.Load(db, rows.Select(r => r.Value?.Agent), user, cancellationToken);
        var types = await db.LeaveTypes.AsNoTracking().ToDictionaryAsync(t => t.Code, StringComparer.Ordinal, cancellationToken);
        var read = rows.Select(row => Read(row, people, types, book)).OfType<ReadRow>().ToList();
        foreach (var portion in Portions.Of(read, r => r.Fact.Agent))
        {
            await Retries.Store(portion, db, part => Enter(part, dryRun, book, cancellationToken), Refuse);
        }

        return book.Report(dryRun);

        void Refuse(ReadRow row, string reason)
        {
            book.Reject(row.Row, row.Fact.Agent.Code, "/agent", row.Fact.Agent.Code, reason, FindingCodes.Conflict);
        }
    }

    /// <summary>A row whose values can be used.</summary>
    private sealed record ReadRow(ImportRow<ImportTimeOffRequest> Row, LeaveFact Fact);

    private static ReadRow? Read(
        ImportRow<ImportTimeOffRequest> row, NamedAgents people, Dictionary<string, LeaveType> types, RowBook<ImportTimeOffRequest> book)
    {
        var (findings, told) = (row.Findings, row.Value);
        if (told is not null)
        {
            Annotations.Check(told, "", findings);
            findings.Storable(told.Note, "/note");
            var type = types.GetValueOrDefault(told.Type);
            findings.Require(type is not null, "/type", told.Type, $"There is no leave type '{told.Type}'.", FindingCodes.Unknown);
            if (people.Find(told.Agent, findings) is { } agent && TimeOffRows.Span(told, agent.Hub!.Zone, findings) is (var start, var end) && !findings.Any)
            {
                return new ReadRow(row, new LeaveFact(agent, type!, start, end, told.Overdraw, told.Note));
            }
        }

        book.Reject(row, told?.Agent, findings);
        return null;
    }

    private async Task Enter(IReadOnlyList<ReadRow> rows, bool dryRun, RowBook<ImportTimeOffRequest> book, CancellationToken cancellationToken)
    {
        var answers = await desk.Grant([.. rows.Select(r => r.Fact)], keep: !dryRun, JobOwner.Of(user), cancellationToken);
        var now = clock.GetCurrentInstant();
        foreach (var (row, answer) in rows.Zip(answers))
        {
            if (answer.Refusal is { } refusal)
            {
                book.Reject(row.Row, row.Fact.Agent.Code, "/from", row.Row.Value!.From, refusal.Message, refusal.Code);
                continue;
            }

            var outcome = answer.IsNews ? RowOutcome.Updated : answer.IsKnown ? RowOutcome.Duplicate : RowOutcome.Created;
            book.Accept(row.Row, outcome, row.Fact.Agent.Code, answer.Entry!.Id, Notes(answer.Met.Count(s => s.End > now), dryRun));
        }
    }

    private static RowNote[] Notes(int shifts, bool dryRun) => shifts == 0 ? []
        : [new RowNote("shiftsTaken", shifts, $"Published shifts to come that it {(dryRun ? "would take" : "takes")} away at once, or cuts: {shifts}.")];
}

internal static class TimeOffImportEndpoint
{
    public static void MapTimeOffImport(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/time-off:import", Import).WithName("ImportTimeOff").WithTags("Time off")
            .WithSummary("Enters time off that another system has granted, from JSON, NDJSON or CSV, with a report of every row; the same leave never twice.")
            .WithDescription("Facts as of POST /agents/{code}/time-off: whole local days, or times. At most 20,000 rows; with dryRun=true nothing is stored.")
            .Requires(Permission.WritePeople).WithRows<ImportTimeOffRequest>(TimeOffRows.Example, TimeOffRows.ExampleText);

    /// <param name="dryRun">True tries the rows and stores nothing.</param>
    private static async Task<Ok<RowReport>> Import(
        WfmDbContext db, LeaveDesk desk, ClaimsPrincipal user, IClock clock, HttpRequest request, CancellationToken cancellationToken, bool dryRun = false)
    {
        var rows = await ImportRows.Whole(request, TimeOffRows.Csv, cancellationToken);
        return TypedResults.Ok(await new TimeOffImport(db, desk, user, clock).Run(rows, dryRun, cancellationToken));
    }
}
