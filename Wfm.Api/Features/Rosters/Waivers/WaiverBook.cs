using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Constraints;

namespace Wfm.Api.Features.Rosters.Waivers;

/// <summary>A broken rule and the waiver under which it may be broken, or why there is none.</summary>
/// <param name="Breach">The broken rule.</param>
/// <param name="Waiver">The waiver.</param>
/// <param name="Refusal">Why none covers it.</param>
public sealed record WaiverVerdict(Violation Breach, Guid? Waiver, WaiverRefusal? Refusal);

/// <summary>Judges broken rules by the waivers of a hub, keeps a row of every use, and says which breach of a roster stands under which waiver.</summary>
public sealed class WaiverBook(WfmDbContext db, IClock clock)
{
    /// <summary>Which of some broken rules are waived now, in their order.</summary>
    public async Task<IReadOnlyList<WaiverVerdict>> Judge(Hub hub, IReadOnlyList<Violation> broken, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(hub);
        ArgumentNullException.ThrowIfNull(broken);
        var rules = broken.Where(b => Waivable.WhyNot(b) is null).Select(b => b.Rule).Distinct().ToList();
        var waivers = rules.Count == 0 ? [] : await db.Waivers.AsNoTracking().Include(w => w.Crisis).Include(w => w.People).ThenInclude(p => p.Agent)
            .Where(w => w.HubId == hub.Id && rules.Contains(w.Rule)).OrderBy(w => w.ExpiresAt).ThenBy(w => w.Id).AsSplitQuery().ToListAsync(cancellationToken);
        var (byRule, now) = (waivers.ToLookup(w => w.Rule), clock.GetCurrentInstant());
        return [.. broken.Select(breach => Judge(hub, breach, byRule[breach.Rule], now))];
    }

    private static WaiverVerdict Judge(Hub hub, Violation breach, IEnumerable<Waiver> waivers, Instant now)
    {
        if (Waivable.WhyNot(breach) is { } never)
        {
            return new WaiverVerdict(breach, null, Never(breach.Rule, never));
        }

        var nearest = new WaiverRefusal(WaiverGap.None, null, $"There is no waiver of {breach.Rule} at hub '{hub.Code}'.");
        foreach (var waiver in waivers)
        {
            if (waiver.WhyNot(breach, now) is not { } gap)
            {
                return new WaiverVerdict(breach, waiver.Id, null);
            }

            nearest = gap.Reason > nearest.Reason ? gap : nearest;
        }

        return new WaiverVerdict(breach, null, nearest);
    }

    internal static WaiverRefusal Never(string rule, NeverWaived why) => why switch
    {
        NeverWaived.Statute => new WaiverRefusal(
            WaiverGap.Statute, null, $"This {rule} is law, or its policy does not say that it is the organisation's own; nobody can waive it."),
        NeverWaived.Agreement => new WaiverRefusal(
            WaiverGap.Agreement, null, $"This {rule} is agreed with the people it binds; the organisation alone cannot waive it."),
        NeverWaived.Wellbeing => new WaiverRefusal(WaiverGap.Wellbeing, null, $"This {rule} protects people from harmful content; it is never waived."),
        _ => new WaiverRefusal(WaiverGap.Fact, null, $"{rule} is a fact rather than a rule; there is nothing to waive."),
    };

    /// <summary>Notes that rules are broken under waivers, in the transaction of whoever breaks them. The rows are saved with what the caller saves.</summary>
    /// <returns>False, with nothing noted, when a waiver was revoked or a crisis ended since they were judged.</returns>
    internal async Task<bool> Use(IReadOnlyList<WaiverUse> uses, CancellationToken cancellationToken)
    {
        if (uses.Count == 0)
        {
            return true;
        }

        var ids = uses.Select(u => u.WaiverId).Distinct().ToList();
        var crises = await db.Waivers.Where(w => ids.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.CrisisId, cancellationToken);
        // Whoever ends or revokes changes the same rows, so that one comes after the other.
        foreach (var of in uses.GroupBy(u => crises[u.WaiverId]).OrderBy(g => g.Key))
        {
            var count = of.Count();
            if (await db.Crises.Where(c => c.Id == of.Key && c.EndedAt == null)
                    .ExecuteUpdateAsync(c => c.SetProperty(x => x.WaiverUses, x => x.WaiverUses + count), cancellationToken) == 0)
            {
                return false;
            }
        }

        foreach (var of in uses.GroupBy(u => u.WaiverId).OrderBy(g => g.Key))
        {
            var count = of.Count();
            if (await db.Waivers.Where(w => w.Id == of.Key && w.RevokedAt == null)
                    .ExecuteUpdateAsync(w => w.SetProperty(x => x.Uses, x => x.Uses + count), cancellationToken) == 0)
            {
                return false;
            }
        }

        foreach (var use in uses)
        {
            use.CrisisId = crises[use.WaiverId];
        }

        db.WaiverUses.AddRange(uses);
        return true;
    }

    /// <summary>What was done at a hub under waivers of some rules, the last first.</summary>
    internal async Task<List<WaiverUse>> UsesOf(Guid hubId, IReadOnlyCollection<string> rules, CancellationToken cancellationToken) =>
        rules.Count == 0 ? [] : await db.WaiverUses.AsNoTracking().Include(u => u.Agent).Where(u => u.HubId == hubId && rules.Contains(u.Rule))
            .OrderByDescending(u => u.Id).ToListAsync(cancellationToken);

    /// <summary>The violations of a roster, each hard one with the waiver under which it was allowed.</summary>
    internal async Task<List<RosterViolation>> Named(Guid hubId, IReadOnlyList<RosterViolation> violations, CancellationToken cancellationToken)
    {
        var uses = await UsesOf(hubId, [.. violations.Where(v => v.Hard).Select(v => v.Rule).Distinct()], cancellationToken);
        return [.. violations.Select(v => v with { Waiver = v.Waiver ?? uses.Find(u => u.Covers(v))?.WaiverId })];
    }
}
