using Wfm.Api.Features.Setup.Agents;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Hosting;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Setup.Contracts;

internal static class ContractEndpoints
{
    private static readonly ContractRequest Weekend = new()
    {
        Code = "dub-weekend",
        Name = "Dublin weekend",
        MinimumWeeklyHours = 8,
        MaximumWeeklyHours = 16,
        MaximumDaysPerWeek = 2,
        CostPerHour = 31,
        Templates = ["dub-day"],
    };

    private static readonly ContractRequest PartTime = new()
    {
        Code = "dub-part",
        Name = "Dublin part time",
        MinimumWeeklyHours = 10,
        MaximumWeeklyHours = 24,
        MaximumDaysPerWeek = 4,
        CostPerHour = 29,
        Templates = ["dub-part"],
    };

    public static void MapContracts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/contracts").WithTags("Contracts").WithNotModified();
        group.MapGet("/", List).WithName("ListContracts").WithSummary("Lists contracts in order of code.").Requires(Permission.ReadSetup);
        group.MapGet("/{code}", Get).WithName("GetContract").WithSummary("Reads a contract.").Requires(Permission.ReadSetup).WithExample(path: ("code", "dub-part"));
        group.MapPost("/", Create).WithName("CreateContract").WithSummary("Creates a contract.").Requires(Permission.WriteSetup).WithExample(Weekend);
        group.MapPut("/{code}", Replace).WithName("ReplaceContract").WithSummary("Replaces a contract; the next roster obeys it.")
            .Requires(Permission.WriteSetup).WithExample(PartTime, ("code", "dub-part"));
        group.MapDelete("/{code}", Delete).WithName("DeleteContract").WithSummary("Deletes a contract that nobody has.")
            .Requires(Permission.WriteSetup).WithExample(path: ("code", "dub-part"));
    }

    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<ContractResponse>>> List(WfmDbContext db, CancellationToken cancellationToken, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        return TypedResults.Ok((await db.Contracts.PageByCode(after, take, cancellationToken)).ToPage(take, c => c.Code, ContractResponse.From));
    }

    /// <param name="code">Code of the contract.</param>
    private static async Task<Ok<ContractResponse>> Get(string code, WfmDbContext db, HttpResponse response, CancellationToken cancellationToken)
    {
        var contract = await db.Contracts.AsNoTracking().ByCode("contract", code, cancellationToken);
        response.SetETag(contract);
        return TypedResults.Ok(ContractResponse.From(contract));
    }

    private static async Task<Created<ContractResponse>> Create(
        ContractRequest request, WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        user.DemandAllHubs();
        await db.Contracts.MustBeFree("contract", request.Code, cancellationToken);
        await Check(request, db, cancellationToken);
        var contract = new Contract { Code = request.Code, Name = request.Name, UpdatedAt = clock.GetCurrentInstant() };
        Apply(request, contract);
        db.Contracts.Add(contract);
        await db.SaveChangesAsync(cancellationToken);
        response.SetETag(contract);
        return TypedResults.Created($"/api/v1/contracts/{contract.Code}", ContractResponse.From(contract));
    }

    /// <param name="code">Code of the contract.</param>
    private static async Task<Ok<ContractResponse>> Replace(
        string code, ContractRequest request, WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        user.DemandAllHubs();
        var contract = await db.Contracts.ByCode("contract", code, cancellationToken);
        http.Request.CheckIfMatch(contract);
        Codes.MustMatch(code, request.Code);
        await Check(request, db, cancellationToken);
        Apply(request, contract);
        contract.Touch(clock.GetCurrentInstant());
        await db.SaveChangesAsync(cancellationToken);
        http.Response.SetETag(contract);
        return TypedResults.Ok(ContractResponse.From(contract));
    }

    /// <param name="code">Code of the contract.</param>
    private static async Task<NoContent> Delete(string code, WfmDbContext db, ClaimsPrincipal user, HttpRequest http, CancellationToken cancellationToken)
    {
        user.DemandAllHubs();
        var contract = await db.Contracts.ByCode("contract", code, cancellationToken);
        http.CheckIfMatch(contract);
        var later = await db.Agents.AsNoTracking().Where(a => a.ContractId != contract.Id).Select(a => a.Contracts).ToListAsync(cancellationToken);
        Codes.MustBeUnreferenced(
            $"Contract '{code}'",
            (await db.Agents.CountAsync(a => a.ContractId == contract.Id, cancellationToken) + later.Count(terms => terms.Exists(t => t.Contract == code)), "agents"));
        db.Contracts.Remove(contract);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static void Apply(ContractRequest request, Contract contract)
    {
        contract.Name = request.Name;
        contract.MinimumWeeklyHours = request.MinimumWeeklyHours;
        contract.MaximumWeeklyHours = request.MaximumWeeklyHours;
        contract.MaximumDaysPerWeek = request.MaximumDaysPerWeek;
        contract.WorkingDays = request.WorkingDays;
        contract.CostPerHour = request.CostPerHour;
        contract.Templates = request.Templates;
    }

    private static async Task Check(ContractRequest request, WfmDbContext db, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        findings.Require(
            request.MinimumWeeklyHours <= request.MaximumWeeklyHours, "/minimumWeeklyHours", request.MinimumWeeklyHours,
            $"The minimum of {request.MinimumWeeklyHours} hours is above the maximum of {request.MaximumWeeklyHours}.");
        ReferenceLists.CheckDistinct(findings, "/workingDays", request.WorkingDays);
        findings.Require(
            !(request.WorkingDays.Count > request.MaximumDaysPerWeek), "/workingDays", request.WorkingDays.Count,
            $"{request.WorkingDays.Count} usual working days are more than the most days a week, {request.MaximumDaysPerWeek}.");
        findings.Require(request.MaximumWeeklyHours > 0, "/maximumWeeklyHours", request.MaximumWeeklyHours, "With no hours a week nobody can be rostered.");
        await ReferenceLists.CheckTemplates(findings, "/templates", request.Templates, db, cancellationToken);
        findings.ThrowIfAny();
    }
}
