using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Me;

/// <summary>What one would like; rosters follow it where that costs little.</summary>
public record WishesRequest
{
    /// <summary>Codes of shift templates of one's hub that one likes to work.</summary>
    [Required, MaxLength(100)]
    public List<string> PreferredTemplates { get; init; } = [];

    /// <summary>Local days of the week that one likes to have off.</summary>
    [Required, MaxLength(7)]
    public List<IsoDayOfWeek> PreferredDaysOff { get; init; } = [];

    /// <summary>Whether what comes first in the two lists is liked better than what follows.</summary>
    public bool ByRank { get; init; }

    /// <summary>Whether one likes to begin earlier or later.</summary>
    public StartWish Starts { get; init; }
}

/// <summary>What one would like, and what there is to like.</summary>
public sealed record WishesResponse : WishesRequest, IVersionedResponse
{
    /// <summary>Templates one can wish for: those of one's hub that one's contract allows.</summary>
    public required IReadOnlyList<WishTemplateResponse> Templates { get; init; }

    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    public required string Etag { get; init; }

    /// <summary>Grows by one with every change of the person's data, by whomever.</summary>
    public required int Version { get; init; }

    /// <summary>When these were last changed.</summary>
    public required Instant UpdatedAt { get; init; }
}

/// <summary>A kind of shift one can wish for.</summary>
/// <param name="Code">Code of the template.</param>
/// <param name="EarliestStart">Earliest local start.</param>
/// <param name="LatestStart">Latest local start.</param>
/// <param name="LengthMinutes">Length in minutes.</param>
/// <param name="Days">Local days on which it may start; empty means every day.</param>
public sealed record WishTemplateResponse(
    string Code, LocalTime EarliestStart, LocalTime LatestStart, int LengthMinutes, IReadOnlyList<IsoDayOfWeek> Days);

internal static class MyWishes
{
    public static void MapMyWishes(this RouteGroupBuilder me)
    {
        me.MapGet("/wishes", Get).WithName("GetMyWishes").WithSummary("One's wishes, and the shifts one can wish for.").Requires(Permission.UseMe);
        me.MapPut("/wishes", Replace).WithName("ReplaceMyWishes").WithSummary("Replaces one's wishes; the next roster follows them where that costs little.")
            .Requires(Permission.UseMe)
            .WithExample(new WishesRequest { PreferredTemplates = ["dub-day"], PreferredDaysOff = [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday] });
    }

    private static async Task<Ok<WishesResponse>> Get(MeCall me) => Answer(me, await Templates(me));

    private static async Task<Ok<WishesResponse>> Replace(MeCall me, WishesRequest request, Findings findings)
    {
        me.Http.Request.CheckIfMatch(me.Person);
        var templates = await Templates(me);
        ReferenceLists.CheckKnown(findings, "/preferredTemplates", request.PreferredTemplates, templates.Select(t => t.Code), "shift you can wish for:");
        ReferenceLists.CheckDistinct(findings, "/preferredDaysOff", request.PreferredDaysOff);
        findings.ThrowIfAny();
        (me.Person.PreferredTemplates, me.Person.PreferredDaysOff) = (request.PreferredTemplates, request.PreferredDaysOff);
        (me.Person.PreferencesByRank, me.Person.PreferredStarts) = (request.ByRank, request.Starts);
        me.Person.Touch(me.Now);
        await me.Db.SaveChangesAsync(me.Cancelled);
        return Answer(me, templates);
    }

    /// <summary>By code: those of the hub that the contract in force, or one to come, allows.</summary>
    private static async Task<List<ShiftTemplate>> Templates(MeCall me)
    {
        var person = me.Person;
        var all = await me.Db.ShiftTemplates.AsNoTracking().Where(t => t.HubId == person.HubId).OrderBy(t => t.Code).ToListAsync(me.Cancelled);
        var later = person.Contracts.ConvertAll(c => c.Contract);
        var contracts = await me.Db.Set<Setup.Contracts.Contract>().AsNoTracking().Where(c => c.Id == person.ContractId || later.Contains(c.Code))
            .Select(c => c.Templates).ToListAsync(me.Cancelled);
        return [.. all.Where(t => contracts.Exists(allowed => allowed.Count == 0 || allowed.Contains(t.Code)))];
    }

    private static Ok<WishesResponse> Answer(MeCall me, List<ShiftTemplate> templates)
    {
        me.Http.Response.SetETag(me.Person);
        return TypedResults.Ok(new WishesResponse
        {
            PreferredTemplates = me.Person.PreferredTemplates,
            PreferredDaysOff = me.Person.PreferredDaysOff,
            ByRank = me.Person.PreferencesByRank,
            Starts = me.Person.PreferredStarts,
            Templates = templates.ConvertAll(t => new WishTemplateResponse(t.Code, t.EarliestStart, t.LatestStart, t.LengthMinutes, t.Days)),
            Etag = ETags.Of(me.Person),
            Version = me.Person.Version,
            UpdatedAt = me.Person.UpdatedAt,
        });
    }
}
