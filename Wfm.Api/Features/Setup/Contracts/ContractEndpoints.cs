using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.Contracts;

internal sealed class ContractEndpoints() : SetupResource<Contract, ContractRequest, ContractResponse>("contract")
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

    protected override SetupSummaries Summaries => new(
        Replace: "Replaces a contract; the next roster obeys it.",
        Delete: "Deletes a contract that nobody has.");

    protected override (ContractRequest New, ContractRequest Known) Examples => (Weekend, PartTime);

    protected override Delegate Listing => List;

    protected override string? HubOf(ContractRequest request) => null;

    protected override string? HubOf(Contract entity) => null;

    protected override ContractResponse Answer(Contract entity) => ContractResponse.From(entity);

    protected override Contract Make(ContractRequest request) => new() { Code = request.Code, Name = request.Name };

    protected override async Task<Action<Contract>> Check(ContractRequest request, Contract? current, SetupCall call, Findings findings)
    {
        findings.Require(
            request.MinimumWeeklyHours <= request.MaximumWeeklyHours, "/minimumWeeklyHours", request.MinimumWeeklyHours,
            $"The minimum of {request.MinimumWeeklyHours} hours is above the maximum of {request.MaximumWeeklyHours}.");
        ReferenceLists.CheckDistinct(findings, "/workingDays", request.WorkingDays);
        findings.Require(
            !(request.WorkingDays.Count > request.MaximumDaysPerWeek), "/workingDays", request.WorkingDays.Count,
            $"{request.WorkingDays.Count} usual working days are more than the most days a week, {request.MaximumDaysPerWeek}.");
        findings.Require(request.MaximumWeeklyHours > 0, "/maximumWeeklyHours", request.MaximumWeeklyHours, "With no hours a week nobody can be rostered.");
        var known = await call.Db.ShiftTemplates.Where(t => request.Templates.Contains(t.Code)).Select(t => t.Code).ToListAsync(call.Cancelled);
        ReferenceLists.CheckKnown(findings, "/templates", request.Templates, known, "shift template");
        return contract => Apply(request, contract);
    }

    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static Task<Ok<Page<ContractResponse>>> List(SetupCall call, int? limit = null, string? after = null) =>
        PageOf(call.Db.Contracts, limit, after, ContractResponse.From, call.Cancelled);

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
}
