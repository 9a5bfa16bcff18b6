using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Wfm.Tests.Support;

/// <summary>Files of rows as imports read them, and their reports in short.</summary>
internal static class RowFiles
{
    public static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    public static StringContent Lines(params string[] rows) => new(string.Join('\n', rows), Encoding.UTF8, "application/x-ndjson");

    /// <summary>Rows, accepted, created, updated, unchanged, rejected.</summary>
    public static int[] Counts(this ApiAnswer answer) =>
        [.. new[] { "rows", "accepted", "created", "updated", "unchanged", "rejectedRows" }.Select(name => (int)answer.Is(HttpStatusCode.OK).Json[name]!)];

    /// <summary>Row, field and code of each.</summary>
    public static string[] Rejections(this ApiAnswer answer) =>
        [.. List(answer, "rejected").Select(r => $"{r["row"]} {r["field"]} {r["code"]}")];

    public static string[] Outcomes(this ApiAnswer answer) => [.. List(answer, "results").Select(r => $"{r["row"]} {r["outcome"]}")];

    /// <summary>Row, code and count of each.</summary>
    public static string[] Notes(this ApiAnswer answer) =>
        [.. List(answer, "results").SelectMany(r => r["notes"]!.AsArray().Select(n => $"{r["row"]} {n!["code"]} {n["count"]}"))];

    /// <summary>Row, field, before and after of each.</summary>
    public static string[] Changes(this ApiAnswer answer) =>
        [.. List(answer, "results").SelectMany(r => r["changes"]!.AsArray().Select(c => $"{r["row"]} {c!["field"]}: {c["before"]} > {c["after"]}"))];

    private static IEnumerable<JsonNode> List(ApiAnswer answer, string name) => answer.Is(HttpStatusCode.OK).Json[name]!.AsArray().Select(i => i!);
}
