using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Wfm.Api.Hosting;

/// <summary>An example of an operation that works against the sample operation.</summary>
internal sealed record OperationExample(object? Body, IReadOnlyList<(string Name, string Value)> Parameters);

internal static class OpenApiExamples
{
    /// <param name="body">Example body.</param>
    /// <param name="path">Example values of path and query parameters.</param>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder endpoint, object? body = null, params (string Name, string Value)[] path) =>
        endpoint.WithMetadata(new OperationExample(body, path));

    /// <inheritdoc cref="WithExample(RouteHandlerBuilder, object, ValueTuple{string, string}[])"/>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder endpoint, (string Name, string Value) path) =>
        endpoint.WithMetadata(new OperationExample(null, [path]));

    /// <summary>Writes the example of an endpoint into its operation.</summary>
    internal sealed class Filter : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<OperationExample>().FirstOrDefault() is not { } example)
            {
                return;
            }

            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            {
                if (example.Parameters.FirstOrDefault(p => p.Name == parameter.Name).Value is { } value)
                {
                    parameter.Example = JsonValue.Create(value);
                }
            }

            foreach (var content in operation.RequestBody?.Content?.Values.OfType<OpenApiMediaType>() ?? [])
            {
                content.Example = example.Body is null ? null : JsonSerializer.SerializeToNode(example.Body, example.Body.GetType(), RequestJson.Options);
            }
        }
    }
}
