using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Setup.ActivityCodes;

internal sealed class ActivityCodeEndpoints() : SetupResource<OwnActivityCode, ActivityCodeRequest, ActivityCodeResponse>("activity code")
{
    private static readonly ActivityCodeRequest FirstAid = new()
    {
        Code = "first-aid",
        Name = "First aid course",
        Kind = ActivityKind.Training,
        Paid = true,
        CountsAsWorkingTime = true,
        PlannedShrinkage = true,
    };

    protected override SetupSummaries Summaries => new(
        List: "Lists activity codes in order of code: those every operation has, and its own.",
        Replace: "Replaces an activity code; the next roster, edit or placement reads it. Its kind never changes, and those built in do not change at all.",
        Delete: "Deletes an activity code that no shift and no activity has.");

    protected override (ActivityCodeRequest New, ActivityCodeRequest Known) Examples => (FirstAid, FirstAid with { Name = "First aid, two hours" });

    protected override string InsteadOfDeleting => "set active to false instead";

    protected override Delegate Listing => List;

    protected override ByKey Keyed => new("/{code}", Get, ReplaceOwn, DeleteOwn, [("code", FirstAid.Code)]);

    protected override string? HubOf(ActivityCodeRequest request) => null;

    protected override string? HubOf(OwnActivityCode entity) => null;

    protected override ActivityCodeResponse Answer(OwnActivityCode entity) => ActivityCodeResponse.From(entity);

    protected override OwnActivityCode Make(ActivityCodeRequest request) => new() { Code = request.Code, Name = request.Name };

    protected override Task<Action<OwnActivityCode>> Check(ActivityCodeRequest request, OwnActivityCode? current, SetupCall call, Findings findings)
    {
        findings.Require(
            current is not null || !IsBuiltIn(request.Code), "/code", request.Code, $"There is an activity code '{request.Code}' already, built in.");
        findings.Require(request.Code != ActivityKinds.Gap, "/code", request.Code, "'gap' is the time between the parts of a split shift, and no activity.");
        if (request.Kind is { } kind)
        {
            findings.Require(kind != ActivityKind.Work, "/kind", kind, "Work has one code, 'work', and is told apart by skill groups.");
            findings.Require(
                current is null || current.Kind == kind, "/kind", kind, $"The kind cannot change: '{request.Code}' is {current?.Kind}; make another code.");
            if (ActivityCode.WhyNot(kind, request.Paid, request.CountsAsWorkingTime) is { } reason)
            {
                findings.Add("/countsAsWorkingTime", request.CountsAsWorkingTime, reason);
            }
        }

        return Task.FromResult<Action<OwnActivityCode>>(code =>
        {
            (code.Name, code.Kind, code.Paid, code.CountsAsWorkingTime) = (request.Name, request.Kind!.Value, request.Paid, request.CountsAsWorkingTime);
            (code.PlannedShrinkage, code.Protected, code.Active) = (request.PlannedShrinkage, request.Protected, request.Active);
        });
    }

    /// <param name="kind">Only codes of this kind.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<ActivityCodeResponse>>> List(
        SetupCall call, QueryEnum<ActivityKind>? kind = null, int? limit = null, string? after = null)
    {
        var (take, key) = (Paging.Limit(limit), Paging.Key(after));
        var own = await call.Db.ActivityCodes.AsNoTracking().ToListAsync(call.Cancelled); // some dozens
        var all = ActivityCatalog.StandardCodes.Select(c => ActivityCodeResponse.From(c)).Concat(own.Select(c => ActivityCodeResponse.From(c)))
            .Where(c => (kind is null || c.Kind == kind.Value.Value) && (key is null || string.CompareOrdinal(c.Code, key) > 0))
            .OrderBy(c => c.Code, StringComparer.Ordinal).Take(take + 1).ToList();
        return TypedResults.Ok(all.ToPage(take, c => c.Code, c => c));
    }

    private async Task<Ok<ActivityCodeResponse>> Get(string code, SetupCall call)
    {
        if (ActivityCatalog.StandardCodes.FirstOrDefault(c => c.Code == code) is { } standard)
        {
            var answer = ActivityCodeResponse.From(standard);
            call.Http.Response.Headers.ETag = answer.Etag;
            return TypedResults.Ok(answer);
        }

        return Read(await call.Db.ActivityCodes.AsNoTracking().ByCode("activity code", code, call.Cancelled), call);
    }

    private async Task<Ok<ActivityCodeResponse>> ReplaceOwn(string code, ActivityCodeRequest request, SetupCall call, Findings findings) =>
        await Change(await Own(code, call), request, call, findings);

    private async Task<NoContent> DeleteOwn(string code, SetupCall call) => await Remove(await Own(code, call), call);

    private static async Task<OwnActivityCode> Own(string code, SetupCall call) => IsBuiltIn(code)
        ? throw ProblemException.Conflict($"Activity code '{code}' is built in: templates, rules and searches name it. Make a code of your own.")
        : await call.Db.ActivityCodes.ByCode("activity code", code, call.Cancelled);

    private static bool IsBuiltIn(string code) => ActivityCatalog.StandardCodes.Any(c => c.Code == code);
}

/// <summary>Shifts whose activities, kept as text, name a code.</summary>
internal static class ShiftsWithCode
{
    public static async Task<int> Count(WfmDbContext db, OwnActivityCode code, CancellationToken cancellationToken)
    {
        var pattern = $"%\"{code.Code}\"%";
        return await db.Database.SqlQuery<int>($"SELECT CAST(COUNT(*) AS integer) AS \"Value\" FROM shifts WHERE activities LIKE {pattern}")
            .SingleAsync(cancellationToken);
    }
}
