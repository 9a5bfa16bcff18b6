using System.Collections.Frozen;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Wfm.Api.Http;

/// <summary>Refuses query parameters that an operation does not have, as unknown members of bodies are refused: a filter spelled wrong must not answer
/// everything.</summary>
internal sealed class KnownParameters(RequestDelegate next, IApiDescriptionGroupCollectionProvider descriptions)
{
    /// <summary>Query parameters by operation, as the OpenAPI document has them.</summary>
    private readonly Lazy<FrozenDictionary<string, string[]>> _known = new(() =>
        descriptions.ApiDescriptionGroups.Items.SelectMany(g => g.Items).Where(d => NameOf(d.ActionDescriptor.EndpointMetadata) is not null)
            .ToFrozenDictionary(
                d => NameOf(d.ActionDescriptor.EndpointMetadata)!,
                d => d.ParameterDescriptions.Where(p => p.Source == BindingSource.Query).Select(p => p.Name).ToArray()));

    public Task Invoke(HttpContext context)
    {
        if (
            context.Request.Query.Count > 0
            && context.GetEndpoint() is { } endpoint
            && NameOf(endpoint.Metadata) is { } name
            && _known.Value.TryGetValue(name, out var known))
        {
            var unknown = context.Request.Query.Keys.Except(known, StringComparer.OrdinalIgnoreCase).ToArray();
            if (unknown.Length > 0)
            {
                var there = known.Length == 0 ? "it has none" : $"there are {string.Join(", ", known)}";
                throw new ProblemException(
                    StatusCodes.Status400BadRequest,
                    $"This operation has no parameter {string.Join(", ", unknown.Select(u => $"'{u}'"))}; {there}.",
                    unknown.ToDictionary(u => u, u => new[] { $"There is no parameter '{u}' here; {there}." }));
            }
        }

        return next(context);
    }

    private static string? NameOf(IEnumerable<object> metadata) => metadata.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName;
}
