using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Wfm.Api.Features.Setup;

/// <summary>Everything a kind of set-up is called, from what people call one.</summary>
/// <param name="name">Such as "shift template".</param>
internal sealed class ResourceNames(string name)
{
    public string Name => name;

    /// <summary>"a shift template", "an agent".</summary>
    public string One => ("aeiou".Contains(name[0], StringComparison.Ordinal) ? "an " : "a ") + name;

    /// <summary>"shift templates".</summary>
    public string Many { get; } = name.EndsWith('y') ? name[..^1] + "ies" : name + "s";

    /// <summary>"Shift template".</summary>
    public string Title => Capital(name);

    /// <summary>"Shift templates".</summary>
    public string Tag => Capital(Many);

    /// <summary>"/api/v1/shift-templates".</summary>
    public string Path => "/api/v1/" + Many.Replace(' ', '-');

    /// <summary>"ShiftTemplate".</summary>
    public string Operation => Pascal(name);

    /// <summary>"ShiftTemplates".</summary>
    public string Operations => Pascal(Many);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Pascal(string text) => string.Concat(text.Split(' ').Select(Capital));

    /// <summary>Says whose code a path asks for: the handlers are the same for every kind.</summary>
    internal sealed class Filter : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ResourceNames>().FirstOrDefault() is not { } names)
            {
                return;
            }

            foreach (
                var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>()
                    .Where(p => p is { Name: "code", In: ParameterLocation.Path, Description: null or "" }))
            {
                parameter.Description = $"Code of the {names.Name}.";
            }
        }
    }
}
