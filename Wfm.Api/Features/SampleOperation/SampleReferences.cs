namespace Wfm.Api.Features.SampleOperation;

/// <summary>Checks that every code a sample file uses is defined, and that numbers make sense where a typing error would go unseen.</summary>
internal static class SampleReferences
{
    public static void Check(SampleOperationFiles files)
    {
        var hubs = files.Hubs.Select(h => h.Code).ToHashSet();
        var queues = files.Queues.Select(q => q.Code).ToHashSet();
        var groups = files.Queues.Select(q => q.SkillGroup).ToHashSet();
        var templates = files.ShiftTemplates.Select(t => t.Code).ToHashSet();
        var contracts = files.Contracts.Select(c => c.Code).ToHashSet();
        var policies = files.Policies.Select(p => p.Code).ToHashSet();

        foreach (var hub in files.Hubs)
        {
            Known("hubs.csv", hub.Code, "labour_policy", hub.LabourPolicy, policies);
            if (NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(hub.TimeZone) is null) throw Unknown("hubs.csv", hub.Code, "time_zone", hub.TimeZone);
        }
        foreach (var contract in files.Contracts)
        {
            All("contracts.csv", contract.Code, "templates", contract.Templates, templates);
        }
        foreach (var template in files.ShiftTemplates)
        {
            Known("shift-templates.csv", template.Code, "hub", template.Hub, hubs);
        }
        foreach (var team in files.Teams)
        {
            var row = $"{team.Hub} {team.SkillGroup}";
            Known("teams.csv", row, "hub", team.Hub, hubs);
            Known("teams.csv", row, "skill_group", team.SkillGroup, groups);
            All("teams.csv", row, "cross_skills", team.CrossSkills.Keys, groups);
            All("teams.csv", row, "contracts", team.Contracts.Keys, contracts);
            if (team.Contracts.Values.Sum() != team.Agents)
            {
                throw new FormatException($"teams.csv, {row}: {team.Agents} agents, but contracts for {team.Contracts.Values.Sum()}.");
            }
        }
        foreach (var happening in files.Events)
        {
            if (happening.Hub is { } hub) Known("events.csv", happening.Code, "hub", hub, hubs);
            if (happening.Queue is { } queue) Known("events.csv", happening.Code, "queue", queue, queues);
            if (happening.StartLocal >= happening.EndLocal) throw new FormatException($"events.csv, {happening.Code}: it ends before it starts.");
        }
        foreach (var series in files.Series)
        {
            var row = $"{series.Queue} {series.Hub}";
            Known("series.csv", row, "queue", series.Queue, queues);
            Known("series.csv", row, "hub", series.Hub, hubs);
            All("series.csv", row, "daily_shape", [series.DailyShape, series.WeekendShape], files.DailyShapes.Keys);
            if (series.WeeklyShape.Count != 7) throw new FormatException($"series.csv, {row}: weekly_shape has {series.WeeklyShape.Count} values, not 7.");
            var immediate = files.QueuesByCode[series.Queue].Immediate;
            if (immediate == series.AbandonRate is null || immediate == series.CapacityMargin is not null)
            {
                throw new FormatException($"series.csv, {row}: immediate work has an abandon_rate, deferrable work a capacity_margin, and not the other.");
            }
        }
        foreach (var (key, hours) in files.DailyShapes)
        {
            if (hours.Count != 24) throw new FormatException($"daily-shapes.csv, {key}: {hours.Count} hours, not 24.");
        }
        foreach (var agent in files.Agents)
        {
            Known("agents.csv", agent.Code, "hub", agent.Hub, hubs);
            Known("agents.csv", agent.Code, "contract", agent.Contract, contracts);
            All("agents.csv", agent.Code, "skills", agent.Skills.Select(s => s.Group), groups);
            All("agents.csv", agent.Code, "opt_out_groups", agent.OptOutGroups, groups);
            All("agents.csv", agent.Code, "preferred_templates", agent.PreferredTemplates, templates);
        }
        var agents = files.Agents.Select(a => a.Code).ToHashSet();
        foreach (var off in files.TimeOff)
        {
            Known("time-off.csv", off.Agent, "agent", off.Agent, agents);
        }
    }

    private static void All(string file, string row, string column, IEnumerable<string> codes, IEnumerable<string> known)
    {
        foreach (var code in codes)
        {
            Known(file, row, column, code, known);
        }
    }

    private static void Known(string file, string row, string column, string code, IEnumerable<string> known)
    {
        if (!known.Contains(code)) throw Unknown(file, row, column, code);
    }

    private static FormatException Unknown(string file, string row, string column, string code) =>
        new($"{file}, {row}: '{code}' in column '{column}' is defined nowhere.");
}
