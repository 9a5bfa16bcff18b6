using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Wfm.Api.Http;

namespace Wfm.Api.OpenApi;

/// <summary>Two formats of one answer: the description of the JSON gets lost beside that of the CSV.</summary>
internal sealed class JsonBesideCsv : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (JsonOf(context.MethodInfo.ReturnType) is { } json && operation.Responses is { } responses
            && responses.TryGetValue("200", out var answer) && answer is OpenApiResponse { Content: { } content } && content.ContainsKey(ImportRows.Csv))
        {
            content[ImportRows.Json] = new OpenApiMediaType { Schema = context.SchemaGenerator.GenerateSchema(json, context.SchemaRepository) };
        }
    }

    /// <summary>What a handler answers with 200 or in another way; null when it has one way only.</summary>
    private static Type? JsonOf(Type type) => !type.IsGenericType ? null
        : type.GetGenericTypeDefinition() == typeof(Task<>) ? JsonOf(type.GenericTypeArguments[0])
        : type.GetGenericTypeDefinition() == typeof(Results<,>)
            ? Array.Find(type.GenericTypeArguments, t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(Ok<>))?.GenericTypeArguments[0]
        : null;
}
