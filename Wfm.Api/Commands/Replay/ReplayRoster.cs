using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Commands.Month;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Commands.Replay;

/// <summary>Who works when on a day at a hub, as the server has it in force.</summary>
/// <param name="Shifts">By agent and start; those of the day before that may reach into it as well.</param>
/// <param name="Skills">What each works, without groups opted out of.</param>
internal sealed record ReplayRoster(IReadOnlyList<RosterShift> Shifts, IReadOnlyDictionary<string, IReadOnlyList<AgentSkill>> Skills)
{
    /// <summary>Skills as they are now; they do not change during a day.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<AgentSkill>>> ReadSkills(
        MonthClient api, string hub, CancellationToken cancellationToken) =>
        (await api.List($"agents?hub={hub}", cancellationToken)).ToDictionary(
            a => (string)a["code"]!,
            IReadOnlyList<AgentSkill> (a) =>
            [
                .. a["skills"]!.AsArray().Select(s => new AgentSkill((string)s!["group"]!, (double)s["proficiency"]!))
                    .Where(s => a["optOutGroups"]?.AsArray().Any(o => (string)o! == s.Group) != true),
            ],
            StringComparer.Ordinal);

    public static async Task<ReplayRoster> Read(
        MonthClient api, string hub, LocalDate date, IReadOnlyDictionary<string, IReadOnlyList<AgentSkill>> skills, CancellationToken cancellationToken)
    {
        var shifts = new List<RosterShift>();
        foreach (var roster in await api.List($"rosters?hub={hub}&state=published", cancellationToken))
        {
            var first = LocalDatePattern.Iso.Parse((string)roster["start"]!).Value;
            if (first > date || first.PlusDays((int)roster["days"]!) < date) continue; // its last day is the one before
            var days = $"from={LocalDatePattern.Iso.Format(date.PlusDays(-1))}&to={LocalDatePattern.Iso.Format(date)}";
            shifts.AddRange((await api.List($"rosters/{roster["id"]}/shifts?{days}", cancellationToken)).Where(s => (string?)s["state"] == "published")
                .Select(Shift));
        }

        return new ReplayRoster([.. shifts.OrderBy(s => s.AgentId, StringComparer.Ordinal).ThenBy(s => s.Start)], skills);
    }

    private static RosterShift Shift(JsonNode s) => new(
        (string)s["agent"]!, LocalDatePattern.Iso.Parse((string)s["date"]!).Value, (string)s["template"]!, At(s["start"]!), At(s["end"]!),
        Duration.FromMinutes((int)s["paidMinutes"]!),
        [.. s["activities"]!.AsArray().Select(a => new ShiftActivity((string)a!["kind"]!, (string?)a["group"], At(a["start"]!), At(a["end"]!)))]);

    private static Instant At(JsonNode text) => InstantPattern.ExtendedIso.Parse((string)text!).Value;
}
