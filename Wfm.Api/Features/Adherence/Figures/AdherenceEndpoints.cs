using System.Security.Claims;
using NodaTime;
using Wfm.Api.Features.People.Me;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Adherence;
using Wfm.Scheduling.Wellbeing;

namespace Wfm.Api.Features.Adherence.Figures;

internal static class AdherenceEndpoints
{
    private const int MostDays = 62;

    public static void MapAdherenceFigures(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/adherence").WithTags("Adherence");
        group.MapGet("/hub-days", HubDays).WithName("GetAdherenceOfHub").WithSummary(
                "Adherence, conformance, occupancy and shrinkage of a hub by local day, each with its formula; days of fewer than five people are kept back.")
            .Requires(Permission.ReadPeople).WithExample(path: ("hub", "dub"));
        group.MapGet("/people", People).WithName("ListAdherenceOfPeople")
            .WithSummary("The figures of persons of a hub on a day, by code. Each read is an event in the log.").Requires(Permission.ReadAdherence)
            .WithExample(path: ("hub", "dub"));
        group.MapGet("/people/{code}", Person).WithName("GetAdherenceOfPerson")
            .WithSummary("The figures of a person on a day with the evidence: what was planned against what was done, stretch by stretch.")
            .Requires(Permission.ReadAdherence).WithExample(path: ("code", "dub-001"));
        group.MapGet("/now", Now).WithName("GetPresentStates").WithSummary(
                "The state of everybody of a hub at a moment, since when, against what is planned, and adherence so far. Each read is an event in the log.")
            .Requires(Permission.ReadAdherence).WithExample(path: ("hub", "dub"));
        routes.MapGroup("/api/v1/me").WithTags("Me").MapGet("/adherence", Mine).WithName("GetMyAdherence")
            .WithSummary("One's own figures of a day with the evidence: what was planned against what was done.").Requires(Permission.UseMe);
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="from">First local day; six days before the last when absent.</param>
    /// <param name="to">Last local day, inclusive; today when absent. At most 62 days.</param>
    private static async Task<HubAdherenceResponse> HubDays(
        string hub, WfmDbContext db, AdherenceBooks books, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken, QueryDate? from = null,
        QueryDate? to = null)
    {
        var found = (await db.HubsFor(hub, user, cancellationToken)).Values.Single();
        var (first, last) = Range(from, to, Today(found, clock), 6);
        var people = await books.People(found, cancellationToken);
        var compared = await books.Of(found, people, first, last, clock.GetCurrentInstant(), cancellationToken);
        var days = compared.Days.ToLookup(d => d.Date);
        return new HubAdherenceResponse(
            found.Code, compared.AsOf, SmallGroups.FewestPeople,
            [.. Enumerable.Range(0, Period.DaysBetween(first, last) + 1).Select(first.PlusDays).Select(date => Day(date, [.. days[date]]))]);
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="date">Local day; today when absent.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Page<PersonAdherence>> People(
        string hub, WfmDbContext db, AdherenceBooks books, AdherenceLog log, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken,
        QueryDate? date = null, int? limit = null, string? after = null)
    {
        var (take, key) = (Paging.Limit(limit), Paging.Key(after));
        var found = (await db.HubsFor(hub, user, cancellationToken)).Values.Single();
        var page = (await books.People(found, cancellationToken)).OrderBy(p => p.Code, StringComparer.Ordinal)
            .Where(p => key is null || string.CompareOrdinal(p.Code, key) > 0).Take(take + 1).ToList();
        var told = page.Take(take).ToList();
        log.Read(user, found.Code, told.ConvertAll(p => p.Id));
        var day = date?.Value ?? Today(found, clock);
        var compared = await books.Of(found, told, day, day, clock.GetCurrentInstant(), cancellationToken);
        return new Page<PersonAdherence>(
            [.. compared.Days.Select(d => PersonAdherence.Of(d, compared.AsOf))], page.Count > take ? Paging.Cursor(told[^1].Code) : null);
    }

    /// <param name="code">Code of the agent.</param>
    /// <param name="date">Local day; today when absent.</param>
    private static async Task<PersonAdherenceDetail> Person(
        string code, AdherenceBooks books, AdherenceLog log, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken,
        QueryDate? date = null)
    {
        var (person, hub) = await books.Person(code, cancellationToken);
        user.DemandHub(hub.Code);
        log.Read(user, hub.Code, [person.Id]);
        var day = date?.Value ?? Today(hub, clock);
        return PersonAdherenceDetail.Of(await books.Of(hub, [person], day, day, clock.GetCurrentInstant(), cancellationToken), hub.Zone);
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="at">The moment; now when absent, and never later.</param>
    private static async Task<PresentPeople> Now(
        string hub, WfmDbContext db, AdherenceBooks books, PresentStates present, AdherenceLog log, ClaimsPrincipal user, IClock clock,
        CancellationToken cancellationToken, QueryInstant? at = null)
    {
        var found = (await db.HubsFor(hub, user, cancellationToken)).Values.Single();
        log.Read(user, found.Code, (await books.People(found, cancellationToken)).ConvertAll(p => p.Id));
        var now = clock.GetCurrentInstant();
        return await present.Of(found, Instant.Min(at?.Value ?? now, now), cancellationToken);
    }

    /// <param name="date">Local day; today when absent.</param>
    private static async Task<PersonAdherenceDetail> Mine(MeCall me, AdherenceBooks books, QueryDate? date = null)
    {
        var day = date?.Value ?? me.Today;
        return PersonAdherenceDetail.Of(
            await books.Of(me.Hub, [new HubPerson(me.Person.Id, me.Person.Code)], day, day, me.Now, me.Cancelled), me.Hub.Zone);
    }

    private static HubDayAdherence Day(LocalDate date, IReadOnlyList<ComparedDay> days)
    {
        var known = days.Where(d => !AdherenceTotals.Of(d.Parts).IsEmpty).ToList();
        return new HubDayAdherence(
            date, known.Count, known.Count < SmallGroups.FewestPeople ? null : AdherenceFigures.Of(known.SelectMany(d => d.Parts)));
    }

    /// <summary>The days asked for.</summary>
    /// <param name="before">Days before the last where no first is given.</param>
    /// <param name="at">What stands before the names of both in an error: a slash where they are members of a body.</param>
    internal static (LocalDate First, LocalDate Last) Range(QueryDate? from, QueryDate? to, LocalDate today, int before, string at = "")
    {
        var last = to?.Value ?? today;
        var first = from?.Value ?? last.PlusDays(-before);
        return first > last ? throw ProblemException.Semantic($"{at}to", $"to {last:uuuu-MM-dd} must not be before from {first:uuuu-MM-dd}.")
            : Period.DaysBetween(first, last) >= MostDays
                ? throw ProblemException.Semantic(
                    $"{at}from", $"At most {MostDays} days are told at once, not those from {first:uuuu-MM-dd} to {last:uuuu-MM-dd}.")
                : (first, last);
    }

    private static LocalDate Today(Hub hub, IClock clock) => clock.GetCurrentInstant().InZone(hub.Zone).Date;
}
