using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Setup.Agents;

/// <summary>Creates agents, and changes those there are, by code, row by row; a row that cannot be stored loses nothing else.</summary>
/// <remarks>A row says what it says: an absent column or member leaves an agent's as it is, an empty one empties it. A new agent needs what is
/// required.</remarks>
internal sealed class AgentImport(WfmDbContext db, IClock clock, ClaimsPrincipal user)
{
    private const int Batch = 500;
    private const int MaximumReported = 1000;
    private const int Attempts = 5;

    /// <summary>Imports of one process store one batch after the other.</summary>
    private static readonly SemaphoreSlim Turn = new(1);

    private readonly List<RejectedValue> _rejected = [];
    private readonly Dictionary<string, int> _rowOfCode = new(StringComparer.Ordinal);
    private int _rows;
    private int _rejectedRows;
    private int _created;
    private int _updated;
    private int _unchanged;

    public async Task<ImportReport> Run(IAsyncEnumerable<ImportRow<JsonObject>> rows, CancellationToken cancellationToken)
    {
        var references = await AgentReferences.Load(db, cancellationToken);
        await foreach (var batch in rows.Chunk(Batch).WithCancellation(cancellationToken))
        {
            _rows += batch.Length;
            await Store(batch, references, cancellationToken);
        }

        return new ImportReport(_rows, _rows - _rejectedRows, _created, _updated, _unchanged, _rejectedRows, _rejected);
    }

    /// <summary>One transaction a batch; when somebody else stores the same agents meanwhile, the batch is read and applied again, in the end row by row: what
    /// cannot be stored even then is told in the report.</summary>
    private async Task Store(IReadOnlyList<ImportRow<JsonObject>> rows, AgentReferences references, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var (outcomes, conflict) = await Attempt(rows, references, cancellationToken);
            if (conflict is null || (attempt == Attempts && rows.Count == 1))
            {
                foreach (var (row, outcome) in rows.Zip(outcomes))
                {
                    outcome.Findings.Require(conflict is null, "/code", CodeOf(row.Value), conflict ?? "", FindingCodes.Conflict);
                    Count(row, outcome);
                }

                return;
            }

            await Task.Delay(20 * attempt, cancellationToken); // another process is at it
        }

        foreach (var row in rows)
        {
            await Store([row], references, cancellationToken);
        }
    }

    /// <returns>What became of the rows, and why nothing did.</returns>
    private async Task<(List<Outcome> Outcomes, string? Conflict)> Attempt(
        IReadOnlyList<ImportRow<JsonObject>> rows, AgentReferences references, CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken);
        try
        {
            var outcomes = await Apply(rows, references, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return (outcomes, null);
        }
        catch (Exception e) when (e is DbUpdateConcurrencyException || StoreConflicts.Describe(e) is not null)
        {
            return ([.. rows.Select(r => new Outcome(EntityState.Detached, r.Findings.Copy()))],
                StoreConflicts.Describe(e) ?? "Somebody else changed the agent meanwhile; send the row again.");
        }
        finally
        {
            db.ChangeTracker.Clear();
            Turn.Release();
        }
    }

    private void Count(ImportRow<JsonObject> row, Outcome outcome)
    {
        switch (outcome.State)
        {
            case EntityState.Added:
                _created++;
                break;
            case EntityState.Modified:
                _updated++;
                break;
            case EntityState.Unchanged:
                _unchanged++;
                break;
            default:
                _rejectedRows++;
                _rejected.AddRange(outcome.Findings.All.Take(MaximumReported - _rejected.Count).Select(f => RejectedValue.Of(row, f)));
                break;
        }
    }

    private async Task<List<Outcome>> Apply(IReadOnlyList<ImportRow<JsonObject>> rows, AgentReferences references, CancellationToken cancellationToken)
    {
        var codes = rows.Select(r => CodeOf(r.Value)).OfType<string>().ToList();
        var known = await db.Agents.Include(a => a.Hub).Include(a => a.Contract).Where(a => codes.Contains(a.Code))
            .ToDictionaryAsync(a => a.Code, cancellationToken);
        var now = clock.GetCurrentInstant();
        return [.. rows.Select(row => Apply(row, CodeOf(row.Value) is { } code ? known.GetValueOrDefault(code) : null, references, now))];
    }

    private Outcome Apply(ImportRow<JsonObject> row, Agent? agent, AgentReferences references, Instant now)
    {
        var findings = row.Findings.Copy();
        if (agent is not null && !user.MayTouch(agent.Hub!.Code))
        {
            findings.Add("/code", agent.Code, $"The agent is at hub '{agent.Hub.Code}', which this key may not touch.", FindingCodes.OtherHub);
            return new Outcome(EntityState.Detached, findings);
        }

        if (row.Value is not { } given || Read(given, agent, findings) is not { } request)
        {
            return new Outcome(EntityState.Detached, findings);
        }

        Annotations.Check(request, "", findings);
        findings.Require(!request.Name.Contains('\0'), "/name", null, "A name holds the character NUL, which cannot be stored.");
        references.Check(request, findings);
        findings.Require(user.MayTouch(request.Hub), "/hub", request.Hub, $"This key may not touch hub '{request.Hub}'.", FindingCodes.OtherHub);
        findings.Require(
            _rowOfCode.TryAdd(request.Code, row.Number) || _rowOfCode[request.Code] == row.Number, "/code", request.Code,
            $"Code '{request.Code}' was in row {_rowOfCode[request.Code]} already.", FindingCodes.Contradiction);
        if (findings.Any)
        {
            return new Outcome(EntityState.Detached, findings);
        }

        if (agent is null)
        {
            agent = new Agent { Code = request.Code, Name = request.Name, UpdatedAt = now };
            references.Apply(request, agent);
            return new Outcome(db.Agents.Add(agent).State, findings);
        }

        references.Apply(request, agent);
        if (db.Entry(agent).State == EntityState.Modified)
        {
            agent.Touch(now);
        }

        return new Outcome(db.Entry(agent).State, findings);
    }

    /// <summary>The agent as the row wants it: what is stored, with the members the row gives. Null when they cannot be read.</summary>
    private static AgentRequest? Read(JsonObject given, Agent? agent, Findings findings)
    {
        return findings.Read(() =>
        {
            var whole = agent is null
                ? new JsonObject(given.Options)
                : JsonSerializer.SerializeToNode<AgentRequest>(AgentResponse.From(agent), RequestJson.Options)!.AsObject();
            foreach (var (member, value) in given)
            {
                whole[JsonNamingPolicy.CamelCase.ConvertName(member)] = value?.DeepClone();
            }

            return whole.Deserialize<AgentRequest>(RequestJson.Options);
        });
    }

    private static string? CodeOf(JsonObject? row)
    {
        try
        {
            return row?["code"] is JsonValue value && value.TryGetValue<string>(out var code) ? code : null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return null; // no text, such as half a surrogate pair; reading the row says so
        }
    }

    /// <param name="State">What the store did with the row's agent; Detached when it was rejected.</param>
    private sealed record Outcome(EntityState State, Findings Findings);
}

internal static class AgentImportEndpoint
{
    private const long MaximumBytes = 100 * 1024 * 1024;

    public static void MapAgentImport(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/agents:import", Import).WithName("ImportAgents").WithTags("Agents")
            .WithSummary("Creates and changes agents by code from JSON, NDJSON or CSV, with a report row by row; sending it again changes nothing.")
            .WithDescription("A column or member that is absent stays as it is; one that is empty is emptied. A new agent needs code, name, hub and contract.")
            .Requires(Permission.WritePeople)
            .Accepts<List<AgentRequest>>(ImportRows.Json, ImportRows.LineJson, ImportRows.Csv)
            .WithMetadata(new RequestSizeLimitAttribute(MaximumBytes))
            .WithExample(new[] { AgentExamples.New })
            .WithTextExample(ImportRows.Csv, AgentCsv.Example)
            .WithTextExample(ImportRows.LineJson, JsonSerializer.Serialize(AgentExamples.New, RequestJson.Options) + "\n");

    private static async Task<Ok<ImportReport>> Import(
        WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpRequest request, CancellationToken cancellationToken
    ) => TypedResults.Ok(await new AgentImport(db, clock, user).Run(ImportRows.Read(request, AgentCsv.Shape, cancellationToken), cancellationToken));
}
