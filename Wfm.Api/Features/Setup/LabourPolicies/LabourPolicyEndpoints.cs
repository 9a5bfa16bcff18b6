using Wfm.Api.Features.Setup.Hubs;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Hosting;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Constraints;

namespace Wfm.Api.Features.Setup.LabourPolicies;

internal static class LabourPolicyEndpoints
{
    public static void MapLabourPolicies(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1").WithTags("Labour policies").WithNotModified();
        group.MapGet("/labour-rule-kinds", Kinds).WithName("ListLabourRuleKinds").WithSummary("Lists the kinds of rules with their parameters.").Requires(Permission.ReadSetup);
        group.MapGet("/labour-policies", List).WithName("ListLabourPolicies").WithSummary("Lists versions of policies in order of code and date.").Requires(Permission.ReadSetup);
        group.MapGet("/labour-policies/{code}", InForce).WithName("GetLabourPolicyInForce").WithSummary("Reads the version in force on a date.")
            .Requires(Permission.ReadSetup).WithExample(path: [("code", "ie-working-time-act"), ("on", "2026-11-02")]);
        group.MapGet("/labour-policies/{code}/{validFrom}", Get).WithName("GetLabourPolicy").WithSummary("Reads one version.")
            .Requires(Permission.ReadSetup).WithExample(path: LabourPolicyExamples.Path);
        group.MapPost("/labour-policies", Create).WithName("CreateLabourPolicy").WithSummary("Creates a policy, or a version of it from a date.")
            .Requires(Permission.WriteSetup).WithExample(LabourPolicyExamples.House);
        group.MapPut("/labour-policies/{code}/{validFrom}", Replace).WithName("ReplaceLabourPolicy").WithSummary("Replaces one version; a change of the law is a new version.")
            .Requires(Permission.WriteSetup).WithExample(LabourPolicyExamples.Ireland, LabourPolicyExamples.Path);
        group.MapDelete("/labour-policies/{code}/{validFrom}", Delete).WithName("DeleteLabourPolicy").WithSummary("Deletes one version, unless hubs were left without a policy.")
            .Requires(Permission.WriteSetup).WithExample(path: LabourPolicyExamples.Path);
    }

    private static Ok<IReadOnlyList<LabourRuleDefinition>> Kinds(ConstraintCatalog kinds) => TypedResults.Ok(LabourRuleKinds.Of(kinds));

    /// <param name="code">Only versions of this policy.</param>
    /// <param name="country">Only policies of this country, ISO 3166-1 alpha-2.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<LabourPolicyResponse>>> List(
        WfmDbContext db, CancellationToken cancellationToken, string? code = null, string? country = null, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var policies = db.LabourPolicies.AsNoTracking().Where(p => (code == null || p.Code == code) && (country == null || p.Country == country));
        if (Paging.Key(after) is { } key)
        {
            var parts = key.Split(' ');
            var from = parts.Length == 2 && LocalDatePattern.Iso.Parse(parts[1]) is { Success: true } parsed ? parsed.Value
                : throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{after}' is not.");
            policies = policies.Where(p => string.Compare(p.Code, parts[0]) > 0 || (p.Code == parts[0] && p.ValidFrom > from));
        }

        var page = await policies.OrderBy(p => p.Code).ThenBy(p => p.ValidFrom).Take(take + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(page.ToPage(take, p => $"{p.Code} {LocalDatePattern.Iso.Format(p.ValidFrom)}", LabourPolicyResponse.From));
    }

    /// <param name="code">Code of the policy.</param>
    /// <param name="on">The date; today in UTC when absent.</param>
    private static async Task<Ok<LabourPolicyResponse>> InForce(
        string code, WfmDbContext db, IClock clock, HttpResponse response, CancellationToken cancellationToken, QueryDate? on = null)
    {
        var date = on?.Value ?? clock.GetCurrentInstant().InUtc().Date;
        var policy = await db.LabourPolicies.AsNoTracking().Where(p => p.Code == code && p.ValidFrom <= date).OrderByDescending(p => p.ValidFrom)
            .FirstOrDefaultAsync(cancellationToken) ?? throw ProblemException.NotFound($"version in force on {LocalDatePattern.Iso.Format(date)} of labour policy", code);
        response.Headers.ETag = ETags.Of(policy.Id, policy.Version);
        return TypedResults.Ok(LabourPolicyResponse.From(policy));
    }

    /// <param name="code">Code of the policy.</param>
    /// <param name="validFrom">Date from which the version is in force.</param>
    private static async Task<Ok<LabourPolicyResponse>> Get(
        string code, QueryDate validFrom, WfmDbContext db, HttpResponse response, CancellationToken cancellationToken)
    {
        var policy = await Find(db, code, validFrom.Value, cancellationToken);
        response.Headers.ETag = ETags.Of(policy.Id, policy.Version);
        return TypedResults.Ok(LabourPolicyResponse.From(policy));
    }

    private static async Task<Created<LabourPolicyResponse>> Create(
        LabourPolicyRequest request, WfmDbContext db, ConstraintCatalog kinds, IClock clock, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        user.DemandAllHubs();
        var validFrom = request.ValidFrom!.Value; // validation saw to it
        if (await db.LabourPolicies.AnyAsync(p => p.Code == request.Code && p.ValidFrom == validFrom, cancellationToken))
        {
            throw ProblemException.Conflict($"There is a version of labour policy '{request.Code}' from {LocalDatePattern.Iso.Format(validFrom)} already; change it with PUT.");
        }

        LabourPolicyRules.Check(request, kinds);
        var policy = new LabourPolicyVersion { Code = request.Code, Name = request.Name, ValidFrom = validFrom, UpdatedAt = clock.GetCurrentInstant() };
        Apply(request, policy);
        db.LabourPolicies.Add(policy);
        await db.SaveChangesAsync(cancellationToken);
        response.Headers.ETag = ETags.Of(policy.Id, policy.Version);
        return TypedResults.Created($"/api/v1/labour-policies/{policy.Code}/{LocalDatePattern.Iso.Format(validFrom)}", LabourPolicyResponse.From(policy));
    }

    /// <param name="code">Code of the policy.</param>
    /// <param name="validFrom">Date from which the version is in force.</param>
    private static async Task<Ok<LabourPolicyResponse>> Replace(
        string code, QueryDate validFrom, LabourPolicyRequest request, WfmDbContext db, ConstraintCatalog kinds, IClock clock, ClaimsPrincipal user, HttpContext http,
        CancellationToken cancellationToken)
    {
        user.DemandAllHubs();
        var policy = await Find(db, code, validFrom.Value, cancellationToken);
        http.Request.CheckIfMatch(ETags.Of(policy.Id, policy.Version));
        Codes.MustMatch(code, request.Code);
        if (request.ValidFrom != policy.ValidFrom)
        {
            throw ProblemException.Semantic("/validFrom", $"The date cannot change: the path says {LocalDatePattern.Iso.Format(policy.ValidFrom)}; make a new version instead.");
        }

        LabourPolicyRules.Check(request, kinds);
        Apply(request, policy);
        policy.Version++;
        policy.UpdatedAt = clock.GetCurrentInstant();
        await db.SaveChangesAsync(cancellationToken);
        http.Response.Headers.ETag = ETags.Of(policy.Id, policy.Version);
        return TypedResults.Ok(LabourPolicyResponse.From(policy));
    }

    /// <param name="code">Code of the policy.</param>
    /// <param name="validFrom">Date from which the version is in force.</param>
    private static async Task<NoContent> Delete(
        string code, QueryDate validFrom, WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpRequest http, CancellationToken cancellationToken)
    {
        user.DemandAllHubs();
        var policy = await Find(db, code, validFrom.Value, cancellationToken);
        http.CheckIfMatch(ETags.Of(policy.Id, policy.Version));
        var today = clock.GetCurrentInstant().InUtc().Date;
        if (!await db.LabourPolicies.AnyAsync(p => p.Code == code && p.Id != policy.Id && p.ValidFrom <= today, cancellationToken))
        {
            Codes.MustBeUnreferenced( // without it no version would be in force today
                $"Labour policy '{code}'", (await db.Hubs.CountAsync(h => h.LabourPolicy == code, cancellationToken), "hubs, which it would leave without a policy in force"));
        }

        db.LabourPolicies.Remove(policy);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<LabourPolicyVersion> Find(WfmDbContext db, string code, LocalDate validFrom, CancellationToken cancellationToken) =>
        await db.LabourPolicies.SingleOrDefaultAsync(p => p.Code == code && p.ValidFrom == validFrom, cancellationToken)
        ?? throw ProblemException.NotFound("labour policy", $"{code}' from '{LocalDatePattern.Iso.Format(validFrom)}");

    private static void Apply(LabourPolicyRequest request, LabourPolicyVersion policy)
    {
        policy.Name = request.Name;
        policy.Country = request.Country;
        policy.Note = request.Note;
        policy.FirstDayOfWeek = request.FirstDayOfWeek;
        policy.WeekendDays = [.. request.WeekendDays.Distinct().Order()];
        policy.ExposureBasis = request.ExposureBasis;
        policy.Rules = request.Rules;
    }
}
