using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.People.TimeOff.Balances;

/// <summary>Balances of people, computed from what is stored.</summary>
public sealed class BalanceBook(WfmDbContext db)
{
    /// <param name="agent">With contract.</param>
    /// <param name="type">A type with a balance of its own.</param>
    /// <param name="through">Looked at to this date, and to the last booking.</param>
    /// <param name="without">A request whose bookings are left out.</param>
    /// <param name="more">Entries that are not stored.</param>
    public async Task<LeaveLedger> Ledger(
        Agent agent, LeaveType type, LocalDate through, CancellationToken cancellationToken, Guid? without = null,
        IReadOnlyCollection<LeaveEntry>? more = null) => (await Read([agent], type, cancellationToken)).Ledger(agent, through, without, more);

    /// <summary>A balance with some days taken from it.</summary>
    /// <param name="days">Local dates with the minutes that leave takes of each.</param>
    public async Task<BalanceAfter> After(
        Agent agent, LeaveType type, IReadOnlyList<(LocalDate Date, int Minutes)> days, CancellationToken cancellationToken, Guid? without = null) =>
        (await Read([agent], type, cancellationToken)).After(agent, days, without);

    /// <summary>What is stored of the balances of some people, of one type.</summary>
    /// <param name="agents">With contracts.</param>
    /// <param name="type">A type with a balance of its own.</param>
    internal async Task<BalancePages> Read(IReadOnlyCollection<Agent> agents, LeaveType type, CancellationToken cancellationToken)
    {
        var (ids, codes) = (agents.Select(a => a.Id).ToList(), agents.SelectMany(a => a.Contracts).Select(t => t.Contract).Distinct().ToList());
        var said = await db.BalanceEntries.AsNoTracking().Where(e => ids.Contains(e.AgentId) && e.Type == type.Code).OrderBy(e => e.On).ThenBy(e => e.Id)
            .ToListAsync(cancellationToken);
        var booked = await db.LeaveBookings.AsNoTracking().Where(b => ids.Contains(b.AgentId) && b.Balance == type.Code).OrderBy(b => b.Id)
            .ToListAsync(cancellationToken);
        var contracts = type.Terms!.FullTimeHours is null || codes.Count == 0 ? []
            : await db.Contracts.AsNoTracking().Where(c => codes.Contains(c.Code)).ToDictionaryAsync(c => c.Code, cancellationToken);
        return new BalancePages(type, said, booked, contracts);
    }

    /// <summary>The type whose balance a type takes hours from; null for none.</summary>
    public async Task<LeaveType?> BalanceOf(LeaveType type, CancellationToken cancellationToken) =>
        type.Balance is null ? null : type.Balance == type.Code ? type
            : await db.LeaveTypes.AsNoTracking().SingleAsync(t => t.Code == type.Balance, cancellationToken);

    /// <summary>Keeps what somebody says of a balance; the caller has the turn of the hub.</summary>
    /// <exception cref="ProblemException">409: the balance would lie below what its type allows.</exception>
    public async Task Add(Agent agent, LeaveType type, BalanceEntry entry, CancellationToken cancellationToken)
    {
        if ((await Read([agent], type, cancellationToken)).WhyNot(agent, entry) is { } reason)
        {
            throw ProblemException.Conflict(reason);
        }

        db.BalanceEntries.Add(entry);
    }
}

/// <summary>Minutes as hours of an answer.</summary>
internal static class BalanceHours
{
    public static double Of(int minutes) => Math.Round(minutes / 60.0, 4);
}
