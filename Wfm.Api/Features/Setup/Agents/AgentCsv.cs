using System.Globalization;
using System.Text.Json;
using CsvHelper;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.Agents;

/// <summary>Agents as CSV: lists between semicolons, skills as <c>group:proficiency</c>, windows as <c>mon-fri 08:00-18:00</c>.</summary>
internal sealed class AgentCsv
{
    public const string Example = "code,name,hub,contract,skills,availability,opt_out_groups,preferred_templates,preferred_days_off,active\n"
        + "dub-902,Alex Example,dub,dub-part,live-en:0.95;policy-en:0.8,mon-fri 08:00-23:00,child-safety,dub-day,sat;sun,true\n";

    private static readonly string[] Required = ["code", "name", "hub", "contract"];
    private static readonly string[] Optional = ["skills", "availability", "opt_out_groups", "preferred_templates", "preferred_days_off", "active"];

    private readonly Dictionary<string, int> _index;
    private readonly int _columns;

    private AgentCsv(Dictionary<string, int> index, int columns) => (_index, _columns) = (index, columns);

    /// <summary>The columns of a file. 400 when one is missing, unknown or there twice: a wrong header spoils every row.</summary>
    public static AgentCsv Of(CsvReader reader)
    {
        var headers = reader.Headers.Select(h => h.Trim()).ToArray();
        var wrong = Required.Except(headers).Select(h => $"'{h}' is missing")
            .Concat(headers.Except([.. Required, .. Optional]).Select(h => $"'{h}' is unknown"))
            .Concat(headers.CountBy(h => h).Where(h => h.Value > 1).Select(h => $"'{h.Key}' is there twice")).ToArray();
        return wrong.Length == 0 ? new AgentCsv(headers.Index().ToDictionary(h => h.Item, h => h.Index), headers.Length)
            : throw new ProblemException(
                StatusCodes.Status400BadRequest,
                $"The header cannot be used: column {string.Join(", ", wrong)}. Columns are {string.Join(", ", Required)} and, if you like, {string.Join(", ", Optional)}.");
    }

    /// <summary>Column of a JSON pointer: <c>/optOutGroups/1</c> is <c>opt_out_groups</c>.</summary>
    public static string ColumnOf(string pointer) => JsonNamingPolicy.SnakeCaseLower.ConvertName(pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? pointer);

    public AgentRequest? Read(CsvReader reader, Findings findings)
    {
        if (reader.FieldCount != _columns)
        {
            findings.Add("row", null, $"The row has {reader.FieldCount} fields, the header {_columns}.");
            return null;
        }

        var agent = new AgentRequest
        {
            Code = Text(reader, "code"),
            Name = Text(reader, "name"),
            Hub = Text(reader, "hub"),
            Contract = Text(reader, "contract"),
            Skills = [.. List(reader, "skills").Select(t => Skill(t, findings)).OfType<AgentSkillData>()],
            Availability = [.. List(reader, "availability").SelectMany(t => Windows(t, findings))],
            OptOutGroups = List(reader, "opt_out_groups"),
            PreferredTemplates = List(reader, "preferred_templates"),
            PreferredDaysOff = [.. List(reader, "preferred_days_off").SelectMany(t => DayRange(t, findings))],
            Active = Flag(Text(reader, "active"), findings),
        };
        return findings.Any ? null : agent;
    }

    private string Text(CsvReader reader, string column) => _index.TryGetValue(column, out var index) ? reader.GetString(index).Trim() : "";

    private List<string> List(CsvReader reader, string column) =>
        [.. Text(reader, column).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static bool Flag(string text, Findings findings)
    {
        findings.Require(text is "" or "true" or "false", "/active", text, $"true or false is needed, '{text}' is not.");
        return text != "false";
    }

    private static AgentSkillData? Skill(string text, Findings findings)
    {
        if (text.Split(':') is [var group, var number] && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var proficiency))
        {
            return new AgentSkillData(group, proficiency);
        }

        findings.Add("/skills", text, $"A skill such as live-en:0.95 is needed, '{text}' is not.");
        return null;
    }

    private static IReadOnlyList<OpeningWindow> Windows(string text, Findings findings) =>
        WeeklyText.Windows(text) ?? Missing<OpeningWindow>(findings, "/availability", text, $"A window such as mon-fri 08:00-18:00 is needed, '{text}' is not.");

    private static IReadOnlyList<IsoDayOfWeek> DayRange(string text, Findings findings) =>
        WeeklyText.Days(text) ?? Missing<IsoDayOfWeek>(findings, "/preferredDaysOff", text, $"A day such as mon or days such as mon-fri are needed, '{text}' is not.");

    private static T[] Missing<T>(Findings findings, string field, string text, string reason)
    {
        findings.Add(field, text, reason);
        return [];
    }
}
