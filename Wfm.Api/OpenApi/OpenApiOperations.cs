using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Wfm.Api.Http;
using Wfm.Api.Idempotency;
using Wfm.Api.Json;
using Wfm.Api.Security;

namespace Wfm.Api.OpenApi;

/// <summary>What every operation says besides its own words: problems, headers, the permission it needs.</summary>
internal sealed class OpenApiOperations : IOperationFilter
{
    private static readonly (string Status, string Text, string[] Methods)[] Problems =
    [
        ("400", "The request could not be read: not JSON, an unknown or missing member, a wrong type. errors names the fields.", []),
        ("401", "No key, or one that is unknown, revoked or expired.", []),
        ("403", "The key may not do this, or not at this hub.", []),
        ("404", "There is no such thing.", []),
        ("409", "It exists already, is still referenced, or the state does not allow it.", ["POST", "PUT", "PATCH", "DELETE"]),
        ("412", "If-Match is stale: somebody changed it meanwhile.", ["PUT", "PATCH", "DELETE"]),
        ("413", "The body is too large.", ["POST", "PUT", "PATCH"]),
        ("415", "The Content-Type cannot be read here.", ["POST", "PUT", "PATCH"]),
        ("422", "The values can be read but not be used; errors names the fields as JSON pointers.", []),
        ("428", "If-Match is missing.", ["PUT"]),
        ("429", "Too many requests; Retry-After says how many seconds to wait.", []),
        ("503", "The store does not answer at the moment; Retry-After says how many seconds to wait.", []),
    ];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var method = context.ApiDescription.HttpMethod ?? "GET";
        var schema = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository);
        operation.Responses ??= [];
        foreach (var (status, text, methods) in Problems.Where(p => p.Methods.Length == 0 || p.Methods.Contains(method)))
        {
            operation.Responses.TryAdd(
                status, new OpenApiResponse
                {
                    Description = text,
                    Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
                    {
                        ["application/problem+json"] = new OpenApiMediaType { Schema = schema },
                    },
                });
        }

        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<Permission>().Cast<Permission?>().FirstOrDefault() is { } permission)
        {
            var roles = Roles.All.Where(r => Roles.Allows(r, permission)).Order();
            var name = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(permission.ToString());
            operation.Description = $"{operation.Description} Needs permission `{name}`: {string.Join(", ", roles)}.".TrimStart();
        }

        operation.Parameters ??= [];
        DescribeQueryValues(operation, context);
        var isOpen = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any();
        if (isOpen)
        {
            operation.Security = []; // instead of the document's
        }

        if (method == "POST" && !isOpen)
        {
            operation.Parameters.Add(
                Header(
                    IdempotencyMiddleware.Header, required: false,
                    "At most 200 characters of your choice: a repeat with the same key and body is given the first answer.", "3f1c9a52"));
        }

        if (TakesIfMatch(method, operation.Responses, context.ApiDescription.ActionDescriptor.EndpointMetadata))
        {
            operation.Parameters.Add(Header("If-Match", required: true, "ETag of the version that is changed, or *.", "*"));
        }
    }

    private static bool TakesIfMatch(string method, OpenApiResponses responses, IList<object> metadata) => metadata.OfType<NeedsIfMatch>().Any()
        || (method is "PUT" or "DELETE" && (responses.ContainsKey("200") || method == "DELETE") && !metadata.OfType<NoIfMatch>().Any());

    /// <summary>Enums, instants and dates bind from text; the document says which text.</summary>
    private static void DescribeQueryValues(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var method in context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<System.Reflection.MethodInfo>())
        {
            foreach (var parameter in method.GetParameters())
            {
                var schema = QuerySchema(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType);
                var described = operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(p => p.Name == parameter.Name);
                if (schema is not null && described is not null)
                {
                    described.Schema = schema;
                }
            }
        }
    }

    private static OpenApiSchema? QuerySchema(Type type) =>
        type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(QueryEnum<>)
            ? new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. EnumNames.Of(type.GenericTypeArguments[0]).Select(n => (JsonNode)JsonValue.Create(n)!)],
            }
        : type == typeof(QueryInstant) ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" }
        : type == typeof(QueryTime) ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "time" }
        : type == typeof(QueryDate) ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" }
        : null;

    private static OpenApiParameter Header(string name, bool required, string description, string example) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create(example),
    };
}

/// <summary>Marks a PUT or DELETE of something without versions.</summary>
internal sealed record NoIfMatch;

/// <summary>Marks a POST that changes a version somebody has read.</summary>
internal sealed record NeedsIfMatch;

/// <summary>An error, application/problem+json (RFC 9457).</summary>
internal sealed record Problem
{
    /// <summary>Address of the definition of the status.</summary>
    public string? Type { get; init; }

    /// <summary>The status in words.</summary>
    public string? Title { get; init; }

    /// <summary>HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>What was wrong, with the values, and what to try.</summary>
    public string? Detail { get; init; }

    /// <summary>Path of the request.</summary>
    public string? Instance { get; init; }

    /// <summary>Quote it when you report the problem; our logs have it.</summary>
    public string? TraceId { get; init; }

    /// <summary>Field (a JSON pointer into the body, or the name of a parameter) to what is wrong with it.</summary>
    public Dictionary<string, string[]>? Errors { get; init; }
}
