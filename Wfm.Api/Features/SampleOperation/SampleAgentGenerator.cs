using System.Text;

namespace Wfm.Api.Features.SampleOperation;

/// <summary>Makes <c>agents.csv</c> and <c>time-off.csv</c> from <c>teams.csv</c>: the same files and seed give the same bytes.</summary>
/// <remarks>Draws whole numbers only, so that no processor or library can change a digit.</remarks>
/// <param name="files">The operation; its agents and time off are not read.</param>
/// <param name="seed">Another seed gives other people.</param>
public sealed class SampleAgentGenerator(SampleOperationFiles files, int seed = SampleVolumeGenerator.DefaultSeed)
{
    private static readonly string[] SevereGroups = ["child-safety", "sensitive-en"];
    private static readonly string[] Weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private static readonly string[] PartTimeWindows = ["mon-fri 08:00-23:00", "wed-sun 08:00-23:00", "mon-sun 08:00-18:00", "mon-sun 14:00-23:00"];

    /// <summary>The text of <c>agents.csv</c>.</summary>
    public string AgentsCsv()
    {
        var csv = new StringBuilder("code,name,hub,contract,skills,availability,opt_out_groups,preferred_templates,preferred_days_off\n");
        var names = SampleNames.Distinct(new SampleRandom(seed, "names")).GetEnumerator();
        foreach (var hub in files.Hubs)
        {
            var number = 0;
            foreach (var team in files.Teams.Where(t => t.Hub == hub.Code))
            {
                var random = new SampleRandom(seed, $"team {team.Hub} {team.SkillGroup}");
                var contracts = random.Shuffle(team.Contracts.OrderBy(c => c.Key).SelectMany(c => Enumerable.Repeat(c.Key, c.Value)).ToArray());
                var cross = CrossSkills(team, random);
                for (var member = 0; member < team.Agents; member++)
                {
                    names.MoveNext();
                    csv.Append($"{hub.Code}-{++number:000},{names.Current},{hub.Code},");
                    AppendPerson(csv, team, contracts[member], cross[member], random);
                }
            }
        }
        return csv.ToString();
    }

    /// <summary>The text of <c>time-off.csv</c>: what is granted for the 13 weeks after the history.</summary>
    /// <remarks>Of every skill group of a hub at most a sixth (and at least one person) is away on a day.</remarks>
    /// <param name="agents">The people, as read from <see cref="AgentsCsv"/>.</param>
    public string TimeOffCsv(IReadOnlyList<SampleAgent> agents)
    {
        const int Days = 91;
        var members = agents.SelectMany(a => a.Skills.Select(s => (a.Hub, s.Group))).CountBy(group => group).ToDictionary();
        var away = members.ToDictionary(group => group.Key, _ => new int[Days]);
        var csv = new StringBuilder("agent,kind,start_local,end_local\n");
        foreach (var agent in agents)
        {
            var random = new SampleRandom(seed, "time off " + agent.Code);
            var taken = new bool[Days];
            if (random.Percent(1)) Grant("parental", 0, Days);
            if (random.Percent(60)) Ask("annual", 3 + random.Below(8));
            if (random.Percent(25)) Ask("annual", 1 + random.Below(2));
            if (random.Percent(20)) Ask("training", 1);

            void Ask(string kind, int length)
            {
                for (var attempt = 0; attempt < 10; attempt++)
                {
                    if (Grant(kind, random.Below(Days - length + 1), length)) return;
                }
            }

            bool Grant(string kind, int first, int length)
            {
                var groups = agent.Skills.Select(s => (agent.Hub, s.Group)).ToList();
                for (var day = first; day < first + length; day++)
                {
                    if (taken[day] || groups.Exists(g => away[g][day] >= Math.Max(1, members[g] / 6))) return false;
                }
                for (var day = first; day < first + length; day++)
                {
                    taken[day] = true;
                    groups.ForEach(g => away[g][day]++);
                }
                csv.Append($"{agent.Code},{kind},{Midnight(first)},{Midnight(first + length)}\n");
                return true;
            }
        }
        return csv.ToString();

        string Midnight(int day) => $"{files.Dates.EndDay.PlusDays(day):uuuu'-'MM'-'dd}T00:00";
    }

    private static List<string>[] CrossSkills(SampleTeam team, SampleRandom random)
    {
        var cross = Enumerable.Range(0, team.Agents).Select(_ => new List<string>()).ToArray();
        foreach (var (group, count) in team.CrossSkills.OrderBy(c => c.Key))
        {
            foreach (var member in random.Shuffle(Enumerable.Range(0, team.Agents).ToArray()).Take(count))
            {
                cross[member].Add(group);
            }
        }
        return cross;
    }

    private void AppendPerson(StringBuilder csv, SampleTeam team, string contract, List<string> cross, SampleRandom random)
    {
        var templates = files.Contracts.Single(c => c.Code == contract).Templates;
        var newStarter = random.Percent(8);
        var skills = cross.Select(group => $"{group}:{Hundredths(70 + 5 * random.Below(6))}")
            .Prepend($"{team.SkillGroup}:{Hundredths(newStarter ? 60 + 5 * random.Below(3) : 85 + 5 * random.Below(6))}");
        var optOut = SevereGroups.Where(group => group != team.SkillGroup && random.Percent(cross.Contains(group) ? 10 : 4));
        var firstDayOff = random.Below(7);
        csv.Append(contract)
            .Append(',').AppendJoin(';', skills)
            .Append(',').Append(Availability(contract, random))
            .Append(',').AppendJoin(';', optOut)
            .Append(',').Append(random.Percent(35) ? templates[random.Below(templates.Count)] : "")
            .Append(',').Append(random.Percent(30) ? $"{Weekdays[firstDayOff]};{Weekdays[(firstDayOff + 1) % 7]}" : "")
            .Append('\n');
    }

    private static string Availability(string contract, SampleRandom random) => contract.EndsWith("-part", StringComparison.Ordinal)
        ? PartTimeWindows[random.Below(PartTimeWindows.Length)]
        : random.Below(100) switch
        {
            < 9 => "mon-sun 06:00-00:00", // no nights
            < 13 => "mon-fri 00:00-00:00", // no weekends
            _ => "",
        };

    private static string Hundredths(int value) => $"{value / 100}.{value % 100:00}";
}
