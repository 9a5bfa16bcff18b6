using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Fairness;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.People.Fairness;

/// <summary>What is asked of the books.</summary>
/// <param name="Until">First local day that does not count any more.</param>
/// <param name="Notice">How long ahead people are to know of a change.</param>
/// <param name="Rule">The rule that says so; null for none.</param>
/// <param name="By">Who is compared with whom.</param>
/// <param name="Roster">A roster whose shifts are added to what was carried; null for none.</param>
internal sealed record FairnessQuestion(LocalDate Until, Duration Notice, LabourRule? Rule, EqualsBy By, Roster? Roster);

/// <summary>Groups of equals of a hub.</summary>
/// <param name="Before">With what they carried.</param>
/// <param name="After">With the roster's shifts; null without one. The same people in the same groups.</param>
internal sealed record FairnessBook(IReadOnlyList<EqualGroup> Before, IReadOnlyList<EqualGroup>? After);

/// <summary>The fairness ledger of a hub's people over the last 26 weeks.</summary>
internal sealed class FairnessBooks(WfmDbContext db, CarriedLedgers ledgers, RequestCounts requests)
{
    public async Task<FairnessBook> Of(Hub hub, FairnessQuestion asked, CancellationToken cancellationToken)
    {
        var people = await db.Agents.AsNoTracking().Include(a => a.Contract).Where(a => a.HubId == hub.Id && a.Active).OrderBy(a => a.Code)
            .ToListAsync(cancellationToken);
        var from = asked.Until.PlusWeeks(-CarriedLedgers.Weeks);
        var carried = await ledgers.Of(people, asked.Until, drafts: false, cancellationToken);
        var late = await LateDays(hub, people, from, asked, cancellationToken);
        var asks = await requests.Of(hub, [.. people.Select(a => a.Id)], from, asked.Until, cancellationToken);
        var before = people.ToDictionary(a => a.Id, a => carried.GetValueOrDefault(a.Id, FairnessLedger.Empty) with
        {
            LateChanges = late.GetValueOrDefault(a.Id),
            RequestsAsked = asks.GetValueOrDefault(a.Id).Asked,
            RequestsRefused = asks.GetValueOrDefault(a.Id).Refused,
        });
        if (asked.Roster is not { } roster)
        {
            return new FairnessBook(Groups(before), null);
        }

        var shifts = await db.Shifts.AsNoTracking().Where(s => s.RosterId == roster.Id).ToListAsync(cancellationToken);
        var added = await ledgers.Count(
            people, shifts.Select(s => s.ToInForce(hub.Id, ShiftState.Draft)), roster.Start, roster.Start.PlusDays(roster.Days), cancellationToken);
        var after = before.ToDictionary(b => b.Key, b => added.TryGetValue(b.Key, out var more) ? b.Value + more : b.Value);
        return new FairnessBook(Groups(before), Groups(after));

        IReadOnlyList<EqualGroup> Groups(Dictionary<Guid, FairnessLedger> ledger) =>
            EqualGroup.Of(people.Select(a => new CarriedBurdens(a.Code, GroupOf(a, hub, asked), ledger[a.Id])));
    }

    /// <summary>In words that people read: contract and skills.</summary>
    private static string GroupOf(Agent agent, Hub hub, FairnessQuestion asked)
    {
        var contract = agent.Contracts.FindLast(c => c.From < asked.Until)?.Contract ?? agent.Contract!.Code;
        var skills = string.Join('+', agent.Skills.Select(s => s.Group).Order(StringComparer.Ordinal));
        return asked.By switch
        {
            EqualsBy.Hub => hub.Code,
            EqualsBy.Contract => contract,
            EqualsBy.Skills => skills,
            _ => $"{contract} {skills}",
        };
    }

    /// <summary>Days of people whose published times a later publication or an edit changed within the notice.</summary>
    private async Task<Dictionary<Guid, int>> LateDays(
        Hub hub, List<Agent> people, LocalDate from, FairnessQuestion asked, CancellationToken cancellationToken)
    {
        var (earliest, until) = (from.PlusDays(1 - Roster.MaximumDays), asked.Until);
        var rosters = (await db.Rosters.AsNoTracking()
            .Where(r => r.HubId == hub.Id && r.PublishedAt != null && r.Start < until && r.Start >= earliest)
            .Select(r => new PublishedSpan(r.Id, r.Start, r.Days, r.Publication!.Value, r.PublishedAt!.Value)).ToListAsync(cancellationToken))
            .OrderBy(r => r.Publication).ToList();
        var published = rosters.ConvertAll(r => r.Id);
        var edits = await Edits(published, from, until, cancellationToken);
        rosters.RemoveAll(r => !rosters.Exists(o => o.Id != r.Id && o.Start < r.End && r.Start < o.End)); // no later roster changed them
        if (rosters.Count == 0 && edits.Count == 0)
        {
            return [];
        }

        var ids = rosters.ConvertAll(r => r.Id);
        var members = (await db.RosterPeople.AsNoTracking().Where(p => ids.Contains(p.RosterId)).ToListAsync(cancellationToken))
            .ToLookup(p => p.AgentId, p => p.RosterId);
        var shifts = (await db.Shifts.AsNoTracking().Where(s => ids.Contains(s.RosterId) && s.Date >= from && s.Date < until)
            .Select(s => new { s.RosterId, s.AgentId, s.Date, s.Start, s.End }).ToListAsync(cancellationToken))
            .ToLookup(s => (s.RosterId, s.AgentId, s.Date), s => new WorkedTime(s.Start, s.End));
        return people.Select(a => (a.Id, Late: LateChanges.Days(Changes(a.Id).Concat(edits[a.Id]), asked.Notice, hub.Zone).Count)).Where(p => p.Late > 0)
            .ToDictionary(p => p.Id, p => p.Late);

        IEnumerable<TimesChange> Changes(Guid agent)
        {
            var mine = rosters.FindAll(r => members[agent].Contains(r.Id));
            for (var day = from; mine.Count > 1 && day < until; day = day.PlusDays(1))
            {
                var layers = mine.FindAll(r => r.Start <= day && day < r.End);
                for (var i = 1; i < layers.Count; i++)
                {
                    yield return new TimesChange(
                        layers[i].At, day, shifts[(layers[i - 1].Id, agent, day)].FirstOrDefault(), shifts[(layers[i].Id, agent, day)].FirstOrDefault());
                }
            }
        }
    }

    private async Task<ILookup<Guid, TimesChange>> Edits(List<Guid> published, LocalDate first, LocalDate until, CancellationToken cancellationToken)
    {
        var found = await (
            from edit in db.RosterEdits.AsNoTracking()
            join day in db.RosterEditDays.AsNoTracking() on edit.Id equals day.EditId
            where edit.InForce && edit.Cause != EditCause.Leave && edit.Cause != EditCause.Swap && published.Contains(edit.RosterId)
                && day.Date >= first && day.Date < until
            select new { edit.At, Day = day }).ToListAsync(cancellationToken);
        return found.ToLookup(e => e.Day.AgentId, e => new TimesChange(e.At, e.Day.Date, Times(e.Day.Before), Times(e.Day.After)));
    }

    private static WorkedTime? Times(EditedShift? shift) => shift is null ? null : new WorkedTime(shift.Start, shift.End);

    private sealed record PublishedSpan(Guid Id, LocalDate Start, int Days, int Publication, Instant At)
    {
        public LocalDate End => Start.PlusDays(Days);
    }
}
