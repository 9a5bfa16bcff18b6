using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.Me;
using Wfm.Api.Features.People.RequestPolicies;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Security;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.People.Availability;

/// <summary>What became of a wish.</summary>
public enum WishOutcome
{
    /// <summary>No roster is published for the date.</summary>
    Open,

    /// <summary>The published roster follows it.</summary>
    Granted,

    /// <summary>The published roster does not; it counts in the fairness ledger.</summary>
    Refused,
}

/// <summary>A wish for a date; the next roster follows it where that costs little.</summary>
public sealed record DatedWishRequest
{
    /// <summary>Local date.</summary>
    [Required]
    public LocalDate? Date { get; init; }

    /// <summary>Code of a shift template; left out, the wish is about any shift.</summary>
    public string? Template { get; init; }

    /// <summary>True to work such a shift, false not to: without a template, a day off.</summary>
    public bool Wanted { get; init; }
}

/// <summary>A wish for a date.</summary>
/// <param name="Date">Local date.</param>
/// <param name="Template">Code of the shift template; null for any shift.</param>
/// <param name="Wanted">True to work such a shift, false not to.</param>
/// <param name="Weight">Weight against 1 for a usual day off of the week.</param>
/// <param name="At">When it was made.</param>
/// <param name="Outcome">open, granted or refused, by the published roster.</param>
public sealed record DatedWishResponse(LocalDate Date, string? Template, bool Wanted, double Weight, Instant At, WishOutcome Outcome);

internal static class MyDatedWishes
{
    private const int DaysKept = 200;
    private const int MostDaysAhead = 366;

    public static void MapMyDatedWishes(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/v1/me").WithTags("Me");
        me.MapGet("/dated-wishes", List).WithName("ListMyDatedWishes").WithSummary("One's wishes for dates in order of date, and what became of them.")
            .Requires(Permission.UseMe);
        me.MapPost("/dated-wishes", Add).WithName("AddMyDatedWish")
            .WithSummary("Wishes a day off, a shift, or not to have one, on a date; so many a week as the policy of the hub says.").Requires(Permission.UseMe)
            .WithDatedExample(today => new OperationExample(new DatedWishRequest { Date = today.PlusDays(90) }, []));
        me.MapDelete("/dated-wishes/{date}", Remove).WithName("RemoveMyDatedWish").WithSummary("Takes the wish for a date back.").Requires(Permission.UseMe)
            .WithMetadata(new NoIfMatch());
    }

    /// <param name="from">First local date; today when absent.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Page<DatedWishResponse>> List(
        MeCall me, ShiftsInForce inForce, QueryDate? from = null, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var key = Paging.Key(after);
        var first = from?.Value ?? me.Today;
        var wishes = me.Person.DatedWishes.Where(w => w.Date >= first && (key is null || string.CompareOrdinal(Iso(w.Date), key) > 0)).Take(take + 1).ToList();
        var outcomes = await Outcomes(me, inForce, wishes);
        return wishes.ToPage(take, w => Iso(w.Date), w => Answer(w, outcomes[w.Date]));
    }

    private static async Task<Created<DatedWishResponse>> Add(MeCall me, DatedWishRequest request, ShiftsInForce inForce, Findings findings)
    {
        findings.ThrowIfAny();
        var (person, date) = (me.Person, request.Date!.Value);
        var policy = await me.Db.PolicyOf(person.HubId, me.Cancelled);
        findings.Require(date > me.Today, "/date", date, $"{date:uuuu-MM-dd} is not to come.");
        findings.Require(date <= me.Today.PlusDays(MostDaysAhead), "/date", date, $"{date:uuuu-MM-dd} is more than {MostDaysAhead} days ahead.");
        findings.Require(
            request.Template is null || await me.Db.ShiftTemplates.AnyAsync(t => t.HubId == person.HubId && t.Code == request.Template, me.Cancelled),
            "/template", request.Template, $"There is no shift template '{request.Template}' at your hub.");
        findings.ThrowIfAny();
        if (person.DatedWishes.Exists(w => w.Date == date))
        {
            throw ProblemException.Conflict($"There is a wish for {date:uuuu-MM-dd} already; take it back first.");
        }

        var monday = date.PlusDays(1 - (int)date.DayOfWeek);
        var inWeek = person.DatedWishes.Count(w => w.Date >= monday && w.Date < monday.PlusDays(7));
        if (policy.Data.WishesPerWeek > 0 && inWeek >= policy.Data.WishesPerWeek)
        {
            throw ProblemException.Conflict(
                $"There are {inWeek} wishes for the week from {monday:uuuu-MM-dd}; {policy.Data.WishesPerWeek} a week are allowed (wishesPerWeek).");
        }

        var wish = new DatedWishData(date, request.Template, request.Wanted, policy.Data.WishWeight, me.Now);
        person.DatedWishes = [.. person.DatedWishes.Where(w => w.Date >= me.Today.PlusDays(-DaysKept)).Append(wish).OrderBy(w => w.Date)];
        person.Touch(me.Now);
        await me.Db.SaveChangesAsync(me.Cancelled);
        return TypedResults.Created("/api/v1/me/dated-wishes", Answer(wish, (await Outcomes(me, inForce, [wish]))[date]));
    }

    /// <param name="date">Local date.</param>
    private static async Task<NoContent> Remove(MeCall me, QueryDate date)
    {
        if (me.Person.DatedWishes.RemoveAll(w => w.Date == date.Value && w.Date > me.Today) == 0)
        {
            throw ProblemException.NotFound("wish to come for", Iso(date.Value));
        }

        me.Person.DatedWishes = [.. me.Person.DatedWishes];
        me.Person.Touch(me.Now);
        await me.Db.SaveChangesAsync(me.Cancelled);
        return TypedResults.NoContent();
    }

    private static async Task<Dictionary<LocalDate, WishOutcome>> Outcomes(MeCall me, ShiftsInForce inForce, List<DatedWishData> wishes)
    {
        if (wishes.Count == 0)
        {
            return [];
        }

        var (first, end) = (wishes.Min(w => w.Date), wishes.Max(w => w.Date).PlusDays(1));
        var published = new InForce(await inForce.Layers([me.Person.Id], first, end, drafts: false, me.Cancelled));
        var shifts = (await inForce.Of([me.Person.Id], first, end, drafts: false, me.Cancelled, activities: false)).ToLookup(s => s.Date);
        return wishes.ToDictionary(w => w.Date, w => !published.IsPublished(me.Person.Id, w.Date) ? WishOutcome.Open
            : new ShiftWish(w.Date, w.Template, w.Wanted, w.Weight).IsRefused(shifts[w.Date].Any(), shifts[w.Date].FirstOrDefault()?.Template)
                ? WishOutcome.Refused : WishOutcome.Granted);
    }

    private static DatedWishResponse Answer(DatedWishData w, WishOutcome outcome) => new(w.Date, w.Template, w.Wanted, w.Weight, w.At, outcome);

    private static string Iso(LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);
}
