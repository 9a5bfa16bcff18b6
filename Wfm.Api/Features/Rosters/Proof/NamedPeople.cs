using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Proof;

/// <summary>Takes on the people that a proof names, so that the next roster has them.</summary>
internal sealed class NamedPeople(WfmDbContext db, IClock clock)
{
    /// <summary>Adds them to the hub; a group that several goals name gets the most that one of them does.</summary>
    /// <param name="hubId">The hub.</param>
    /// <param name="proof">The proof of its roster.</param>
    /// <returns>The people named and found to be enough, one entry a group; empty where there are none.</returns>
    public async Task<IReadOnlyList<GoalRemedy>> Add(Guid hubId, ServiceCheck proof, CancellationToken cancellationToken)
    {
        GoalRemedy[] named =
        [
            .. proof.Queues.Select(q => q.Verdict).OfType<QueueVerdict>().Where(v => !v.Holds).Select(v => v.Remedy).OfType<GoalRemedy>()
                .Where(r => r.Holds).GroupBy(r => r.Group, StringComparer.Ordinal).Select(g => g.MaxBy(r => r.People)!),
        ];
        foreach (var remedy in named)
        {
            var contract = await ContractOf(remedy, cancellationToken);
            var (prefix, agents) = ($"{remedy.Group}-new-", db.Agents);
            var taken = await agents.Where(a => a.Code.StartsWith(prefix)).Select(a => a.Code).ToHashSetAsync(cancellationToken);
            foreach (var code in Enumerable.Range(1, int.MaxValue).Select(n => prefix + n).Where(c => !taken.Contains(c)).Take(remedy.People))
            {
                agents.Add(new Agent
                {
                    Code = code,
                    Name = code,
                    HubId = hubId,
                    ContractId = contract.Id,
                    Skills = [.. remedy.Skills],
                    UpdatedAt = clock.GetCurrentInstant(),
                });
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return named;
    }

    /// <summary>The contract named, or one like it that allows every template.</summary>
    private async Task<Contract> ContractOf(GoalRemedy remedy, CancellationToken cancellationToken)
    {
        var contracts = db.Contracts;
        var named = await contracts.SingleAsync(c => c.Code == remedy.Contract, cancellationToken);
        if (!remedy.AnyTemplate || named.Templates.Count == 0)
        {
            return named;
        }

        var code = named.Code + "-any";
        if (await contracts.SingleOrDefaultAsync(c => c.Code == code, cancellationToken) is { } known)
        {
            return known;
        }

        var free = new Contract
        {
            Code = code,
            Name = $"{named.Name}, any shift",
            MinimumWeeklyHours = named.MinimumWeeklyHours,
            MaximumWeeklyHours = named.MaximumWeeklyHours,
            MaximumDaysPerWeek = named.MaximumDaysPerWeek,
            WorkingDays = named.WorkingDays,
            CostPerHour = named.CostPerHour,
            UpdatedAt = clock.GetCurrentInstant(),
        };
        contracts.Add(free);
        return free;
    }
}
