using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.Agents;

/// <summary>Agents as CSV: lists between semicolons (quoted where semicolons separate the columns), skills as <c>group:proficiency</c>, windows as
/// <c>mon-fri 08:00-18:00</c>, later contracts as <c>contract:date</c>.</summary>
internal static class AgentCsv
{
    public const string Example = "code,name,hub,contract,employed_from,skills,availability,opt_out_groups,preferred_templates,preferred_days_off,active\n"
        + "dub-902,Alex Example,dub,dub-part,2026-01-05,live-en:0.95;policy-en:0.8,mon-fri 08:00-23:00,child-safety,dub-day,sat;sun,true\n";

    /// <summary>One column after the other: what it is called in JSON, and how its text reads there. An absent column is an absent member.</summary>
    private static readonly (string Column, string Member, Func<string, Findings, JsonNode?> Read)[] Columns =
    [
        ("code", "code", (text, _) => text),
        ("name", "name", (text, _) => text),
        ("hub", "hub", (text, _) => text),
        ("contract", "contract", (text, _) => text),
        ("contracts", "contracts", (text, findings) => List(text, item => Term(item, findings))),
        ("employed_from", "employedFrom", (text, _) => text.Length == 0 ? null : text),
        ("employed_to", "employedTo", (text, _) => text.Length == 0 ? null : text),
        ("skills", "skills", Skills),
        ("availability", "availability", Availability),
        ("opt_out_groups", "optOutGroups", (text, _) => List(text, item => [item])),
        ("preferred_templates", "preferredTemplates", (text, _) => List(text, item => [item])),
        ("preferred_days_off", "preferredDaysOff", (text, findings) => List(text, item => Days(item, findings))),
        ("active", "active", (text, findings) => Active(text, findings)),
    ];

    public static CsvShape<JsonObject> Shape { get; } = new(["code"], [.. Columns.Skip(1).Select(c => c.Column)], Read);

    /// <summary>The members the row's columns give; a text that cannot be read is a finding, and its member is left out.</summary>
    private static JsonObject Read(Func<string, string?> field, Findings findings)
    {
        var agent = new JsonObject(new JsonNodeOptions { PropertyNameCaseInsensitive = true });
        foreach (var (column, member, read) in Columns)
        {
            var before = findings.All.Count;
            if (field(column) is { } text && read(text, findings) is var value && findings.All.Count == before)
            {
                agent[member] = value;
            }
        }

        return agent;
    }

    private static JsonArray List(string text, Func<string, IEnumerable<JsonNode?>> read) =>
        [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(read)];

    /// <summary>Skills as <c>live-en:0.95;policy-en:0.8</c>.</summary>
    public static JsonArray Skills(string text, Findings findings) => List(text, item => Skill(item, findings));

    /// <summary>Windows as <c>mon-fri 08:00-18:00;sat 09:00-12:00</c>.</summary>
    public static JsonArray Availability(string text, Findings findings) => List(text, item => Windows(item, findings));

    public static JsonNode Active(string text, Findings findings)
    {
        findings.Require(text is "" or "true" or "false", "/active", text, $"true or false is needed, '{text}' is not.");
        return text != "false";
    }

    private static IEnumerable<JsonNode?> Skill(string text, Findings findings)
    {
        if (text.Split(':') is [var group, var number] && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var proficiency))
        {
            return [new JsonObject { ["group"] = group, ["proficiency"] = proficiency }];
        }

        findings.Add("/skills", text, $"A skill such as live-en:0.95 is needed, '{text}' is not.");
        return [];
    }

    private static IEnumerable<JsonNode?> Term(string text, Findings findings)
    {
        if (text.Split(':') is [var contract, var from])
        {
            return [new JsonObject { ["contract"] = contract, ["from"] = from }];
        }

        findings.Add("/contracts", text, $"A contract and its first day such as dub-part:2027-01-01 are needed, '{text}' is not.");
        return [];
    }

    private static IEnumerable<JsonNode?> Windows(string text, Findings findings)
    {
        var windows = WeeklyText.Windows(text);
        findings.Require(windows is not null, "/availability", text, $"A window such as mon-fri 08:00-18:00 is needed, '{text}' is not.");
        return (windows ?? []).Select(window => JsonSerializer.SerializeToNode(window, RequestJson.Options));
    }

    private static IEnumerable<JsonNode?> Days(string text, Findings findings)
    {
        var days = WeeklyText.Days(text);
        findings.Require(days is not null, "/preferredDaysOff", text, $"A day such as mon or days such as mon-fri are needed, '{text}' is not.");
        return (days ?? []).Select(day => JsonSerializer.SerializeToNode(day, RequestJson.Options));
    }
}
