using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;
using AgentSkill = Wfm.Scheduling.Problem.AgentSkill;

namespace Wfm.Api.Features.Today.Inputs;

/// <summary>Who is rostered at a hub on a day and the night before it, in force.</summary>
/// <param name="Codes">Code of each person.</param>
/// <param name="Skills">What each person works, by code, without groups opted out of.</param>
/// <param name="Shifts">By start; also those that leave granted since has taken away.</param>
/// <param name="Absent">Of these, those that leave has taken away.</param>
internal sealed record DayRoster(
    IReadOnlyDictionary<Guid, string> Codes, IReadOnlyDictionary<string, IReadOnlyList<AgentSkill>> Skills, IReadOnlyList<ShiftInForce> Shifts,
    IReadOnlySet<Guid> Absent)
{
    /// <summary>The shifts without those taken away.</summary>
    public IEnumerable<ShiftInForce> Present => Shifts.Where(s => !Absent.Contains(s.Id));

    /// <summary>The same as the scheduling library's, without those that tell nothing of their work.</summary>
    public IEnumerable<RosterShift> PresentShifts => Present.Select(ToRosterShift).OfType<RosterShift>();

    /// <summary>A shift as the scheduling library's; null for one of an import that tells neither activities nor a group.</summary>
    public RosterShift? ToRosterShift(ShiftInForce shift) =>
        shift.Activities.Count > 0 ? shift.ToRosterShift(Codes[shift.AgentId])
        : shift.Group is not { } group ? null
        : new RosterShift(
            Codes[shift.AgentId], shift.Date, shift.Template ?? "", shift.Start, shift.End, Duration.FromMinutes(shift.PaidMinutes),
            [new ShiftActivity(ActivityKinds.Work, group, shift.Start, shift.End)]);

    public static async Task<DayRoster> Read(
        WfmDbContext db, ShiftsInForce inForce, Hub hub, LocalDate date, CancellationToken cancellationToken)
    {
        var (people, first) = (db.RosterPeople, date.PlusDays(-Roster.MaximumDays));
        var rosters = await db.Rosters.AsNoTracking()
            .Where(r => r.HubId == hub.Id && r.State == PublicationState.Published && r.Start >= first && r.Start <= date)
            .Select(r => r.Id).ToListAsync(cancellationToken);
        var agents = await db.Agents.AsNoTracking()
            .Where(a => a.HubId == hub.Id || people.Any(p => p.AgentId == a.Id && rosters.Contains(p.RosterId)))
            .ToDictionaryAsync(a => a.Id, cancellationToken);
        var shifts = await inForce.Of(agents.Keys, date.PlusDays(-1), date.PlusDays(1), drafts: false, cancellationToken, freed: true);
        var start = hub.Days.StartOfDay(date);
        var here = shifts.FindAll(s => s.HubId == hub.Id && s.End > start);
        var leave = await inForce.Leave([.. here.Select(s => s.AgentId).Distinct()], cancellationToken);
        return new DayRoster(
            agents.Values.ToDictionary(a => a.Id, a => a.Code),
            agents.Values.ToDictionary(a => a.Code, Worked, StringComparer.Ordinal),
            here, here.Where(s => leave.Frees(s.AgentId, s.Start, s.End, s.Activities)).Select(s => s.Id).ToHashSet());
    }

    private static IReadOnlyList<AgentSkill> Worked(Agent agent) =>
        [.. agent.Skills.Where(k => !agent.OptOutGroups.Contains(k.Group)).Select(k => new AgentSkill(k.Group, k.Proficiency))];
}
