using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Setup;

/// <summary>A request that names what it makes or replaces.</summary>
public interface ISetupRequest
{
    /// <summary>Its code.</summary>
    string Code { get; }
}

/// <summary>One kind of thing that is set up: listed, read, created, replaced and deleted over HTTP, under its code.</summary>
/// <remarks>
/// A kind says what is its own: its checks, what a request writes, what an answer shows, whose it is. The rest is here once: versions (ETag, If-Match), codes
/// that
/// are taken, hubs a key may touch, findings all at once, references that forbid a deletion, paths and words of the OpenAPI document.
/// </remarks>
/// <param name="name">What people call one, such as "shift template"; path, tag and operations are named after it.</param>
internal abstract class SetupResource<TEntity, TRequest, TResponse>(string name)
    where TEntity : VersionedEntity
    where TRequest : class, ISetupRequest
    where TResponse : class, IVersionedResponse
{
    private readonly ResourceNames _names = new(name);

    protected virtual Permission Reading => Permission.ReadSetup;

    protected virtual Permission Writing => Permission.WriteSetup;

    /// <summary>True when a key limited to hubs reads only those of its hubs.</summary>
    protected virtual bool IsReadByHub => false;

    /// <summary>What to do with one that cannot be deleted; null when there is nothing to advise.</summary>
    protected virtual string? InsteadOfDeleting => null;

    protected abstract SetupSummaries Summaries { get; }

    /// <summary>Bodies that work on the sample operation: one that is new there, one that is there.</summary>
    protected abstract (TRequest New, TRequest Known) Examples { get; }

    /// <summary>Handler of the list: each kind has its own filters.</summary>
    protected abstract Delegate Listing { get; }

    /// <summary>What follows the path of the list for one of them, the handlers that read it, and an example.</summary>
    protected virtual ByKey Keyed => new("/{code}", Get, Replace, Delete, [("code", Examples.Known.Code)]);

    /// <summary>Maps the operations.</summary>
    public virtual RouteGroupBuilder Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(_names.Path).WithTags(_names.Tag).WithNotModified().WithMetadata(_names);
        var (summaries, keyed) = (Summaries, Keyed);
        Operation(group.MapGet("/", Listing), $"List{_names.Operations}", summaries.List ?? $"Lists {_names.Many} in order of code.", Reading);
        Operation(group.MapGet(keyed.Path, keyed.Get), $"Get{_names.Operation}", summaries.Get ?? $"Reads {_names.One}.", Reading)
            .WithExample(null, keyed.Example);
        Operation(group.MapPost("/", Create), $"Create{_names.Operation}", summaries.Create ?? $"Creates {_names.One}.", Writing).WithExample(Examples.New);
        Operation(group.MapPut(keyed.Path, keyed.Replace), $"Replace{_names.Operation}", summaries.Replace, Writing).WithExample(Examples.Known, keyed.Example);
        Operation(group.MapDelete(keyed.Path, keyed.Delete), $"Delete{_names.Operation}", summaries.Delete, Writing).WithExample(null, keyed.Example);
        return group;
    }

    /// <summary>All of them, with what an answer shows of others.</summary>
    protected virtual IQueryable<TEntity> All(WfmDbContext db) => db.Set<TEntity>();

    /// <summary>The hub whose it is; null for what all hubs share.</summary>
    protected abstract string? HubOf(TRequest request);

    /// <inheritdoc cref="HubOf(TRequest)"/>
    protected abstract string? HubOf(TEntity entity);

    /// <summary>Finds all that cannot be used.</summary>
    /// <param name="current">What is replaced; null when it is created.</param>
    /// <returns>Writes the request into an entity; called when nothing was found, by annotations neither.</returns>
    protected abstract Task<Action<TEntity>> Check(TRequest request, TEntity? current, SetupCall call, Findings findings);

    /// <summary>A new entity with what never changes.</summary>
    protected abstract TEntity Make(TRequest request);

    protected abstract TResponse Answer(TEntity entity);

    /// <summary>Finds the entity that stands where the request would create one.</summary>
    protected virtual Expression<Func<TEntity, bool>> SameAs(TRequest request) => e => e.Code == request.Code;

    /// <summary>What tells one from the others, as the path has it.</summary>
    protected virtual string KeyOf(TEntity entity) => entity.Code;

    /// <summary>False when nothing depends on this one, though others refer to its code.</summary>
    protected virtual Task<bool> IsNeeded(TEntity entity, SetupCall call) => Task.FromResult(true);

    protected static async Task<Ok<Page<TResponse>>> PageOf(
        IQueryable<TEntity> entities, int? limit, string? after, Func<TEntity, TResponse> answer, CancellationToken cancellationToken)
    {
        var take = Paging.Limit(limit);
        return TypedResults.Ok((await entities.PageByCode(after, take, cancellationToken)).ToPage(take, e => e.Code, answer));
    }

    private async Task<Ok<TResponse>> Get(string code, SetupCall call) => Read(await Find(code, All(call.Db).AsNoTracking(), call), call);

    protected Ok<TResponse> Read(TEntity entity, SetupCall call)
    {
        if (IsReadByHub)
        {
            Demand(call.User, HubOf(entity));
        }

        call.Http.Response.SetETag(entity);
        return TypedResults.Ok(Answer(entity));
    }

    private async Task<Created<TResponse>> Create([NotNull] TRequest request, SetupCall call, Findings findings)
    {
        if (!findings.Any)
        {
            Demand(call.User, HubOf(request));
            if (await call.Db.Set<TEntity>().AnyAsync(SameAs(request), call.Cancelled))
            {
                throw ProblemException.Conflict($"There is {_names.One} '{KeyOf(Make(request))}' already; change it with PUT.");
            }
        }

        var write = await Check(request, null, call, findings);
        findings.ThrowIfAny();
        var entity = Make(request);
        write(entity);
        entity.UpdatedAt = call.Now;
        call.Db.Add(entity);
        return TypedResults.Created($"{_names.Path}/{KeyOf(entity)}", await Save(entity, call));
    }

    private async Task<Ok<TResponse>> Replace(string code, [NotNull] TRequest request, SetupCall call, Findings findings) =>
        await Change(await Find(code, All(call.Db), call), request, call, findings);

    protected async Task<Ok<TResponse>> Change(TEntity entity, TRequest request, SetupCall call, Findings findings)
    {
        Demand(call.User, HubOf(entity));
        call.Http.Request.CheckIfMatch(entity);
        findings.Require(
            request.Code == entity.Code, "/code", request.Code, $"The code cannot change: the path says '{entity.Code}', the body '{request.Code}'.");
        var write = await Check(request, entity, call, findings);
        findings.ThrowIfAny();
        Demand(call.User, HubOf(request)); // moving somebody needs both hubs
        write(entity);
        entity.Touch(call.Now);
        return TypedResults.Ok(await Save(entity, call));
    }

    private async Task<NoContent> Delete(string code, SetupCall call) => await Remove(await Find(code, All(call.Db), call), call);

    protected async Task<NoContent> Remove(TEntity entity, SetupCall call)
    {
        Demand(call.User, HubOf(entity));
        call.Http.Request.CheckIfMatch(entity);
        if (await IsNeeded(entity, call) && await References.Describe(entity, call) is { } references)
        {
            throw ProblemException.Conflict(
                $"{_names.Title} '{KeyOf(entity)}' is still referenced by {references}{(InsteadOfDeleting is { } advice ? $"; {advice}" : "")}.");
        }

        call.Db.Remove(entity);
        await call.Db.SaveChangesAsync(call.Cancelled);
        return TypedResults.NoContent();
    }

    private async Task<TEntity> Find(string code, IQueryable<TEntity> entities, SetupCall call) => await entities.ByCode(name, code, call.Cancelled);

    private async Task<TResponse> Save(TEntity entity, SetupCall call)
    {
        await call.Db.SaveChangesAsync(call.Cancelled);
        await All(call.Db).Where(e => e.Id == entity.Id).LoadAsync(call.Cancelled); // what the answer shows of others
        call.Http.Response.SetETag(entity);
        return Answer(entity);
    }

    private static void Demand(ClaimsPrincipal user, string? hub)
    {
        if (hub is null)
        {
            user.DemandAllHubs();
        }
        else
        {
            user.DemandHub(hub);
        }
    }

    private static RouteHandlerBuilder Operation(RouteHandlerBuilder endpoint, string operation, string summary, Permission permission) =>
        endpoint.WithName(operation).WithSummary(summary).Requires(permission);

    /// <summary>Where one of them is found, who answers there, and an example of the key.</summary>
    protected sealed record ByKey(string Path, Delegate Get, Delegate Replace, Delegate Delete, (string Name, string Value)[] Example);
}

/// <summary>What the operations of a kind do, in a sentence each; null where there is nothing to add to the kind's name.</summary>
internal sealed record SetupSummaries(string Replace, string Delete, string? List = null, string? Get = null, string? Create = null);
