using System.Runtime.CompilerServices;
using System.Text.Json;
using CsvHelper;
using Microsoft.Net.Http.Headers;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.Agents;

/// <summary>A row of an import: the agent, or what made it unreadable.</summary>
internal sealed record AgentRow(int Number, AgentRequest? Agent, Findings Findings, Func<string, string> FieldName);

/// <summary>Reads agents from JSON, NDJSON or CSV; a row that cannot be read is a row with findings.</summary>
internal static class AgentRows
{
    public const string Json = "application/json";
    public const string LineJson = "application/x-ndjson";
    public const string Csv = "text/csv";

    public static IAsyncEnumerable<AgentRow> Read(HttpRequest request, CancellationToken cancellationToken) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType.Value switch
        {
            Csv => FromCsv(request.Body, cancellationToken),
            LineJson => FromLines(request.Body, cancellationToken),
            _ => FromArray(request.Body, cancellationToken),
        }
        : FromArray(request.Body, cancellationToken);

    private static async IAsyncEnumerable<AgentRow> FromArray(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var document = await Parse(body, cancellationToken);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "A JSON array of agents is needed; for one agent a line send application/x-ndjson.");
        }

        var number = 0;
        foreach (var element in document.RootElement.EnumerateArray())
        {
            yield return FromJson(++number, () => element.Deserialize<AgentRequest>(RequestJson.Options));
        }
    }

    private static async Task<JsonDocument> Parse(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        }
        catch (JsonException e)
        {
            var (detail, errors) = JsonProblems.Describe(e);
            throw new ProblemException(StatusCodes.Status400BadRequest, $"{detail} Nothing was stored.", errors);
        }
    }

    private static async IAsyncEnumerable<AgentRow> FromLines(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(body);
        var number = 0;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return FromJson(++number, () => JsonSerializer.Deserialize<AgentRequest>(line, RequestJson.Options));
            }
        }
    }

    private static AgentRow FromJson(int number, Func<AgentRequest?> read)
    {
        var findings = new Findings();
        try
        {
            var agent = read();
            findings.Require(agent is not null, "/", null, "A row is null.");
            return new AgentRow(number, agent, findings, pointer => pointer);
        }
        catch (JsonException e)
        {
            foreach (var (field, reasons) in JsonProblems.Describe(e).Errors)
            {
                findings.Add(field, null, reasons[0]);
            }

            return new AgentRow(number, null, findings, pointer => pointer);
        }
    }

    private static async IAsyncEnumerable<AgentRow> FromCsv(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = CsvReader.Create(body, CsvReaderOptions.Default with { Separator = ',', MaxRecordSize = 1 << 16 });
        var (number, columns) = (0, (AgentCsv?)null);
        while (true)
        {
            var (read, broken) = await Next(reader, cancellationToken);
            var findings = new Findings();
            if (broken is not null)
            {
                findings.Add("row", null, $"The file cannot be read on from here: {broken}");
                yield return new AgentRow(++number, null, findings, AgentCsv.ColumnOf);
            }

            if (!read)
            {
                yield break;
            }

            columns ??= AgentCsv.Of(reader);
            yield return new AgentRow(++number, columns.Read(reader, findings), findings, AgentCsv.ColumnOf);
        }
    }

    private static async Task<(bool Read, string? Broken)> Next(CsvReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return (await reader.ReadAsync(cancellationToken), null);
        }
        catch (CsvFormatException e)
        {
            return (false, e.Message);
        }
    }
}
