using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Json;
using Wfm.Api.Security;

namespace Wfm.Api.Commands.Month;

/// <summary>Calls of the API with one key.</summary>
internal sealed class MonthClient : IDisposable
{
    private const int PageSize = 1000;
    private readonly HttpClient _http;

    /// <param name="address">Of the server.</param>
    /// <param name="key">The key.</param>
    public MonthClient(Uri address, string key)
    {
        _http = new HttpClient { BaseAddress = new Uri(address, "/api/v1/") };
        _http.DefaultRequestHeaders.Add(ApiKeyAuthentication.Header, key);
    }

    /// <param name="path">What follows <c>/api/v1/</c>.</param>
    /// <exception cref="InvalidOperationException">It is no success.</exception>
    public async Task<JsonNode> Get(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(At(path), cancellationToken);
        return JsonNode.Parse(await Taken(path, response, cancellationToken))!;
    }

    /// <summary>All items of a list, page by page.</summary>
    /// <param name="path">With its query, if any.</param>
    public async Task<List<JsonNode>> List(string path, CancellationToken cancellationToken)
    {
        var (items, first) = (new List<JsonNode>(), $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={PageSize}");
        for (var next = first; next is not null;)
        {
            var page = await Get(next, cancellationToken);
            items.AddRange(page["items"]!.AsArray().Select(i => i!));
            next = (string?)page["next"] is { } after ? $"{first}&after={Uri.EscapeDataString(after)}" : null;
        }

        return items;
    }

    /// <summary>Sends something that may be refused.</summary>
    /// <returns>The answer; null where it was refused.</returns>
    /// <exception cref="InvalidOperationException">It failed for another reason than a rule or a conflict.</exception>
    public async Task<JsonNode?> Try(string path, object body, CancellationToken cancellationToken, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, At(path));
        request.Content = JsonContent.Create(body, options: WfmJson.Options);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity or HttpStatusCode.NotFound)
        {
            return null;
        }

        var text = await Taken(path, response, cancellationToken);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text);
    }

    /// <summary>Sends rows as a text that has to be taken.</summary>
    /// <param name="mediaType">Of the text, such as <c>text/csv</c>.</param>
    public async Task<JsonNode> Import(string path, string mediaType, string text, CancellationToken cancellationToken)
    {
        using var content = new StringContent(text, System.Text.Encoding.UTF8, mediaType);
        using var response = await _http.PostAsync(At(path), content, cancellationToken);
        return JsonNode.Parse(await Taken(path, response, cancellationToken))!;
    }

    /// <summary>Takes something away that is there.</summary>
    public async Task Delete(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.DeleteAsync(At(path), cancellationToken);
        await Taken(path, response, cancellationToken);
    }

    /// <summary>Sends something that has to be taken.</summary>
    public async Task<JsonNode> Post(string path, object body, CancellationToken cancellationToken, string? ifMatch = null) =>
        await Try(path, body, cancellationToken, ifMatch) ?? throw new InvalidOperationException($"{path} was refused.");

    public void Dispose() => _http.Dispose();

    // A path such as worked-shifts:import would be taken for an address of that scheme.
    private static Uri At(string path) => new($"./{path}", UriKind.Relative);

    private static async Task<string> Taken(string path, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {text}");
    }
}
