using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Http;

namespace Wfm.Api.Features.People.Employment;

/// <summary>A row of a file of changes: what it says, and what it empties. What is absent or empty is in neither.</summary>
/// <remarks>An empty cell says nothing, as in the files of changes of personnel systems, which fill in what has changed and leave the rest blank;
/// what is to be emptied is said by the word <c>#NULL</c> (Oracle HCM Data Loader, “General Data Considerations”), in JSON by null.</remarks>
internal sealed class AgentChange
{
    /// <summary>The word of a cell that empties what is there.</summary>
    public const string Empty = "#NULL";

    private static readonly string[] Members =
        [.. typeof(AgentChangeRequest).GetProperties().Where(p => p.CanWrite).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))];

    private static readonly string[] CanBeEmpty = ["joined", "left", "skills", "availability"];

    private readonly HashSet<string> _emptied;

    private AgentChange(AgentChangeRequest told, HashSet<string> emptied) => (Told, _emptied) = (told, emptied);

    public AgentChangeRequest Told { get; }

    /// <summary>Whether it says when the employment begins or ends.</summary>
    public bool SaysEmployment => Says("joined", Told.Joined) || Says("left", Told.Left);

    public static CsvShape<JsonObject> Csv { get; } = new(
        ["code"], [.. Members.Where(m => m != "code").Select(CsvShape<JsonObject>.ColumnOf)], FromCells);

    /// <summary>The row; null with findings when it cannot be read.</summary>
    public static AgentChange? Read(JsonObject row, Findings findings)
    {
        var (given, emptied) = (new JsonObject(row.Options), new HashSet<string>(StringComparer.Ordinal));
        var told = findings.Read(() =>
        {
            foreach (var (name, value) in row)
            {
                var member = JsonNamingPolicy.CamelCase.ConvertName(name);
                findings.Require(Members.Contains(member), $"/{member}", null, $"There is no member '{member}' here.", FindingCodes.Unknown);
                var text = value is JsonValue single && single.TryGetValue<string>(out var said) ? said : null;
                if (value is null || text == Empty)
                {
                    emptied.Add(member);
                }
                else if (text is null || text.Trim().Length > 0)
                {
                    given[member] = value.DeepClone();
                }
            }

            return findings.Any ? null : given.Deserialize<AgentChangeRequest>(RequestJson.Options);
        });
        foreach (var member in emptied.Where(m => Members.Contains(m) && !CanBeEmpty.Contains(m)))
        {
            findings.Add($"/{member}", null, $"{member} cannot be emptied; leave it out to keep what is there.");
        }

        if (told is null || findings.Any)
        {
            return null;
        }

        Annotations.Check(told, "", findings);
        findings.Storable(told.Name, "/name");
        return new AgentChange(told, emptied);
    }

    /// <summary>The person as the row wants it.</summary>
    /// <param name="before">As it is; null for somebody new.</param>
    /// <param name="today">Local date at the hub.</param>
    public AgentRequest Apply(AgentRequest? before, LocalDate today, Findings findings)
    {
        var request = before ?? new AgentRequest { Code = Told.Code };
        if (before is null)
        {
            DemandAll(findings);
        }

        request = request with
        {
            Name = Told.Name ?? request.Name,
            Hub = Told.Hub ?? request.Hub,
            EmployedFrom = Says("joined", Told.Joined) ? Told.Joined : request.EmployedFrom,
            EmployedTo = Says("left", Told.Left) ? Told.Left : request.EmployedTo,
            Skills = Says("skills", Told.Skills) ? Told.Skills ?? [] : request.Skills,
            Availability = Says("availability", Told.Availability) ? Told.Availability ?? [] : request.Availability,
            Active = Told.Active ?? request.Active,
        };
        return Told.Contract is { } contract ? WithContract(request, contract, before is null, today, findings) : WithoutContract(request, findings);
    }

    /// <summary>True when a finding about a person is about what the row says, not about what is stored and was not right before.</summary>
    public bool Touches(string field)
    {
        string[] members = field.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["employedFrom" or "employedTo", ..] => ["joined", "left"],
            ["contracts", ..] => ["contract", "contractFrom"],
            [var member, ..] => [member],
            _ => [],
        };
        return members.Length == 0 || members.Any(m => _emptied.Contains(m) || ToldOf(m) is not null);
    }

    /// <summary>The field of the row that a field of the person comes from.</summary>
    public static string FieldOf(string field) => field.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["employedFrom", ..] => "/joined",
        ["employedTo", ..] => "/left",
        ["contracts", _, "from", ..] => "/contractFrom",
        ["contracts", ..] => "/contract",
        _ => field,
    };

    private object? ToldOf(string member) =>
        Array.Find(typeof(AgentChangeRequest).GetProperties(), p => p.Name.Equals(member, StringComparison.OrdinalIgnoreCase))?.GetValue(Told);

    private bool Says(string member, object? value) => value is not null || _emptied.Contains(member);

    private void DemandAll(Findings findings)
    {
        string[] missing =
            [.. new[] { ("name", (object?)Told.Name), ("hub", Told.Hub), ("contract", Told.Contract), ("joined", Told.Joined) }
                .Where(m => m.Item2 is null).Select(m => m.Item1)];
        foreach (var member in missing)
        {
            findings.Add(
                $"/{member}", null, $"There is no agent '{Told.Code}', and a new one needs name, hub, contract and joined.", FindingCodes.Unknown);
        }
    }

    private AgentRequest WithoutContract(AgentRequest request, Findings findings)
    {
        findings.Require(Told.ContractFrom is null, "/contract", null, $"Which contract begins on {Told.ContractFrom:uuuu-MM-dd}? Give contract too.");
        return request;
    }

    private AgentRequest WithContract(AgentRequest request, string contract, bool isNew, LocalDate today, Findings findings)
    {
        if (isNew)
        {
            findings.Require(
                !(Told.ContractFrom > Told.Joined), "/contractFrom", Told.ContractFrom,
                $"Somebody new needs the contract of the first day, {Told.Joined:uuuu-MM-dd}; send the one that follows in a row after it.");
            return request with { Contract = contract };
        }

        if (Told.ContractFrom is not { } from)
        {
            var known = ContractOn(request, LocalDate.Max(today, request.EmployedFrom ?? today));
            findings.Require(
                contract == known, "/contractFrom", null, $"From when? The contract is '{known}'; another one needs contractFrom, its first date.");
            return request;
        }

        var others = request.Contracts.FindAll(t => t.From != from);
        if (from <= request.EmployedFrom)
        {
            return request with { Contract = contract, Contracts = others.FindAll(t => t.From > from) };
        }

        var before = ContractOn(request, from.PlusDays(-1));
        return request with
        {
            Contracts = before == contract ? others : [.. others.Append(new ContractTermData(contract, from)).OrderBy(t => t.From)],
        };
    }

    private static string ContractOn(AgentRequest request, LocalDate date) =>
        request.Contracts.FindLast(t => t.From <= date)?.Contract ?? request.Contract;

    private static JsonObject FromCells(Func<string, string?> text, Findings findings)
    {
        var row = new JsonObject(new JsonNodeOptions { PropertyNameCaseInsensitive = true });
        foreach (var member in Members)
        {
            if (text(CsvShape<JsonObject>.ColumnOf(member)) is { Length: > 0 } cell)
            {
                row[member] = cell == Empty ? null : member switch
                {
                    "skills" => AgentCsv.Skills(cell, findings),
                    "availability" => AgentCsv.Availability(cell, findings),
                    "active" => AgentCsv.Active(cell, findings),
                    _ => cell,
                };
            }
        }

        return row;
    }

    /// <summary>The row of the examples.</summary>
    public static string ExampleText(LocalDate today) =>
        $"code,left,contract,contract_from\ndub-001,,dub-part,{LocalDatePattern.Iso.Format(today.PlusDays(60))}\n";
}
