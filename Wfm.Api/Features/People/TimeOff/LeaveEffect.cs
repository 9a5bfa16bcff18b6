using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Repair;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Editing;

namespace Wfm.Api.Features.People.TimeOff;

/// <summary>What leave does to published rosters: an edit takes the shifts out that it meets, and a repair that fills the gaps is handed in; leave that is
/// taken back gives its shifts back by another edit.</summary>
/// <remarks>Wherever shifts in force are read, leave takes away those it meets from the moment it is stored: should the process die before the edit, nobody is
/// rostered on leave.</remarks>
public sealed partial class LeaveEffect(WfmDbContext db, ShiftsInForce inForce, RosterDesk desk, JobQueue jobs, IClock clock, ILogger<LeaveEffect> log)
{
    private const int DaysAround = 2; // a shift is of the local day on which it starts

    /// <summary>Leave has been granted, and is stored: the edits and repairs are made and noted at it.</summary>
    public async Task Granted(IReadOnlyList<TimeOffEntry> entries, JobOwner owner, CancellationToken cancellationToken)
    {
        foreach (var met in (await Met(entries, cancellationToken)).GroupBy(m => m.Roster))
        {
            await Free(met.Key, [.. met], owner, cancellationToken);
        }
    }

    /// <summary>Leave has been taken back from an instant on: days that are still as its edits left them get their shifts back.</summary>
    /// <returns>Why shifts have not come back, roster by roster; empty when all have.</returns>
    public async Task<IReadOnlyList<string>> TakenBack(TimeOffEntry entry, Instant from, JobOwner owner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(owner);
        var kept = new List<string>();
        foreach (var edit in entry.Edits.AsEnumerable().Reverse())
        {
            try
            {
                var author = new EditAuthor(owner.Name, "Leave was taken back.", EditCause.Leave);
                await desk.GiveBack(edit.RosterId, edit.Number, entry.AgentId, from, author, cancellationToken);
            }
            catch (ProblemException e)
            {
                kept.Add(e.Message);
            }
        }

        return kept;
    }

    private async Task Free(Guid roster, List<MetShift> met, JobOwner owner, CancellationToken cancellationToken)
    {
        var entries = met.ConvertAll(m => m.Leave).Distinct().ToList();
        var edit = await Edit(roster, met, owner, cancellationToken);
        db.ChangeTracker.Clear();
        db.AttachRange(entries);
        if (edit is { } number)
        {
            entries.ForEach(e => e.Edits.Add(new LeaveEditData(roster, number)));
        }

        if (met.Exists(m => m.Shift.Start > clock.GetCurrentInstant()))
        {
            var hub = await db.Rosters.Where(r => r.Id == roster).Select(r => r.HubId).SingleAsync(cancellationToken);
            var repair = new RosterRepairArguments(roster, clock.GetCurrentInstant(), new RepairRosterRequest()); // it reads the leave anew
            var job = (await jobs.Submit<RosterRepairJob>(repair, hub, owner, null, cancellationToken)).Id;
            entries.ForEach(e => e.Repairs.Add(job));
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <returns>Number of the edit; null when there is none.</returns>
    private async Task<int?> Edit(Guid roster, List<MetShift> met, JobOwner owner, CancellationToken cancellationToken)
    {
        var people = met.Select(m => m.Shift.AgentId).Distinct().Count();
        var author = new EditAuthor(
            owner.Name, people == 1 ? "Leave was granted." : $"Leave of {people} people was granted.", EditCause.Leave, IsFact: true);
        try
        {
            return (await desk.Apply(roster, open => [.. met.GroupBy(m => m.Leave).Select(g => Away(open, [.. g]))], author, null, cancellationToken)).Number;
        }
        catch (ProblemException e) // such as a newer roster that decides by now
        {
            NotEdited(log, roster, e.Message);
            return null;
        }
    }

    /// <summary>Away over the shifts that the leave takes: what was worked before stays.</summary>
    private static EditOperation Away(OpenRoster open, List<MetShift> met)
    {
        var leave = met[0].Leave;
        var (first, last) = (met.Min(m => m.Shift.Start), met.Max(m => m.Shift.End));
        return new EditOperation.Away(
            open.Codes[leave.AgentId], WholeMinute(Instant.Max(leave.Start, first), up: false), WholeMinute(Instant.Min(leave.End, last), up: true));
    }

    private static Instant WholeMinute(Instant instant, bool up)
    {
        var over = instant.ToUnixTimeTicks() % NodaConstants.TicksPerMinute;
        return over == 0 ? instant : instant.PlusTicks(up ? NodaConstants.TicksPerMinute - over : -over);
    }

    /// <summary>Published shifts that the leave takes away, and those now running that it cuts.</summary>
    private async Task<List<MetShift>> Met(IReadOnlyList<TimeOffEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return [];
        }

        var from = entries.Min(e => e.Start).InUtc().Date.PlusDays(-DaysAround);
        var to = entries.Max(e => e.End).InUtc().Date.PlusDays(DaysAround);
        var agents = entries.Select(e => e.AgentId).Distinct().ToList();
        var now = clock.GetCurrentInstant();
        var shifts = (await inForce.Of(agents, from, to, drafts: false, cancellationToken, freed: true)).Where(s => s.State == ShiftState.Published)
            .ToLookup(s => s.AgentId);
        var met = entries.SelectMany(e => Taken(e, shifts[e.AgentId], now).Select(s => (Leave: e, Shift: s))).ToList();
        var (rows, ids) = (db.Shifts, met.ConvertAll(m => m.Shift.Id));
        var rosters = await rows.Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.RosterId })
            .ToDictionaryAsync(s => s.Id, s => s.RosterId, cancellationToken);
        return [.. met.Select(m => new MetShift(rosters[m.Shift.Id], m.Leave, m.Shift)).OrderBy(m => m.Roster).ThenBy(m => m.Shift.Start)];
    }

    private static IEnumerable<ShiftInForce> Taken(TimeOffEntry leave, IEnumerable<ShiftInForce> shifts, Instant now)
    {
        var granted = new GrantedLeave([leave]);
        return shifts.Where(s => granted.Frees(s.AgentId, s.Start, s.End, s.Activities)
            || (s.End > now && granted.Meets(s.AgentId, s.Start, s.End, s.Activities)));
    }

    [LoggerMessage(3101, LogLevel.Warning, "Leave did not edit roster {Roster}; its shifts are free all the same where they are read. {Reason}")]
    private static partial void NotEdited(ILogger logger, Guid roster, string reason);

    private sealed record MetShift(Guid Roster, TimeOffEntry Leave, ShiftInForce Shift);
}
