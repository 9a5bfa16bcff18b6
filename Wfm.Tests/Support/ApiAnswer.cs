using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wfm.Api.Http;

namespace Wfm.Tests.Support;

/// <summary>An answer of the API with its body read.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Request)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string ETag => Headers.ETag?.Tag ?? throw new InvalidOperationException($"{Request} answered {(int)Status} without ETag: {Text}");

    public string[] ErrorFields => Json["errors"] is JsonObject errors ? [.. errors.Select(e => e.Key)] : [];

    public string ErrorOf(string field) => Json["errors"]?[field]?[0]?.GetValue<string>() ?? $"no error of {field} in {Text}";

    public ApiAnswer Is(HttpStatusCode status)
    {
        Status.Should().Be(status, $"{Request} answered: {Text}");
        if ((int)status >= 400)
        {
            ContentHeaders.ContentType?.MediaType.Should().Be("application/problem+json", $"{Request} answered: {Text}");
            ((int?)Json["status"]).Should().Be((int)status);
            ((string?)Json["traceId"]).Should().NotBeNullOrEmpty();
        }

        return this;
    }
}

internal static class ApiCalls
{
    /// <param name="body">An object for JSON, or an <see cref="HttpContent"/>; null sends none.</param>
    public static async Task<ApiAnswer> Call(
        this HttpClient client, HttpMethod method, string path, object? body = null, string? ifMatch = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body as HttpContent ?? (body is null ? null
            : new StringContent(body as string ?? JsonSerializer.Serialize(body, body.GetType(), RequestJson.Options), Encoding.UTF8, "application/json"));
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        return new ApiAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers, $"{method} {path}");
    }

    public static Task<ApiAnswer> Get(this HttpClient client, string path) => client.Call(HttpMethod.Get, path);

    public static Task<ApiAnswer> Post(this HttpClient client, string path, object body) => client.Call(HttpMethod.Post, path, body);

    public static Task<ApiAnswer> Put(this HttpClient client, string path, object body, string? ifMatch) => client.Call(HttpMethod.Put, path, body, ifMatch);

    public static Task<ApiAnswer> Delete(this HttpClient client, string path, string? ifMatch = null) => client.Call(HttpMethod.Delete, path, null, ifMatch);
}
