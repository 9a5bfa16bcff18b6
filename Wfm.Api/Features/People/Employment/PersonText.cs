using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;

namespace Wfm.Api.Features.People.Employment;

/// <summary>A person in the words of a file, to be compared.</summary>
internal static class PersonText
{
    /// <summary>What differs, in the order of the columns.</summary>
    /// <param name="before">Null for somebody new.</param>
    /// <param name="fieldName">What the file calls the field of a JSON pointer.</param>
    public static List<RowChange> Changes(AgentRequest? before, AgentRequest after, Func<string, string> fieldName)
    {
        var (old, now) = (before is null ? [] : Texts(before), Texts(after));
        return
        [
            .. now.Where(n => old.GetValueOrDefault(n.Key) != n.Value)
                .Select(n => new RowChange(fieldName($"/{n.Key}"), old.GetValueOrDefault(n.Key), n.Value)),
        ];
    }

    private static Dictionary<string, string?> Texts(AgentRequest person) => new(StringComparer.Ordinal)
    {
        ["name"] = person.Name,
        ["hub"] = person.Hub,
        ["joined"] = Text(person.EmployedFrom),
        ["left"] = Text(person.EmployedTo),
        ["contract"] = string.Join("; ", person.Contracts.Select(t => $"{t.Contract} from {Text(t.From)}").Prepend(person.Contract)),
        ["skills"] = List(person.Skills.Select(s => $"{s.Group}:{s.Proficiency.ToString(CultureInfo.InvariantCulture)}")),
        ["availability"] = List(person.Availability.Select(Text)),
        ["preferredTemplates"] = List(person.PreferredTemplates),
        ["active"] = person.Active ? "true" : "false",
    };

    private static string? List(IEnumerable<string> items) => string.Join(';', items) is { Length: > 0 } text ? text : null;

    private static string Text(OpeningWindow window) => $"{window.Day.ToString().ToLowerInvariant()[..3]} {window.From:HH:mm}-{window.To:HH:mm}";

    private static string? Text(LocalDate? date) => date is { } known ? LocalDatePattern.Iso.Format(known) : null;
}
