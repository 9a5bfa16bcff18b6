using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Rosters.Worked;

/// <summary>Stores worked shifts by agent and start, row by row; a row that cannot be stored loses nothing else.</summary>
internal sealed class WorkedShiftImport(WfmDbContext db, ClaimsPrincipal user)
{
    private const int Batch = 500;
    private const int MaximumReported = 1000;
    private const int Attempts = 3;
    private const int LongestMinutes = 24 * 60;

    private readonly List<RejectedValue> _rejected = [];
    private Dictionary<string, (Guid Id, Guid HubId)> _agents = [];
    private Dictionary<string, Hub> _hubs = [];
    private HashSet<string> _groups = [];
    private int _rows;
    private int _rejectedRows;
    private int _created;
    private int _updated;
    private int _unchanged;

    public async Task<ImportReport> Run(IAsyncEnumerable<ImportRow<WorkedShiftRequest>> rows, CancellationToken cancellationToken)
    {
        _agents = await db.Agents.AsNoTracking().Select(a => new
        {
            a.Code,
            a.Id,
            a.HubId,
        })
            .ToDictionaryAsync(a => a.Code, a => (a.Id, a.HubId), cancellationToken);
        _hubs = await db.Hubs.AsNoTracking().ToDictionaryAsync(h => h.Code, cancellationToken);
        _groups = [.. await db.Queues.Select(q => q.SkillGroup).Distinct().ToListAsync(cancellationToken)];
        await foreach (var batch in rows.Chunk(Batch).WithCancellation(cancellationToken))
        {
            _rows += batch.Length;
            await Store([.. batch.Select(Read).OfType<ReadShift>()], cancellationToken);
        }

        return new ImportReport(_rows, _rows - _rejectedRows, _created, _updated, _unchanged, _rejectedRows, _rejected);
    }

    /// <summary>A row whose values can be used.</summary>
    private sealed record ReadShift(
        ImportRow<WorkedShiftRequest> Row, Guid AgentId, Guid HubId, LocalDate Date, Instant Start, Instant End, int PaidMinutes, string? Group);

    private ReadShift? Read(ImportRow<WorkedShiftRequest> row)
    {
        var told = row.Value is { } request ? Check(row, request) : null;
        return Reject(row) ? null : told;
    }

    private ReadShift? Check(ImportRow<WorkedShiftRequest> row, WorkedShiftRequest request)
    {
        var findings = row.Findings;
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(request, new ValidationContext(request), results, validateAllProperties: true);
        foreach (var result in results)
        {
            findings.Add(JsonProblems.Pointer(result.MemberNames.FirstOrDefault()), null, result.ErrorMessage ?? "Not valid.");
        }

        findings.Require(
            request.Group is null || _groups.Contains(request.Group), "/group", request.Group, $"There is no skill group '{request.Group}'.",
            FindingCodes.Unknown);
        findings.Require(
            _agents.TryGetValue(request.Agent, out var agent), "/agent", request.Agent, $"There is no agent '{request.Agent}'.", FindingCodes.Unknown);
        var own = _hubs.Values.FirstOrDefault(h => h.Id == agent.HubId);
        var hub = request.Hub is { } code ? _hubs.GetValueOrDefault(code) : own;
        findings.Require(request.Hub is null || hub is not null, "/hub", request.Hub, $"There is no hub '{request.Hub}'.", FindingCodes.Unknown);
        if (own is null || hub is null)
        {
            return null;
        }

        findings.Require(
            user.MayTouch(own.Code), "/agent", request.Agent, $"The agent is at hub '{own.Code}', which this key may not touch.", FindingCodes.OtherHub);
        findings.Require(user.MayTouch(hub.Code), "/hub", hub.Code, $"This key may not touch hub '{hub.Code}'.", FindingCodes.OtherHub);
        var (start, end) = (
            WorkedShiftRows.Moment(request.Start, hub.Zone, "/start", findings), WorkedShiftRows.Moment(request.End, hub.Zone, "/end", findings));
        if (start is not { } from || end is not { } to)
        {
            return null;
        }

        var minutes = (to - from).TotalMinutes;
        findings.Require(minutes > 0, "/end", request.End, $"The end {request.End} must be after the start {request.Start}.");
        findings.Require(minutes <= LongestMinutes, "/end", request.End, $"A shift lasts at most 24 hours, this one {minutes / 60:0.##}.");
        findings.Require(
            request.PaidMinutes is null || request.PaidMinutes <= minutes, "/paidMinutes", request.PaidMinutes,
            $"The shift has {minutes} minutes; it cannot have {request.PaidMinutes} paid ones.");
        return new ReadShift(row, agent.Id, hub.Id, from.InZone(hub.Zone).Date, from, to, request.PaidMinutes ?? (int)minutes, request.Group);
    }

    /// <returns>True when the row has findings and is reported.</returns>
    private bool Reject(ImportRow<WorkedShiftRequest> row)
    {
        if (!row.Findings.Any)
        {
            return false;
        }

        _rejectedRows++;
        _rejected.AddRange(row.Findings.All.Take(MaximumReported - _rejected.Count).Select(f => RejectedValue.Of(row, f)));
        return true;
    }

    /// <summary>One transaction a batch; when somebody else stores the same shifts meanwhile, the batch is read and applied again.</summary>
    private async Task Store(List<ReadShift> rows, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (created, updated, unchanged, overlapping) = await Apply(rows, cancellationToken);
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
            foreach (var (told, other) in overlapping)
            {
                told.Row.Findings.Add("/start", told.Row.Value!.Start, $"It overlaps the worked shift from {other.Start} to {other.End} of the same agent.");
                Reject(told.Row);
            }

            return;
        }
    }

    private async Task<(int Created, int Updated, int Unchanged, List<(ReadShift Row, WorkedShift Other)> Overlapping)> Apply(
        List<ReadShift> rows, CancellationToken cancellationToken)
    {
        var (created, updated, unchanged, overlapping) = (0, 0, 0, new List<(ReadShift, WorkedShift)>());
        var agents = rows.Select(r => r.AgentId).Distinct().ToList();
        var (from, to) = rows.Count == 0 ? default : (rows.Min(r => r.Start), rows.Max(r => r.End));
        var known = (await db.WorkedShifts.Where(s => agents.Contains(s.AgentId) && s.Start < to && s.End > from).ToListAsync(cancellationToken))
            .GroupBy(s => s.AgentId).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var row in rows)
        {
            if (!known.TryGetValue(row.AgentId, out var mine))
            {
                known[row.AgentId] = mine = [];
            }

            var shift = mine.Find(s => s.Start == row.Start);
            if (mine.Find(s => s != shift && s.Start < row.End && s.End > row.Start) is { } other)
            {
                overlapping.Add((row, other));
                continue;
            }

            if (shift is null)
            {
                shift = new WorkedShift { AgentId = row.AgentId, Start = row.Start };
                Set(shift, row);
                mine.Add(shift);
                db.WorkedShifts.Add(shift);
                created++;
                continue;
            }

            var before = (shift.HubId, shift.Date, shift.End, shift.PaidMinutes, shift.Group);
            Set(shift, row);
            var changed = before != (shift.HubId, shift.Date, shift.End, shift.PaidMinutes, shift.Group);
            shift.Version += changed ? 1 : 0;
            (updated, unchanged) = changed ? (updated + 1, unchanged) : (updated, unchanged + 1);
        }

        return (created, updated, unchanged, overlapping);
    }

    private static void Set(WorkedShift shift, ReadShift row) =>
        (shift.HubId, shift.Date, shift.End, shift.PaidMinutes, shift.Group) = (row.HubId, row.Date, row.End, row.PaidMinutes, row.Group);
}
