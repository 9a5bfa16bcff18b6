using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Support;

/// <summary>A small operation with a published forecast, a requirement and a draft roster.</summary>
internal sealed record PlannedOperation(SmallOperation Operation, JsonNode Forecast, JsonNode Requirement, JsonNode Roster);

/// <summary>One planned operation a store kind on the shared server, for the tests that only read it.</summary>
internal static class PlannedOperations
{
    private static readonly ConcurrentDictionary<StoreKind, Lazy<Task<PlannedOperation>>> Planned = new();

    public static Task<PlannedOperation> Get(StoreKind kind, HttpClient client) =>
        Planned.GetOrAdd(kind, _ => new Lazy<Task<PlannedOperation>>(() => Plan(client))).Value;

    private static async Task<PlannedOperation> Plan(HttpClient client)
    {
        var operation = await SmallOperation.Create(client, "planned");
        return new PlannedOperation(operation, await operation.Forecast(), await operation.Requirement(), await operation.Roster());
    }
}
