using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Security;
using Wfm.Scheduling.Constraints;

namespace Wfm.Api.Features.Setup.LabourPolicies;

internal sealed class LabourPolicyEndpoints() : SetupResource<LabourPolicyVersion, LabourPolicyRequest, LabourPolicyResponse>("labour policy")
{
    protected override SetupSummaries Summaries => new(
        List: "Lists versions of policies in order of code and date.",
        Get: "Reads one version.",
        Create: "Creates a policy, or a version of it from a date.",
        Replace: "Replaces one version; a change of the law is a new version.",
        Delete: "Deletes one version, unless hubs were left without a policy.");

    protected override (LabourPolicyRequest New, LabourPolicyRequest Known) Examples => (LabourPolicyExamples.House, LabourPolicyExamples.Ireland);

    protected override Delegate Listing => List;

    protected override ByKey Keyed => new("/{code}/{validFrom}", Get, Replace, Delete, LabourPolicyExamples.Path);

    public override RouteGroupBuilder Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/labour-rule-kinds", Kinds).WithTags("Labour policies").WithName("ListLabourRuleKinds")
            .WithSummary("Lists the kinds of rules with their parameters.").Requires(Permission.ReadSetup);
        var group = base.Map(routes);
        group.MapGet("/{code}", InForce).WithName("GetLabourPolicyInForce").WithSummary("Reads the version in force on a date.")
            .Requires(Permission.ReadSetup).WithExample(path: [("code", "ie-working-time-act"), ("on", "2026-11-02")]);
        return group;
    }

    protected override string? HubOf(LabourPolicyRequest request) => null;

    protected override string? HubOf(LabourPolicyVersion entity) => null;

    protected override LabourPolicyResponse Answer(LabourPolicyVersion entity) => LabourPolicyResponse.From(entity);

    protected override LabourPolicyVersion Make(LabourPolicyRequest request) =>
        new() { Code = request.Code, Name = request.Name, ValidFrom = request.ValidFrom ?? default };

    protected override Expression<Func<LabourPolicyVersion, bool>> SameAs(LabourPolicyRequest request) =>
        p => p.Code == request.Code && p.ValidFrom == request.ValidFrom;

    protected override string KeyOf(LabourPolicyVersion entity) => $"{entity.Code}/{LocalDatePattern.Iso.Format(entity.ValidFrom)}";

    protected override Task<Action<LabourPolicyVersion>> Check(LabourPolicyRequest request, LabourPolicyVersion? current, SetupCall call, Findings findings)
    {
        findings.Require(
            current is null || request.ValidFrom == current.ValidFrom, "/validFrom", request.ValidFrom,
            $"The date cannot change: the path says {current?.ValidFrom:uuuu-MM-dd}; make a new version instead.");
        LabourPolicyRules.Check(request, call.Http.RequestServices.GetRequiredService<ConstraintCatalog>(), findings);
        return Task.FromResult<Action<LabourPolicyVersion>>(policy => Apply(request, policy));
    }

    /// <summary>Only the last version in force today keeps the hubs that name the policy from being without one.</summary>
    protected override async Task<bool> IsNeeded(LabourPolicyVersion entity, SetupCall call)
    {
        var today = call.Now.InUtc().Date;
        return !await call.Db.LabourPolicies.AnyAsync(p => p.Code == entity.Code && p.Id != entity.Id && p.ValidFrom <= today, call.Cancelled);
    }

    private static Ok<IReadOnlyList<LabourRuleDefinition>> Kinds(ConstraintCatalog kinds) => TypedResults.Ok(LabourRuleKinds.Of(kinds));

    /// <param name="code">Only versions of this policy.</param>
    /// <param name="country">Only policies of this country, ISO 3166-1 alpha-2.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<LabourPolicyResponse>>> List(
        SetupCall call, string? code = null, string? country = null, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var policies = call.Db.LabourPolicies.AsNoTracking().Where(p => (code == null || p.Code == code) && (country == null || p.Country == country));
        if (Paging.Key(after) is { } key)
        {
            var parts = key.Split(' ');
            var from =
                parts.Length == 2 && LocalDatePattern.Iso.Parse(parts[1]) is { Success: true } parsed
                    ? parsed.Value
                    : throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{after}' is not.");
            policies = policies.Where(p => string.Compare(p.Code, parts[0]) > 0 || (p.Code == parts[0] && p.ValidFrom > from));
        }

        var page = await policies.OrderBy(p => p.Code).ThenBy(p => p.ValidFrom).Take(take + 1).ToListAsync(call.Cancelled);
        return TypedResults.Ok(page.ToPage(take, p => $"{p.Code} {LocalDatePattern.Iso.Format(p.ValidFrom)}", LabourPolicyResponse.From));
    }

    /// <param name="code">Code of the policy.</param>
    /// <param name="on">The date; today in UTC when absent.</param>
    private async Task<Ok<LabourPolicyResponse>> InForce(string code, SetupCall call, QueryDate? on = null)
    {
        var date = on?.Value ?? call.Now.InUtc().Date;
        var policy =
            await call.Db.LabourPolicies.AsNoTracking().Where(p => p.Code == code && p.ValidFrom <= date).OrderByDescending(p => p.ValidFrom)
                .FirstOrDefaultAsync(call.Cancelled)
            ?? throw ProblemException.NotFound($"version in force on {LocalDatePattern.Iso.Format(date)} of labour policy", code);
        return Read(policy, call);
    }

    /// <param name="code">Code of the policy.</param>
    /// <param name="validFrom">Date from which the version is in force.</param>
    private async Task<Ok<LabourPolicyResponse>> Get(string code, QueryDate validFrom, SetupCall call) => Read(await Find(call, code, validFrom.Value), call);

    /// <param name="code">Code of the policy.</param>
    /// <param name="validFrom">Date from which the version is in force.</param>
    /// <param name="removesRules">True says that kinds of rules are left out on purpose, though hubs follow the policy.</param>
    private async Task<Ok<LabourPolicyResponse>> Replace(
        string code, QueryDate validFrom, LabourPolicyRequest request, SetupCall call, Findings findings, bool removesRules = false)
    {
        var policy = await Find(call, code, validFrom.Value);
        var lost = policy.Rules.Select(r => r.Kind).Except(request.Rules.Where(r => r is not null).Select(r => r.Kind)).ToList();
        if (lost.Count > 0 && !removesRules)
        {
            call.User.DemandAllHubs();
            call.Http.Request.CheckIfMatch(policy);
            var hubs = 0;
            foreach (var reference in call.Http.RequestServices.GetServices<Reference<LabourPolicyVersion>>())
            {
                hubs += await reference.Count(call.Db, policy, call.Cancelled);
            }

            if (hubs > 0)
            {
                throw ProblemException.Conflict(
                    $"{hubs} hubs follow policy '{code}', which would have no rule of these kinds any more: {string.Join(", ", lost)}. If that is meant, "
                        + "send it with ?removesRules=true.");
            }
        }

        return await Change(policy, request, call, findings);
    }

    /// <param name="code">Code of the policy.</param>
    /// <param name="validFrom">Date from which the version is in force.</param>
    private async Task<NoContent> Delete(string code, QueryDate validFrom, SetupCall call) => await Remove(await Find(call, code, validFrom.Value), call);

    private static async Task<LabourPolicyVersion> Find(SetupCall call, string code, LocalDate validFrom) =>
        await call.Db.LabourPolicies.SingleOrDefaultAsync(p => p.Code == code && p.ValidFrom == validFrom, call.Cancelled)
        ?? throw ProblemException.NotFound("labour policy", $"{code}' from '{LocalDatePattern.Iso.Format(validFrom)}");

    private static void Apply(LabourPolicyRequest request, LabourPolicyVersion policy)
    {
        policy.Name = request.Name;
        policy.Country = request.Country;
        policy.Note = request.Note;
        policy.FirstDayOfWeek = request.FirstDayOfWeek;
        policy.WeekendDays = [.. request.WeekendDays.Distinct().Order()];
        policy.ExposureBasis = request.ExposureBasis;
        policy.SegmentedShifts = request.SegmentedShifts;
        policy.Rules = request.Rules;
        policy.NotExpressed = request.NotExpressed;
    }
}
