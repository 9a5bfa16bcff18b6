using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Worked;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Wellbeing;

/// <summary>Stores exposure by agent, queue, source and start, row by row; a row that cannot be stored loses nothing else.</summary>
internal sealed class ExposureImport(WfmDbContext db, ClaimsPrincipal user)
{
    private const int Batch = 500;
    private const int MaximumReported = 1000;
    private const int Attempts = 3;
    private const int LongestMinutes = 24 * 60;

    private readonly List<RejectedValue> _rejected = [];
    private Dictionary<string, (Guid Id, Guid HubId)> _agents = [];
    private Dictionary<string, Guid> _queues = [];
    private Dictionary<Guid, Hub> _hubs = [];
    private int _rows;
    private int _rejectedRows;
    private int _created;
    private int _updated;
    private int _unchanged;

    public async Task<ImportReport> Run(IAsyncEnumerable<ImportRow<ExposureRequest>> rows, CancellationToken cancellationToken)
    {
        _agents = await db.Agents.AsNoTracking().Select(a => new { a.Code, a.Id, a.HubId })
            .ToDictionaryAsync(a => a.Code, a => (a.Id, a.HubId), cancellationToken);
        _queues = await db.Queues.AsNoTracking().ToDictionaryAsync(q => q.Code, q => q.Id, cancellationToken);
        _hubs = await db.Hubs.AsNoTracking().ToDictionaryAsync(h => h.Id, cancellationToken);
        await foreach (var batch in rows.Chunk(Batch).WithCancellation(cancellationToken))
        {
            _rows += batch.Length;
            await Store([.. batch.Select(Read).OfType<ReadExposure>()], cancellationToken);
        }

        return new ImportReport(_rows, _rows - _rejectedRows, _created, _updated, _unchanged, _rejectedRows, _rejected);
    }

    private sealed record ReadExposure(Guid AgentId, Guid QueueId, ExposureSource Source, Instant Start, Instant End, int Seconds)
    {
        public (Guid, Guid, ExposureSource, Instant) Key => (AgentId, QueueId, Source, Start);
    }

    private ReadExposure? Read(ImportRow<ExposureRequest> row)
    {
        var told = row.Value is { } request ? Check(row.Findings, request) : null;
        if (!row.Findings.Any)
        {
            return told;
        }

        _rejectedRows++;
        _rejected.AddRange(row.Findings.All.Take(MaximumReported - _rejected.Count).Select(f => RejectedValue.Of(row, f)));
        return null;
    }

    private ReadExposure? Check(Findings findings, ExposureRequest request)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(request, new ValidationContext(request), results, validateAllProperties: true);
        foreach (var result in results)
        {
            findings.Add(JsonProblems.Pointer(result.MemberNames.FirstOrDefault()), null, result.ErrorMessage ?? "Not valid.");
        }

        findings.Require(
            _queues.TryGetValue(request.Queue, out var queue), "/queue", request.Queue, $"There is no queue '{request.Queue}'.", FindingCodes.Unknown);
        findings.Require(
            _agents.TryGetValue(request.Agent, out var agent), "/agent", request.Agent, $"There is no agent '{request.Agent}'.", FindingCodes.Unknown);
        if (!_hubs.TryGetValue(agent.HubId, out var hub))
        {
            return null;
        }

        findings.Require(
            user.MayTouch(hub.Code), "/agent", request.Agent, $"The agent is at hub '{hub.Code}', which this key may not touch.", FindingCodes.OtherHub);
        findings.Require(request.End is not null || request.Minutes is not null, "/minutes", null, "An end or minutes are needed.");
        var start = WorkedShiftRows.Moment(request.Start, hub.Zone, "/start", findings);
        var end = request.End is { } text ? WorkedShiftRows.Moment(text, hub.Zone, "/end", findings)
            : start + Duration.FromMinutes(Math.Max(1, Math.Ceiling(request.Minutes ?? 1)));
        if (start is not { } from || end is not { } to || findings.Any)
        {
            return null;
        }

        var length = (to - from).TotalMinutes;
        findings.Require(length > 0, "/end", request.End, $"The end {request.End} must be after the start {request.Start}.");
        findings.Require(length <= LongestMinutes, "/end", request.End, $"A row covers at most 24 hours, this one {length / 60:0.##}.");
        findings.Require(
            request.Minutes is null || request.Minutes <= length + 1e-9, "/minutes", request.Minutes,
            $"Between start and end there are {length} minutes, not {request.Minutes}.");
        return new ReadExposure(agent.Id, queue, request.Source, from, to, (int)Math.Round((request.Minutes ?? length) * 60));
    }

    /// <summary>One transaction a batch; when somebody else stores the same rows meanwhile, the batch is read and applied again.</summary>
    private async Task Store(List<ReadExposure> rows, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (created, updated, unchanged) = await Apply(rows, cancellationToken);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException e) when (attempt < Attempts && StoreConflicts.IsDuplicate(e))
            {
                db.ChangeTracker.Clear();
                continue;
            }

            db.ChangeTracker.Clear();
            (_created, _updated, _unchanged) = (_created + created, _updated + updated, _unchanged + unchanged);
            return;
        }
    }

    private async Task<(int Created, int Updated, int Unchanged)> Apply(List<ReadExposure> rows, CancellationToken cancellationToken)
    {
        var (created, updated, unchanged) = (0, 0, 0);
        if (rows.Count == 0)
        {
            return default;
        }

        var (agents, from, to) = (rows.Select(r => r.AgentId).Distinct().ToList(), rows.Min(r => r.Start), rows.Max(r => r.Start));
        var known = (await db.ExposureEntries.Where(e => agents.Contains(e.AgentId) && e.Start >= from && e.Start <= to).ToListAsync(cancellationToken))
            .ToDictionary(e => (e.AgentId, e.QueueId, e.Source, e.Start));
        foreach (var row in rows)
        {
            if (!known.TryGetValue(row.Key, out var entry))
            {
                known[row.Key] = entry = new ExposureEntry
                {
                    AgentId = row.AgentId,
                    QueueId = row.QueueId,
                    Source = row.Source,
                    Start = row.Start,
                    End = row.End,
                    Seconds = row.Seconds,
                };
                db.ExposureEntries.Add(entry);
                created++;
            }
            else if (entry.End == row.End && entry.Seconds == row.Seconds)
            {
                unchanged++;
            }
            else
            {
                (entry.End, entry.Seconds) = (row.End, row.Seconds);
                updated++;
            }
        }

        return (created, updated, unchanged);
    }
}
