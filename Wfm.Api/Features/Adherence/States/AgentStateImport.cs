using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Adherence;

namespace Wfm.Api.Features.Adherence.States;

/// <summary>Stores states by agent and start, row by row, in any order; a row that cannot be stored loses nothing else.</summary>
internal sealed class AgentStateImport(WfmDbContext db, ClaimsPrincipal user, IClock clock)
{
    private const int Batch = 500;
    private const int MaximumReported = 1000;
    private const int Attempts = 5;
    private static readonly Duration Skew = Duration.FromMinutes(1); // clocks of other machines

    private readonly List<RejectedValue> _rejected = [];
    private readonly List<RejectedValue> _unmapped = [];
    private readonly Dictionary<Guid, Instant> _asOf = [];
    private Dictionary<string, (Guid Id, Guid HubId)> _agents = [];
    private Dictionary<Guid, Hub> _hubs = [];
    private Func<string, StateMeaning?> _meaning = _ => null;
    private Instant _now;
    private int _rows;
    private int _rejectedRows;
    private int _unmappedRows;
    private int _created;
    private int _updated;
    private int _unchanged;

    /// <param name="hub">A hub whose feed is known too, though no row may be of it; null for none.</param>
    /// <param name="asOf">Until when the feed is known of the hubs of the rows and of that hub; null for the last start.</param>
    public async Task<AgentStateReport> Run(
        IAsyncEnumerable<ImportRow<AgentStateRequest>> rows, Hub? hub, Instant? asOf, CancellationToken cancellationToken)
    {
        _now = clock.GetCurrentInstant();
        if (asOf > _now + Skew)
        {
            throw ProblemException.Semantic("asOf", $"Nobody knows states until {asOf}; it is {_now}.");
        }

        _agents = await db.Agents.AsNoTracking().Select(a => new { a.Code, a.Id, a.HubId })
            .ToDictionaryAsync(a => a.Code, a => (a.Id, a.HubId), cancellationToken);
        _hubs = await db.Hubs.AsNoTracking().ToDictionaryAsync(h => h.Id, cancellationToken);
        _meaning = (await db.MappingInForce(cancellationToken)).Reader();
        await foreach (var batch in rows.Chunk(Batch).WithCancellation(cancellationToken))
        {
            _rows += batch.Length;
            // in one order, whatever that of the file: two who store the same rows at once wait for each other and do not lock each other out
            await Store([.. batch.Select(Read).OfType<ReadState>().OrderBy(r => r.AgentId).ThenBy(r => r.Start)], cancellationToken);
        }

        foreach (var id in asOf is null ? [] : hub is null ? _asOf.Keys.ToArray() : [.. _asOf.Keys.Append(hub.Id).Distinct()])
        {
            await Know(id, asOf!.Value, cancellationToken);
        }

        return new AgentStateReport(
            _rows, _rows - _rejectedRows, _created, _updated, _unchanged, _rejectedRows, _rejected, _unmappedRows, _unmapped,
            [.. (await Feeds(cancellationToken)).OrderBy(f => f.Hub, StringComparer.Ordinal)]);
    }

    private sealed record ReadState(Guid AgentId, Guid HubId, string State, Instant Start);

    private ReadState? Read(ImportRow<AgentStateRequest> row)
    {
        var told = row.Value is { } request ? Check(row.Findings, request) : null;
        if (row.Findings.Any)
        {
            _rejectedRows++;
            _rejected.AddRange(row.Findings.All.Take(MaximumReported - _rejected.Count).Select(f => RejectedValue.Of(row, f)));
            return null;
        }

        if (told is not null && _meaning(told.State) is null)
        {
            _unmappedRows++;
            if (_unmapped.Count < MaximumReported)
            {
                _unmapped.Add(RejectedValue.Of(row, new Finding(
                    "/state", told.State, $"State '{told.State}' has no mapping; what the person does in it is unknown until then.", FindingCodes.Unknown)));
            }
        }

        return told;
    }

    private ReadState? Check(Findings findings, AgentStateRequest request)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(request, new ValidationContext(request), results, validateAllProperties: true);
        foreach (var result in results)
        {
            findings.AddMalformed(JsonProblems.Pointer(result.MemberNames.FirstOrDefault()), result.ErrorMessage ?? "Not valid.");
        }

        findings.Storable(request.State, "/state");
        findings.Require(
            _agents.TryGetValue(request.Agent, out var agent), "/agent", request.Agent, $"There is no agent '{request.Agent}'.", FindingCodes.Unknown);
        if (!_hubs.TryGetValue(agent.HubId, out var hub))
        {
            return null;
        }

        findings.Require(
            user.MayTouch(hub.Code), "/agent", request.Agent, $"The agent is at hub '{hub.Code}', which this key may not touch.", FindingCodes.OtherHub);
        if (AgentStateRows.Moment(request.Start, hub.Zone, "/start", findings) is not { } start || findings.Any)
        {
            return null;
        }

        findings.Require(start <= _now + Skew, "/start", request.Start, $"{request.Start} is to come; a state is told once it has begun.");
        return new ReadState(agent.Id, agent.HubId, request.State, start);
    }

    /// <summary>One transaction a batch; when somebody else stores the same rows meanwhile, the batch is read and applied again.</summary>
    private async Task Store(List<ReadState> rows, CancellationToken cancellationToken)
    {
        for (var attempt = 1; rows.Count > 0; attempt++)
        {
            var (created, updated, unchanged) = await Apply(rows, cancellationToken);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException e) when (attempt < Attempts && StoreConflicts.Describe(e) is not null)
            {
                db.ChangeTracker.Clear();
                continue;
            }

            db.ChangeTracker.Clear();
            (_created, _updated, _unchanged) = (_created + created, _updated + updated, _unchanged + unchanged);
            foreach (var hub in rows.GroupBy(r => r.HubId))
            {
                await Know(hub.Key, hub.Max(r => r.Start), cancellationToken); // after: nothing is known before it is stored
            }

            return;
        }
    }

    private async Task<(int Created, int Updated, int Unchanged)> Apply(List<ReadState> rows, CancellationToken cancellationToken)
    {
        var (created, updated, unchanged) = (0, 0, 0);
        var (agents, from, to) = (rows.Select(r => r.AgentId).Distinct().ToList(), rows.Min(r => r.Start), rows.Max(r => r.Start));
        var known = (await db.AgentStates.Where(s => agents.Contains(s.AgentId) && s.Start >= from && s.Start <= to).ToListAsync(cancellationToken))
            .ToDictionary(s => (s.AgentId, s.Start));
        foreach (var row in rows)
        {
            if (!known.TryGetValue((row.AgentId, row.Start), out var state))
            {
                known[(row.AgentId, row.Start)] = state = new AgentState { AgentId = row.AgentId, Start = row.Start, State = row.State };
                db.AgentStates.Add(state);
                created++;
            }
            else if (state.State == row.State)
            {
                unchanged++;
            }
            else
            {
                state.State = row.State;
                state.Version++;
                updated++;
            }
        }

        return (created, updated, unchanged);
    }

    /// <summary>The feed of a hub is known until a moment, or longer already; of two who say so at once the later moment holds.</summary>
    private async Task Know(Guid hub, Instant until, CancellationToken cancellationToken)
    {
        _asOf[hub] = until;
        var feeds = db.AgentStateFeeds.Where(f => f.HubId == hub);
        for (var attempt = 1; ; attempt++)
        {
            if (await feeds.Where(f => f.AsOf < until).ExecuteUpdateAsync(f => f.SetProperty(x => x.AsOf, until), cancellationToken) > 0
                || await feeds.AnyAsync(cancellationToken))
            {
                return;
            }

            db.AgentStateFeeds.Add(new AgentStateFeed { HubId = hub, AsOf = until });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return;
            }
            catch (DbUpdateException e) when (attempt < Attempts && StoreConflicts.IsDuplicate(e))
            {
                // the other one has made it; look at it again
            }
            finally
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<List<HubFeed>> Feeds(CancellationToken cancellationToken)
    {
        var ids = _asOf.Keys.ToArray();
        return (await db.AgentStateFeeds.AsNoTracking().Where(f => ids.Contains(f.HubId)).ToListAsync(cancellationToken))
            .ConvertAll(f => new HubFeed(_hubs[f.HubId].Code, f.AsOf));
    }
}
