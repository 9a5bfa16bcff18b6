using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Json;
using Wfm.Api.OpenApi;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Me;

/// <summary>One's own published shifts, and what became of them.</summary>
internal static class MyShifts
{
    private const int DaysShown = 28;
    private const int MostDays = 92;
    private const int DaysWatched = 366; // no roster is published further ahead

    public static void MapMyShifts(this RouteGroupBuilder me)
    {
        me.MapGet("/shifts", List).WithName("ListMyShifts")
            .WithSummary("One's own published shifts in force, in order of start, on the hub's clock and on one asked for.").Requires(Permission.UseMe);
        me.MapGet("/changes", Changes).WithName("GetMyChanges")
            .WithSummary("What was added, removed or moved in one's published shifts since the last look, before and after.").Requires(Permission.UseMe);
        me.MapPost("/changes:seen", See).WithName("SeeMyChanges")
            .WithSummary("Takes the changes that were read for seen; the next look tells what came after.").Requires(Permission.UseMe)
            .WithMetadata(new NeedsIfMatch());
    }

    /// <param name="from">First local day at the hub; today when absent.</param>
    /// <param name="to">First local day after; four weeks after from when absent, at most 92 days.</param>
    /// <param name="zone">IANA zone on whose clock times are told too; that of the hub when absent.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<MyShiftResponse>>> List(
        MeCall me, ShiftsInForce inForce, QueryDate? from = null, QueryDate? to = null, string? zone = null, int? limit = null, string? after = null)
    {
        var (take, clocks, cursor) = (Paging.Limit(limit), Clocks.In(zone), StartCursor.Read(after));
        var first = from?.Value ?? me.Today;
        var end = to?.Value ?? first.PlusDays(DaysShown);
        if (end <= first || end > first.PlusDays(MostDays))
        {
            throw ProblemException.Semantic("to", $"to must be 1 to {MostDays} days after from, {end:uuuu-MM-dd} is not after {first:uuuu-MM-dd} by that.");
        }

        var shifts = await Published(me, inForce, first, end);
        var page = shifts.Where(s => cursor is not { } c || s.Start > c.Start || (s.Start == c.Start && s.Id.CompareTo(c.Id) > 0)).Take(take + 1).ToList();
        var hubs = await Hubs(me, page.Select(s => s.HubId));
        return TypedResults.Ok(page.ToPage(
            take, s => StartCursor.Key(s.Start, s.Id), s => MyShiftResponse.From(SeenShift.From(s), s.Id, hubs[s.HubId], clocks)));
    }

    /// <param name="zone">IANA zone on whose clock times are told too; that of the hub when absent.</param>
    private static async Task<Ok<MyChangesResponse>> Changes(MeCall me, ShiftsInForce inForce, string? zone = null)
    {
        var clocks = Clocks.In(zone);
        var seen = await me.Db.SeenShifts.AsNoTracking().SingleOrDefaultAsync(s => s.AgentId == me.Person.Id, me.Cancelled);
        return await Answer(me, seen, await Published(me, inForce, me.Today, me.Today.PlusDays(DaysWatched)), clocks);
    }

    private static async Task<Ok<MyChangesResponse>> See(MeCall me, ShiftsInForce inForce)
    {
        var seen = await me.Db.SeenShifts.SingleOrDefaultAsync(s => s.AgentId == me.Person.Id, me.Cancelled);
        var shifts = await Published(me, inForce, me.Today, me.Today.PlusDays(DaysWatched));
        me.Http.Request.CheckIfMatch(TagOf(seen, shifts));
        if (seen is null)
        {
            seen = new SeenShifts { AgentId = me.Person.Id };
            me.Db.Add(seen);
        }
        else
        {
            seen.Version++;
        }

        (seen.SeenAt, seen.Shifts) = (me.Now, shifts.ConvertAll(SeenShift.From));
        await me.Db.SaveChangesAsync(me.Cancelled);
        return await Answer(me, seen, shifts, Clocks.In(null));
    }

    private static async Task<Ok<MyChangesResponse>> Answer(MeCall me, SeenShifts? seen, List<ShiftInForce> shifts, Clocks clocks)
    {
        var today = me.Today;
        var changes = ShiftChanges.Between((seen?.Shifts ?? []).Where(s => s.Date >= today), shifts.Select(SeenShift.From));
        var hubs = await Hubs(me, changes.SelectMany(c => new[] { c.Before, c.After }).OfType<SeenShift>().Select(s => s.HubId));
        var etag = TagOf(seen, shifts);
        me.Http.Response.Headers.ETag = etag;
        return TypedResults.Ok(new MyChangesResponse(
            seen?.SeenAt, [.. changes.Select(c => new MyChangeResponse(c.Kind, (c.After ?? c.Before)!.Date, Shown(c.Before), Shown(c.After)))], etag));

        MyShiftResponse? Shown(SeenShift? shift) => shift is null ? null
            : MyShiftResponse.From(shift, shifts.Find(s => SeenShift.From(s).Is(shift))?.Id, hubs[shift.HubId], clocks);
    }

    private static async Task<List<ShiftInForce>> Published(MeCall me, ShiftsInForce inForce, LocalDate from, LocalDate to) =>
        [.. (await inForce.Of([me.Person.Id], from, to, drafts: false, me.Cancelled)).Where(s => s.State == ShiftState.Published)];

    private static async Task<Dictionary<Guid, Hub>> Hubs(MeCall me, IEnumerable<Guid> ids)
    {
        var asked = ids.Distinct().ToList();
        return await me.Db.Hubs.AsNoTracking().Where(h => asked.Contains(h.Id)).ToDictionaryAsync(h => h.Id, me.Cancelled);
    }

    /// <summary>Of the look before, and of all that is in force now.</summary>
    private static string TagOf(SeenShifts? seen, IEnumerable<ShiftInForce> shifts)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(shifts.Select(SeenShift.From), WfmJson.Options);
        return $"\"{seen?.Version ?? 0}.{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"";
    }
}
