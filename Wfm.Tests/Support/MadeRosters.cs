using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Support;

/// <summary>Rosters of a small operation put into the store of a server as a solver would have made them: nothing is checked.</summary>
internal static class MadeRosters
{
    private static readonly LocalDate Monday = SmallOperation.CutOffDate;

    /// <summary>A moment of a day after the Monday on the clock of Dublin.</summary>
    public static Instant At(int day, int hour) => Monday.PlusDays(day).AtMidnight().PlusHours(hour).InZoneLeniently(SmallOperation.Zone).ToInstant();

    /// <summary>A roster for some people, with early shifts of eight hours of live work; published last unless it is a draft.</summary>
    /// <param name="days">Its length.</param>
    /// <param name="from">Days from the Monday to its start.</param>
    public static async Task<Guid> Put(
        this SmallOperation operation, WfmServer server, string[] people, (string Agent, int Day, int Hour)[] shifts, bool isDraft, int days, int from)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var now = scope.ServiceProvider.GetRequiredService<IClock>().GetCurrentInstant();
        var ids = await db.Agents.Where(a => people.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => a.Id);
        var hub = await db.Hubs.SingleAsync(h => h.Code == operation.Hub);
        var roster = new Roster
        {
            HubId = hub.Id,
            Start = Monday.PlusDays(from),
            Days = days,
            Revision = await db.Rosters.CountAsync() + 1,
            RiskLevel = 0.8,
            State = isDraft ? PublicationState.Draft : PublicationState.Published,
            PublishedAt = isDraft ? null : now,
            IntervalMinutes = 30,
            Summary = new RosterSummary { StopReason = "workLimit" },
            CreatedAt = now,
        };
        roster.People.AddRange(ids.Values.Select(id => new RosterPerson { RosterId = roster.Id, AgentId = id }));
        roster.Shifts.AddRange(shifts.Select(s => new Shift
        {
            RosterId = roster.Id,
            AgentId = ids[s.Agent],
            Date = Monday.PlusDays(s.Day),
            Template = $"{operation.Hub}-early",
            Start = At(s.Day, s.Hour),
            End = At(s.Day, s.Hour + 8),
            PaidMinutes = 480,
            Activities = [new ShiftActivityData("work", "live", At(s.Day, s.Hour), At(s.Day, s.Hour + 8))],
        }));
        await db.Save(roster);
        return roster.Id;
    }

    /// <summary>Stores a new roster, published last unless it is a draft: others may publish on the same server at the same time.</summary>
    public static async Task Save(this WfmDbContext db, Roster roster)
    {
        db.Rosters.Add(roster);
        for (var left = 20; ; left--)
        {
            roster.Publication = roster.State == PublicationState.Draft ? null : (await db.Rosters.MaxAsync(r => r.Publication) ?? 0) + 1;
            try
            {
                await db.SaveChangesAsync();
                return;
            }
            catch (DbUpdateException) when (left > 0 && roster.Publication is not null)
            {
                // somebody else's was the next
            }
        }
    }
}
