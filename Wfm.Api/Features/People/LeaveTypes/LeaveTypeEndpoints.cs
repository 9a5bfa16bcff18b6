using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Setup;
using Wfm.Api.Http;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.People.LeaveTypes;

internal sealed class LeaveTypeEndpoints() : SetupResource<LeaveType, LeaveTypeRequest, LeaveTypeResponse>("leave type")
{
    private static readonly LeaveTypeRequest Wellbeing = new()
    {
        Code = "wellbeing-day",
        Name = "Wellbeing day",
        Treatment = LeaveKind.Other,
        Balance = "wellbeing-day",
        Terms = new BalanceTerms { HoursPerMonth = 4, FullTimeHours = 40, CarryOverHours = 0 },
        NoticeDays = 1,
        HiddenReason = true,
    };

    private static readonly LeaveTypeRequest Annual = new()
    {
        Code = "annual",
        Name = "Annual leave",
        Treatment = LeaveKind.Annual,
        NeedsApproval = true,
        NoticeDays = 14,
    };

    protected override SetupSummaries Summaries => new(
        Replace: "Replaces a type of leave; requests already decided stay as they are, balances follow the new terms.",
        Delete: "Deletes a type of leave that nobody has had or asked for.");

    protected override (LeaveTypeRequest New, LeaveTypeRequest Known) Examples => (Wellbeing, Annual);

    protected override Delegate Listing => List;

    protected override string InsteadOfDeleting => "set active to false instead";

    protected override string? HubOf(LeaveTypeRequest request) => null;

    protected override string? HubOf(LeaveType entity) => null;

    protected override LeaveTypeResponse Answer(LeaveType entity) => LeaveTypeResponse.From(entity);

    protected override LeaveType Make(LeaveTypeRequest request) => new() { Code = request.Code, Name = request.Name };

    protected override async Task<Action<LeaveType>> Check(LeaveTypeRequest request, LeaveType? current, SetupCall call, Findings findings)
    {
        if (request.Balance == request.Code)
        {
            findings.Require(request.Terms is not null, "/terms", null, "A type that takes hours from its own balance needs terms that say what fills it.");
        }
        else if (request.Balance is { } balance)
        {
            findings.Require(
                await call.Db.LeaveTypes.AnyAsync(t => t.Code == balance && t.Balance == balance, call.Cancelled), "/balance", balance,
                $"There is no leave type '{balance}' with a balance of its own.");
        }

        var takers = await call.Db.LeaveTypes.Where(t => t.Balance == request.Code && t.Code != request.Code).Select(t => t.Code).ToListAsync(call.Cancelled);
        findings.Require(
            takers.Count == 0 || request.Balance == request.Code, "/balance", request.Balance,
            $"{string.Join(", ", takers)} take hours from the balance of '{request.Code}', which must stay.");
        findings.Require(
            request.Terms is null || request.Balance == request.Code, "/terms", null,
            $"Terms belong to a type that takes hours from its own balance: set balance to '{request.Code}'.");
        findings.Require(request.Told || request.BackDays == 0, "/backDays", request.BackDays, "Only what is told can be told for days back.");
        findings.Require(!request.Told || request.NoticeDays == 0, "/noticeDays", request.NoticeDays, "What is told has no notice.");
        findings.Require(!request.Told || !request.NeedsApproval, "/needsApproval", request.NeedsApproval, "What is told needs no approval.");
        return type => Apply(request, type);
    }

    /// <param name="active">Only those that can be asked for, or only those that cannot.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static Task<Ok<Page<LeaveTypeResponse>>> List(SetupCall call, bool? active = null, int? limit = null, string? after = null) =>
        PageOf(call.Db.LeaveTypes.Where(t => active == null || t.Active == active), limit, after, LeaveTypeResponse.From, call.Cancelled);

    private static void Apply(LeaveTypeRequest request, LeaveType type)
    {
        type.Name = request.Name;
        type.Treatment = request.Treatment!.Value; // validation saw to it
        type.Balance = request.Balance;
        type.Terms = request.Terms;
        type.NeedsApproval = request.NeedsApproval;
        type.NoticeDays = request.NoticeDays;
        type.HiddenReason = request.HiddenReason;
        type.PartDays = request.PartDays;
        type.Told = request.Told;
        type.BackDays = request.BackDays;
        type.Active = request.Active;
    }
}
