using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Solving;

/// <summary>Who can work which group, and on which template.</summary>
internal sealed class SkillTable
{
    private readonly Dictionary<string, int> _groups = new(StringComparer.Ordinal);
    private readonly double[] _percent;
    private readonly int[][] _byTemplate;
    private readonly bool[] _optedOut;
    private readonly int _templates;

    public SkillTable(RosterProblem problem)
    {
        _templates = problem.Templates.Count;
        for (var g = 0; g < problem.Demand.Count; g++)
        {
            _groups.Add(problem.Demand[g].Group, g);
        }

        var agents = problem.Agents.Count;
        _percent = new double[agents * _groups.Count];
        _optedOut = new bool[agents * _groups.Count];
        for (var a = 0; a < agents; a++)
        {
            foreach (var skill in problem.Agents[a].Skills)
            {
                if (Find(skill.Group) is var g and >= 0)
                {
                    _percent[(a * _groups.Count) + g] = problem.Demand[g].Measure == DemandMeasure.ShiftsStarting ? 100 : Math.Round(skill.Proficiency * 100);
                    _optedOut[(a * _groups.Count) + g] = problem.Agents[a].OptOutGroups.Contains(skill.Group);
                }
            }
        }

        var serves = problem.Templates.Select(t => Enumerable.Range(0, _groups.Count)
            .Where(g => t.Groups is null || t.Groups.Contains(problem.Demand[g].Group)).ToArray()).ToArray();
        _byTemplate = [.. Enumerable.Range(0, agents).SelectMany(a => serves.Select(groups => groups.Where(g => CanWork(a, g)).ToArray()))];
        Skilled = [.. Enumerable.Range(0, _groups.Count).Select(g => Enumerable.Range(0, agents).Where(a => CanWork(a, g)).ToArray())];
    }

    /// <summary>Agents who can work a group, per group.</summary>
    public int[][] Skilled { get; }

    public int Groups => _groups.Count;

    public int Find(string group) => _groups.GetValueOrDefault(group, -1);

    public int Group(string group) => _groups[group];

    /// <summary>Groups an agent can work on a template.</summary>
    public int[] GroupsOn(int agent, int template) => _byTemplate[(agent * _templates) + template];

    /// <summary>Percent of a head that an agent is in a group.</summary>
    public double Percent(int agent, int group) => _percent[(agent * _groups.Count) + group];

    public bool HasSkill(int agent, int group) => Percent(agent, group) > 0;

    public bool IsOptedOut(int agent, int group) => _optedOut[(agent * _groups.Count) + group];

    public bool CanWork(int agent, int group) => HasSkill(agent, group) && !IsOptedOut(agent, group);
}
