using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.People.TimeOff.Balances;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.TimeOff.Requests;

/// <summary>What the leave of some people is entered against, read at once, and kept in step with what is entered.</summary>
/// <remarks>Whoever has the turn of their hub may rely on it: nobody else changes leave there meanwhile.</remarks>
internal sealed class LeaveFile
{
    private readonly Dictionary<Guid, List<TimeOffEntry>> _entries;
    private readonly Dictionary<Guid, List<LeaveRequest>> _asked;
    private readonly Dictionary<string, BalancePages> _balances;

    private LeaveFile(LeavePrices costs, List<TimeOffEntry> entries, List<LeaveRequest> asked, Dictionary<string, BalancePages> balances)
    {
        (Costs, _balances) = (costs, balances);
        _entries = entries.GroupBy(e => e.AgentId).ToDictionary(g => g.Key, g => g.OrderBy(e => e.Start).ToList());
        _asked = asked.GroupBy(r => r.AgentId).ToDictionary(g => g.Key, g => g.OrderBy(r => r.Start).ToList());
    }

    public LeavePrices Costs { get; }

    /// <param name="facts">Of people of one hub.</param>
    public static async Task<LeaveFile> Read(
        IReadOnlyList<LeaveFact> facts, WfmDbContext db, BalanceBook book, LeaveCosts costs, CancellationToken cancellationToken)
    {
        var (people, start, end) = (facts.Select(f => f.Agent).DistinctBy(a => a.Id).ToList(), facts.Min(f => f.Start), facts.Max(f => f.End));
        var ids = people.ConvertAll(a => a.Id);
        var entries = await db.TimeOff.Where(t => ids.Contains(t.AgentId) && t.Start < end && t.End > start).ToListAsync(cancellationToken);
        var asked = await db.LeaveRequests.AsNoTracking()
            .Where(r => ids.Contains(r.AgentId) && (r.State == LeaveState.Pending || r.State == LeaveState.Waiting))
            .Where(r => r.Start < end && r.End > start).ToListAsync(cancellationToken);
        var balances = new Dictionary<string, BalancePages>(StringComparer.Ordinal);
        foreach (var type in facts.Select(f => f.Type).DistinctBy(t => t.Code).ToList())
        {
            if (await book.BalanceOf(type, cancellationToken) is { } balance && !balances.ContainsKey(balance.Code))
            {
                balances[balance.Code] = await book.Read(people, balance, cancellationToken);
            }
        }

        return new LeaveFile(await costs.Read(people, start, end, cancellationToken), entries, asked, balances);
    }

    /// <summary>The balance that a type takes hours from; null for none.</summary>
    public BalancePages? BalanceOf(LeaveType type) => type.Balance is { } code ? _balances.GetValueOrDefault(code) : null;

    /// <summary>The same leave as it is there already; null when it is not.</summary>
    public TimeOffEntry? Same(LeaveFact fact) => _entries.GetValueOrDefault(fact.Agent.Id)
        ?.Find(e => e.Type == fact.Type.Code && e.Start == fact.Start && e.End == fact.End);

    /// <summary>Other leave of the person that overlaps, in words; null when there is none.</summary>
    public string? Overlapping(LeaveFact fact) =>
        _entries.GetValueOrDefault(fact.Agent.Id)?.Find(e => e.Start < fact.End && fact.Start < e.End) is { } entry ? LeaveDesk.Words(entry)
        : _asked.GetValueOrDefault(fact.Agent.Id)?.Find(r => r.Start < fact.End && fact.Start < r.End) is { } request ? LeaveDesk.Words(request)
        : null;

    /// <summary>Keeps in step with leave that is granted.</summary>
    public void Enter(TimeOffEntry entry, LeaveType type, IReadOnlyList<LeaveBooking> bookings)
    {
        var mine = _entries.TryGetValue(entry.AgentId, out var known) ? known : _entries[entry.AgentId] = [];
        mine.Insert(mine.FindLastIndex(e => e.Start <= entry.Start) + 1, entry);
        foreach (var booking in bookings)
        {
            BalanceOf(type)?.Add(booking);
        }
    }
}
