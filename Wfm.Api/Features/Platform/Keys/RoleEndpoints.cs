using System.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Setup;
using Wfm.Api.Http;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Platform.Keys;

/// <summary>Roles: those that every store has, listed, and sets of permissions of one's own.</summary>
internal sealed class RoleEndpoints() : SetupResource<CustomRole, RoleRequest, RoleResponse>("role")
{
    private static readonly RoleRequest Scheduler = new()
    {
        Code = "night-scheduler",
        Name = "Rosters at night",
        Permissions = [Permission.ReadSetup, Permission.ReadPeople, Permission.ReadPlans, Permission.ReadRosters, Permission.WriteRosters, Permission.ReadJobs],
    };

    protected override Permission Reading => Permission.ManageKeys;

    protected override Permission Writing => Permission.ManageKeys;

    protected override SetupSummaries Summaries => new(
        List: "Lists roles in order of code, built-in ones too.",
        Create: "Creates a role out of permissions that the caller holds; keys may name it.",
        Replace: "Replaces a role of one's own; its keys may do what it says from the next request on.",
        Delete: "Deletes a role of one's own that no working key names.");

    protected override (RoleRequest New, RoleRequest Known) Examples => (Scheduler, Scheduler);

    protected override Delegate Listing => List;

    protected override ByKey Keyed => new("/{code}", Get, Replace, Delete, [("code", Scheduler.Code)]);

    protected override string? HubOf(RoleRequest request) => null;

    protected override string? HubOf(CustomRole entity) => null;

    protected override CustomRole Make(RoleRequest request) => new() { Code = request.Code, Name = request.Name };

    protected override RoleResponse Answer(CustomRole entity) => RoleResponse.From(entity);

    protected override Task<Action<CustomRole>> Check(RoleRequest request, CustomRole? current, SetupCall call, Findings findings)
    {
        findings.Require(!Roles.All.Contains(request.Code), "/code", request.Code, $"'{request.Code}' is a built-in role; choose another code.");
        ReferenceLists.CheckDistinct(findings, "/permissions", request.Permissions);
        findings.ThrowIfAny();
        Escalation.Refuse(call.User, $"Role '{request.Code}' as it is asked for", request.Permissions);
        Escalation.Refuse(call.User, $"Role '{request.Code}'", current?.Permissions ?? []);
        var before = current?.Permissions;
        return Task.FromResult<Action<CustomRole>>(role =>
        {
            (role.Name, role.Permissions, role.UpdatedBy) = (request.Name, [.. request.Permissions.Order()], call.User.KeyName());
            var log = call.Http.RequestServices.GetRequiredService<AccessLog>();
            if (before is null)
            {
                log.RoleMade(role.Code, call.User.KeyId(), role.Permissions);
            }
            else
            {
                log.RoleChanged(role.Code, call.User.KeyId(), before, role.Permissions);
            }
        });
    }

    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private async Task<Ok<Page<RoleResponse>>> List(SetupCall call, int? limit = null, string? after = null)
    {
        var (take, last) = (Paging.Limit(limit), Paging.Key(after));
        var own = await call.Db.CustomRoles.AsNoTracking().ToListAsync(call.Cancelled);
        var page = Roles.BuiltIn.Select(RoleResponse.From).Concat(own.Select(RoleResponse.From)).OrderBy(r => r.Code, StringComparer.Ordinal)
            .Where(r => last is null || string.CompareOrdinal(r.Code, last) > 0).Take(take + 1).ToList();
        return TypedResults.Ok(page.ToPage(take, r => r.Code, r => r));
    }

    private async Task<Ok<RoleResponse>> Get(string code, SetupCall call)
    {
        if (Roles.BuiltIn.FirstOrDefault(r => r.Code == code) is { } role)
        {
            var answer = RoleResponse.From(role);
            call.Http.Response.Headers.ETag = answer.Etag;
            return TypedResults.Ok(answer);
        }

        return Read(await Find(code, call), call);
    }

    private async Task<Ok<RoleResponse>> Replace(string code, RoleRequest request, SetupCall call, Findings findings) =>
        await Change(await Find(code, call), request, call, findings);

    private async Task<NoContent> Delete(string code, SetupCall call)
    {
        // A key made meanwhile would name a role that is gone: one of the two is told to repeat.
        await using var transaction = await call.Db.Database.BeginTransactionAsync(IsolationLevel.Serializable, call.Cancelled);
        var role = await Find(code, call);
        Escalation.Refuse(call.User, $"Role '{code}'", role.Permissions);
        var gone = await Remove(role, call);
        await transaction.CommitAsync(call.Cancelled);
        call.Http.RequestServices.GetRequiredService<AccessLog>().RoleDeleted(code, call.User.KeyId());
        return gone;
    }

    private static async Task<CustomRole> Find(string code, SetupCall call) => Roles.All.Contains(code)
        ? throw ProblemException.Conflict($"Role '{code}' is built in and cannot be changed; make one of your own with POST.")
        : await call.Db.CustomRoles.ByCode("role", code, call.Cancelled);
}
