using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Wfm.Benchmarks.Volumes;

/// <summary>A client of a server in a process of its own; whatever is no success ends the benchmark.</summary>
internal sealed class BenchmarkClient : IDisposable
{
    private readonly HttpClient _client;

    public BenchmarkClient(Uri address)
    {
        _client = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.Add("X-Api-Key", BenchmarkServer.Key);
    }

    /// <param name="resource">What follows <c>/api/v1/</c>.</param>
    public async Task<JsonObject> Post(string resource, object body, CancellationToken cancellationToken)
    {
        using var response = await _client.PostAsJsonAsync(Of(resource), body, cancellationToken);
        return await Read(response, resource, cancellationToken);
    }

    /// <inheritdoc cref="Post"/>
    public async Task<JsonObject> Get(string resource, CancellationToken cancellationToken)
    {
        using var response = await _client.GetAsync(Of(resource), cancellationToken);
        return await Read(response, resource, cancellationToken);
    }

    /// <returns>The body as it is, and the headers that another server would have to send to answer the same.</returns>
    public async Task<(byte[] Body, IReadOnlyList<string> Headers)> GetBytes(string resource, CancellationToken cancellationToken)
    {
        using var response = await _client.GetAsync(Of(resource), cancellationToken);
        response.EnsureSuccessStatusCode();
        return (
            await response.Content.ReadAsByteArrayAsync(cancellationToken),
            [
                .. response.Headers.Concat(response.Content.Headers).Where(h => h.Key is not ("Date" or "Transfer-Encoding" or "Content-Length"))
                    .Select(h => $"{h.Key}: {string.Join(", ", h.Value)}"),
            ]);
    }

    /// <summary>Follows the job of an answer to its end.</summary>
    /// <returns>The job, which has succeeded.</returns>
    public async Task<JsonObject> Finish(JsonObject accepted, CancellationToken cancellationToken)
    {
        var path = ((string?)accepted["job"] ?? throw new InvalidOperationException("No job."))["/api/v1/".Length..];
        while (true)
        {
            var job = await Get(path, cancellationToken);
            switch ((string?)job["state"])
            {
                case "succeeded":
                    return job;
                case "failed" or "cancelled":
                    throw new InvalidOperationException($"The job ended badly: {job}");
                default:
                    await Task.Delay(100, cancellationToken);
                    break;
            }
        }
    }

    public async Task Import(string csv, CancellationToken cancellationToken)
    {
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        using var response = await _client.PostAsync(Of("volumes:import"), content, cancellationToken);
        var report = await Read(response, "volumes:import", cancellationToken);
        if (report["rejected"]?.GetValue<long>() != 0)
        {
            throw new InvalidOperationException($"The import answered {report}");
        }
    }

    public void Dispose() => _client.Dispose();

    private static Uri Of(string resource) => new($"/api/v1/{resource}", UriKind.Relative);

    private static async Task<JsonObject> Read(HttpResponseMessage response, string resource, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)!.AsObject()
            : throw new InvalidOperationException($"{resource} answered {(int)response.StatusCode}: {text[..Math.Min(2000, text.Length)]}");
    }
}
