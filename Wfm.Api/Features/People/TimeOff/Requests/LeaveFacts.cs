using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.People.TimeOff.Balances;
using Wfm.Api.Features.People.TimeOff.Limits;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.People.TimeOff.Requests;

/// <summary>Reads what the rules look at, and asks them.</summary>
public sealed class LeaveFacts(WfmDbContext db, BalanceBook book, LeaveCover cover)
{
    /// <param name="agent">With hub and contract.</param>
    /// <param name="askedOn">Local date on which the request was made.</param>
    /// <param name="requestId">The request itself, whose bookings do not count.</param>
    public async Task<LeaveVerdict> Judge(
        Agent agent, LeaveType type, LeaveSpan span, LocalDate askedOn, CancellationToken cancellationToken, Guid? requestId = null)
    {
        var balance = await book.BalanceOf(type, cancellationToken);
        var facts = new LeaveCase(span.First, askedOn, type.NoticeDays)
        {
            IsTold = type.Told,
            Balance = balance is null ? null
                : await book.After(agent, balance, [.. span.Days.Select(d => (d.Date, d.Minutes))], cancellationToken, requestId),
        };
        if (type.Told)
        {
            return LeaveRules.Judge(facts);
        }

        facts = facts with
        {
            Blackouts = await Blackouts(agent, type, span, cancellationToken),
            Allowances = await Allowances(agent, type, span, requestId, cancellationToken),
        };
        var soFar = LeaveRules.Judge(facts);
        return soFar.DecidedBy is not null ? soFar // coverage comes after it, and is the most work
            : LeaveRules.Judge(facts with { Coverage = await cover.Of(agent, span, requestId, cancellationToken) });
    }

    private async Task<List<Blackout>> Blackouts(Agent agent, LeaveType type, LeaveSpan span, CancellationToken cancellationToken)
    {
        var (first, last) = (span.First, span.Last);
        var found = await db.LeaveBlackouts.AsNoTracking()
            .Where(b => (b.HubId == null || b.HubId == agent.HubId) && b.From <= last && b.To >= first).OrderBy(b => b.From).ThenBy(b => b.Code)
            .ToListAsync(cancellationToken);
        return
        [
            .. found.Where(b => b.Refuses(type.Code) && (b.Groups.Count == 0 || b.Groups.Exists(g => Has(agent, g))))
                .Select(b => new Blackout(b.Code, b.From, b.To, b.Reason)),
        ];
    }

    private async Task<List<AllowanceUse>> Allowances(
        Agent agent, LeaveType type, LeaveSpan span, Guid? requestId, CancellationToken cancellationToken)
    {
        var (first, last) = (span.First, span.Last);
        var mine = (await db.LeaveAllowances.AsNoTracking().Where(a => a.HubId == agent.HubId).OrderBy(a => a.Code).ToListAsync(cancellationToken))
            .FindAll(a => a.Counts(type.Code) && (a.Group is null || Has(agent, a.Group)) && span.Days.Any(d => a.IsOf(d.Date)));
        if (mine.Count == 0)
        {
            return [];
        }

        var taken = await db.LeaveBookings.AsNoTracking()
            .Where(b => b.HubId == agent.HubId && b.Date >= first && b.Date <= last && !b.IsTold && b.Minutes > 0)
            .Where(b => requestId == null || b.RequestId == null || b.RequestId != requestId).ToListAsync(cancellationToken);
        var people = taken.Select(b => b.AgentId).Distinct().ToList();
        var skills = await db.Agents.AsNoTracking().Where(a => people.Contains(a.Id)).Select(a => new { a.Id, a.Skills })
            .ToDictionaryAsync(a => a.Id, a => a.Skills, cancellationToken);
        return
        [
            .. from day in span.Days
               where day.Minutes > 0
               from allowance in InForce(mine.FindAll(a => a.IsOf(day.Date)))
               let others = taken.FindAll(b => b.Date == day.Date && allowance.Counts(b.Type)
                   && (allowance.Group is null || skills[b.AgentId].Exists(s => s.Group == allowance.Group)))
               select allowance.Measure == AllowanceMeasure.Heads
                   ? new AllowanceUse(
                       allowance.Code, day.Date, allowance.Measure, allowance.Limit,
                       others.Select(b => b.AgentId).Where(id => id != agent.Id).Distinct().Count(), 1)
                   : new AllowanceUse(
                       allowance.Code, day.Date, allowance.Measure, allowance.Limit, others.Sum(b => b.Minutes) / 60.0, day.Minutes / 60.0),
        ];
    }

    /// <summary>Without those of a hub or group whose day is left to coverage.</summary>
    private static IEnumerable<LeaveAllowance> InForce(List<LeaveAllowance> ofDay) =>
        ofDay.Where(a => a.Measure != AllowanceMeasure.Coverage && !ofDay.Exists(o => o.Measure == AllowanceMeasure.Coverage && o.Group == a.Group));

    private static bool Has(Agent agent, string group) => agent.Skills.Exists(s => s.Group == group);
}
