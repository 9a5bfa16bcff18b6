using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.People.Fairness;

internal static class FairnessEndpoints
{
    private const int UsualNotice = 7; // days, where no policy of the hub says
    private const int LongestNotice = 90;

    public static void MapFairness(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/fairness").WithTags("Fairness");
        group.MapGet("", Groups).WithName("GetFairness").WithSummary(
                "How nights, weekends, public holidays, late changes, refused wishes and refused requests of the last 26 weeks are shared among equals, and "
                    + "what a roster would make of it.")
            .Requires(Permission.ReadPeople).WithExample(path: ("hub", "dub"));
        group.MapGet("/people", People).WithName("ListFairnessOfPeople").WithSummary("What each person carries, against the mean of the equals, by code.")
            .Requires(Permission.ReadPeople).WithExample(path: ("hub", "dub"));
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="asOf">First local day that does not count any more; the first day of the roster, or today, when absent.</param>
    /// <param name="roster">A roster of the hub, draft or published, whose shifts are added to what was carried before it.</param>
    /// <param name="groupBy">contractAndSkills when absent, contract, skills or hub.</param>
    /// <param name="noticeDays">Changes later than so many days before the work count as late, 0 to 90. When absent the longest notice of the hub's policies
    /// (<c>noticeOfChange</c>) on the day of <c>asOf</c>, and 7 where they have none.</param>
    private static async Task<FairnessResponse> Groups(
        string hub, WfmDbContext db, FairnessBooks books, ConstraintCatalog kinds, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken,
        QueryDate? asOf = null, Guid? roster = null, QueryEnum<EqualsBy>? groupBy = null, int? noticeDays = null)
    {
        var (found, asked) = await Ask(hub, asOf, roster, groupBy, noticeDays, db, kinds, user, clock, cancellationToken);
        var book = await books.Of(found, asked, cancellationToken);
        return new FairnessResponse(
            found.Code, asked.Until.PlusWeeks(-CarriedLedgers.Weeks), asked.Until, asked.Notice.TotalDays,
            asked.Rule is null ? null : NoticeRuleData.From(asked.Rule), asked.Roster?.Id,
            [
                .. book.Before.Select((g, i) => new FairnessGroupResponse(
                    g.Group, g.People.Count, BurdenSpreads.From(g), book.After is null ? null : BurdenSpreads.From(book.After[i]))),
            ]);
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="asOf">First local day that does not count any more; the first day of the roster, or today, when absent.</param>
    /// <param name="roster">A roster of the hub, draft or published, whose shifts are added to what was carried before it.</param>
    /// <param name="groupBy">contractAndSkills when absent, contract, skills or hub.</param>
    /// <param name="noticeDays">Changes later than so many days before the work count as late, 0 to 90. When absent the longest notice of the hub's policies
    /// (<c>noticeOfChange</c>) on the day of <c>asOf</c>, and 7 where they have none.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Page<FairnessPersonResponse>> People(
        string hub, WfmDbContext db, FairnessBooks books, ConstraintCatalog kinds, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken,
        QueryDate? asOf = null, Guid? roster = null, QueryEnum<EqualsBy>? groupBy = null, int? noticeDays = null, int? limit = null, string? after = null)
    {
        var (take, key) = (Paging.Limit(limit), Paging.Key(after));
        var (found, asked) = await Ask(hub, asOf, roster, groupBy, noticeDays, db, kinds, user, clock, cancellationToken);
        var book = await books.Of(found, asked, cancellationToken);
        var people = book.Before
            .SelectMany((group, g) => group.People.Select((person, p) => (group, person, With: book.After?[g].People[p], After: book.After?[g])))
            .Select(p => new FairnessPersonResponse(
                p.person.Person, p.group.Group, p.group.People.Count, BurdenCounts.From(p.person.Ledger), BurdenDifferences.From(p.group, p.person),
                p.With is null ? null : BurdenCounts.From(p.With.Ledger), p.With is null ? null : BurdenDifferences.From(p.After!, p.With)))
            .OrderBy(p => p.Agent, StringComparer.Ordinal).Where(p => key is null || string.CompareOrdinal(p.Agent, key) > 0).Take(take + 1).ToList();
        return people.ToPage(take, p => p.Agent, p => p);
    }

    private static async Task<(Hub Hub, FairnessQuestion Question)> Ask(
        string hub, QueryDate? asOf, Guid? roster, QueryEnum<EqualsBy>? groupBy, int? noticeDays, WfmDbContext db, ConstraintCatalog kinds,
        ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken)
    {
        var found = (await db.HubsFor(hub, user, cancellationToken)).Values.Single();
        if (noticeDays is < 0 or > LongestNotice)
        {
            throw ProblemException.Semantic("noticeDays", $"noticeDays must lie between 0 and {LongestNotice}, it is {noticeDays}.");
        }

        var draft = roster is not { } id ? null
            : await db.Rosters.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.HubId == found.Id, cancellationToken)
                ?? throw ProblemException.Semantic("roster", $"Hub '{found.Code}' has no roster '{id}'.");
        var until = asOf?.Value ?? draft?.Start ?? clock.GetCurrentInstant().InZone(found.Zone).Date;
        if (draft is not null && until > draft.Start)
        {
            throw ProblemException.Semantic(
                "asOf", $"The roster begins on {draft.Start:uuuu-MM-dd}; with asOf {until:uuuu-MM-dd} its first days would count twice. Leave asOf out.");
        }

        IReadOnlyList<LabourRule> notices =
            noticeDays is not null ? [] : NoticeOfChange.InForce((await HubRules.On(db, kinds, found, until, cancellationToken)).Rules, until);
        var rule = notices is [var longest, ..] ? longest : null;
        var notice = rule is null ? Duration.FromDays(noticeDays ?? UsualNotice) : NoticeOfChange.Due(rule);
        return (found, new FairnessQuestion(until, notice, rule, groupBy?.Value ?? EqualsBy.ContractAndSkills, draft));
    }
}
