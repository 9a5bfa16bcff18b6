using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Setup.Agents;

/// <summary>Creates and replaces agents by code, row by row; a row that cannot be stored loses nothing else.</summary>
internal sealed class AgentImport(WfmDbContext db, IClock clock, ClaimsPrincipal user)
{
    private const int Batch = 500;
    private const int MaximumReported = 1000;
    private const int Attempts = 3;

    private readonly List<RejectedValue> _rejected = [];
    private readonly Dictionary<string, int> _rowOfCode = new(StringComparer.Ordinal);
    private int _rows;
    private int _rejectedRows;
    private int _created;
    private int _updated;
    private int _unchanged;

    public async Task<ImportReport> Run(IAsyncEnumerable<AgentRow> rows, CancellationToken cancellationToken)
    {
        var references = await AgentReferences.Load(db, cancellationToken);
        await foreach (var batch in rows.Chunk(Batch).WithCancellation(cancellationToken))
        {
            _rows += batch.Length;
            await Store([.. batch.Where(row => IsUsable(row, references))], references, cancellationToken);
        }

        return new ImportReport(_rows, _rows - _rejectedRows, _created, _updated, _unchanged, _rejectedRows, _rejected);
    }

    private bool IsUsable(AgentRow row, AgentReferences references)
    {
        var findings = row.Findings;
        if (row.Agent is { } agent)
        {
            Annotations.Check(agent, "", findings);
            findings.Require(!agent.Name.Contains('\0'), "/name", null, "A name holds the character NUL, which cannot be stored.");
            references.Check(agent, findings);
            findings.Require(user.MayTouch(agent.Hub), "/hub", agent.Hub, $"This key may not touch hub '{agent.Hub}'.");
            findings.Require(_rowOfCode.TryAdd(agent.Code, row.Number), "/code", agent.Code, $"Code '{agent.Code}' was in row {_rowOfCode[agent.Code]} already.");
        }

        return !Reject(row);
    }

    /// <returns>True when the row has findings and is reported.</returns>
    private bool Reject(AgentRow row)
    {
        if (!row.Findings.Any)
        {
            return false;
        }

        _rejectedRows++;
        _rejected.AddRange(row.Findings.All.Take(MaximumReported - _rejected.Count).Select(f => new RejectedValue(row.Number, row.FieldName(f.Field), f.Value, f.Reason)));
        return true;
    }

    /// <summary>One transaction a batch; when somebody else stores the same agents meanwhile, the batch is read and applied again.</summary>
    private async Task Store(IReadOnlyList<AgentRow> rows, AgentReferences references, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (created, updated, unchanged, foreign) = await Apply(rows, references, cancellationToken);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException e) when (attempt < Attempts && (e is DbUpdateConcurrencyException || StoreConflicts.IsDuplicate(e)))
            {
                db.ChangeTracker.Clear();
                continue;
            }

            db.ChangeTracker.Clear();
            (_created, _updated, _unchanged) = (_created + created, _updated + updated, _unchanged + unchanged);
            foreach (var (row, hub) in foreign)
            {
                row.Findings.Add("/code", row.Agent!.Code, $"The agent is at hub '{hub}', which this key may not touch.");
                Reject(row);
            }

            return;
        }
    }

    private async Task<(int Created, int Updated, int Unchanged, List<(AgentRow Row, string Hub)> Foreign)> Apply(
        IReadOnlyList<AgentRow> rows, AgentReferences references, CancellationToken cancellationToken)
    {
        var (created, updated, unchanged, foreign) = (0, 0, 0, new List<(AgentRow, string)>());
        var codes = rows.Select(r => r.Agent!.Code).ToList();
        var known = await db.Agents.Include(a => a.Hub).Where(a => codes.Contains(a.Code)).ToDictionaryAsync(a => a.Code, cancellationToken);
        var now = clock.GetCurrentInstant();
        foreach (var row in rows)
        {
            var request = row.Agent!;
            if (!known.TryGetValue(request.Code, out var agent))
            {
                agent = new Agent { Code = request.Code, Name = request.Name, UpdatedAt = now };
                references.Apply(request, agent);
                db.Agents.Add(agent);
                created++;
            }
            else if (!user.MayTouch(agent.Hub!.Code))
            {
                foreign.Add((row, agent.Hub.Code));
            }
            else
            {
                references.Apply(request, agent);
                var changed = db.Entry(agent).State == EntityState.Modified;
                if (changed)
                {
                    agent.Touch(now);
                }

                (updated, unchanged) = changed ? (updated + 1, unchanged) : (updated, unchanged + 1);
            }
        }

        return (created, updated, unchanged, foreign);
    }
}

internal static class AgentImportEndpoint
{
    private const long MaximumBytes = 100 * 1024 * 1024;

    public static void MapAgentImport(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/agents:import", Import).WithName("ImportAgents").WithTags("Agents")
            .WithSummary("Creates and replaces agents by code from JSON, NDJSON or CSV, with a report row by row; sending it again changes nothing.")
            .Requires(Permission.WritePeople)
            .Accepts<List<AgentRequest>>(AgentRows.Json, AgentRows.LineJson, AgentRows.Csv)
            .WithMetadata(new RequestSizeLimitAttribute(MaximumBytes))
            .WithExample(new[] { AgentExamples.New })
            .WithTextExample(AgentRows.Csv, AgentCsv.Example)
            .WithTextExample(AgentRows.LineJson, System.Text.Json.JsonSerializer.Serialize(AgentExamples.New, RequestJson.Options) + "\n");

    private static async Task<Ok<ImportReport>> Import(WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpRequest request, CancellationToken cancellationToken) =>
        TypedResults.Ok(await new AgentImport(db, clock, user).Run(AgentRows.Read(request, cancellationToken), cancellationToken));
}
