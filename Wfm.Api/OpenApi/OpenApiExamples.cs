using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using NodaTime;
using NodaTime.Text;
using Swashbuckle.AspNetCore.SwaggerGen;
using Wfm.Api.Http;

namespace Wfm.Api.OpenApi;

/// <summary>An example of an operation that works against the sample operation.</summary>
internal sealed record OperationExample(object? Body, IReadOnlyList<(string Name, string Value)> Parameters);

/// <summary>An example that works on any day: of what was or is to come, seen from the day on which the document is read.</summary>
/// <param name="On">The example on a day, UTC.</param>
internal sealed record DatedExample(Func<LocalDate, OperationExample> On);

/// <summary>An example body that is not JSON.</summary>
/// <param name="On">The example on a day, UTC.</param>
internal sealed record TextExample(string ContentType, Func<LocalDate, string> On);

internal static class OpenApiExamples
{
    /// <summary>An example of a body that is not JSON.</summary>
    public static RouteHandlerBuilder WithTextExample(this RouteHandlerBuilder endpoint, string contentType, string text) =>
        endpoint.WithDatedTextExample(contentType, _ => text);

    /// <summary>The same with dates that move with the clock.</summary>
    public static RouteHandlerBuilder WithDatedTextExample(this RouteHandlerBuilder endpoint, string contentType, Func<LocalDate, string> on) =>
        endpoint.WithMetadata(new TextExample(contentType, on));

    /// <summary>A list of rows as the body, of each kind of file that imports read.</summary>
    /// <param name="row">A row that works on the sample operation.</param>
    /// <param name="csv">It as CSV with its header.</param>
    public static RouteHandlerBuilder WithRows<T>(this RouteHandlerBuilder endpoint, Func<LocalDate, object> row, Func<LocalDate, string> csv)
        where T : class => endpoint.Accepts<List<T>>(ImportRows.Json, ImportRows.LineJson, ImportRows.Csv)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(ImportRows.MaximumBytes))
            .WithDatedExample(today => new OperationExample(new[] { row(today) }, [])).WithDatedTextExample(ImportRows.Csv, csv)
            .WithDatedTextExample(ImportRows.LineJson, today => JsonSerializer.Serialize(row(today), RequestJson.Options) + "\n");

    /// <param name="body">Example body.</param>
    /// <param name="path">Example values of path and query parameters.</param>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder endpoint, object? body = null, params (string Name, string Value)[] path) =>
        endpoint.WithMetadata(new OperationExample(body, path));

    /// <summary>An example whose dates move with the clock.</summary>
    public static RouteHandlerBuilder WithDatedExample(this RouteHandlerBuilder endpoint, Func<LocalDate, OperationExample> on) =>
        endpoint.WithMetadata(new DatedExample(on));

    /// <summary>Midnight UTC as a request writes it.</summary>
    public static string Midnight(LocalDate date) => InstantPattern.General.Format(date.AtMidnight().InUtc().ToInstant());

    /// <summary>The day on which examples are read.</summary>
    public static LocalDate Today(this IClock clock) => clock.GetCurrentInstant().InUtc().Date;

    /// <inheritdoc cref="WithExample(RouteHandlerBuilder, object, ValueTuple{string, string}[])"/>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder endpoint, (string Name, string Value) path) =>
        endpoint.WithMetadata(new OperationExample(null, [path]));

    /// <summary>Writes the example of an endpoint into its operation.</summary>
    internal sealed class Filter(IClock clock) : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            foreach (var text in context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<TextExample>())
            {
                if (operation.RequestBody?.Content?.TryGetValue(text.ContentType, out var media) == true && media is OpenApiMediaType described)
                {
                    (described.Schema, described.Example) = (new OpenApiSchema { Type = JsonSchemaType.String }, JsonValue.Create(text.On(clock.Today())));
                }
            }

            var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
            var dated = metadata.OfType<DatedExample>().FirstOrDefault()?.On(clock.Today());
            if ((dated ?? metadata.OfType<OperationExample>().FirstOrDefault()) is not { } example)
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

            foreach (
                var content in (operation.RequestBody?.Content ?? new Dictionary<string, IOpenApiMediaType>()).Where(c => c.Key == "application/json")
                    .Select(c => c.Value).OfType<OpenApiMediaType>())
            {
                content.Example = example.Body is null ? null : JsonSerializer.SerializeToNode(example.Body, example.Body.GetType(), RequestJson.Options);
            }
        }
    }
}
