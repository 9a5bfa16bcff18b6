using NodaTime;
using Wfm.Api.Features.SampleOperation;

namespace Wfm.Tests.Api.Features.SampleOperation;

/// <summary>Workload arithmetic of the sample: paid hours that each team has in a week against the hours that its queues ask for.</summary>
/// <remarks>Volume is what the generator expects in the last 13 weeks, without events. It is plain on purpose and shares no code with the
/// engine that plans staff: it says that the people fit the work, not how to plan them.</remarks>
internal sealed class SampleSizing(SampleOperationFiles files)
{
    private const int LastDays = 91; // the 13 weeks before the end of the history, and those after it that time-off.csv covers
    private const double AttainableUtilisation = 0.88; // deferrable work is never waited for, so more than the 0.8 of immediate work

    /// <summary>One line of the table in the README: hours at work in a week (after breaks and granted time off) of the agents whose first
    /// skill the group is; hours that its queues ask for in a week, shrinkage included; the same as people on duty, averaged over the open hours.</summary>
    public sealed record Line(string Hub, string Group, int Agents, double Hours, double Needed, double Heads)
    {
        public double Load => Needed / Hours;
    }

    private readonly Dictionary<string, int> _offDays = files.TimeOff.GroupBy(t => t.Agent)
        .ToDictionary(g => g.Key, g => g.Sum(t => Period.DaysBetween(t.StartLocal.Date, t.EndLocal.Date)));

    public IEnumerable<Line> Lines()
    {
        foreach (var hub in files.Hubs)
        {
            var needed = files.Series.Where(s => s.Hub == hub.Code).GroupBy(s => files.QueuesByCode[s.Queue].SkillGroup).ToDictionary(
                group => group.Key,
                group => Math.Max(group.Sum(Hours), group.Max(Minimum)) / (1 - hub.PlannedShrinkage) / (1 - hub.UnplannedShrinkage));
            var people = files.Agents.Where(a => a.Hub == hub.Code).GroupBy(a => a.Skills[0].Group).ToDictionary(g => g.Key, g => g.ToList());
            var open = 0.5 * Enumerable.Range(0, 336).Count(i => hub.IsOpen(files.Dates.FirstDay.AtMidnight().PlusMinutes(i * 30)));
            foreach (var group in people.Keys.Union(needed.Keys))
            {
                var team = people.GetValueOrDefault(group) ?? [];
                yield return new Line(hub.Code, group, team.Count,
                    team.Sum(HoursAtWork), needed[group], needed[group] / open);
            }
        }
    }

    /// <summary>Hours at work in an average week, after breaks and granted time off.</summary>
    public double HoursAtWork(SampleAgent agent)
    {
        var contract = files.Contracts.Single(c => c.Code == agent.Contract);
        var template = files.ShiftTemplates.First(t => contract.Templates.Contains(t.Code));
        var shifts = Math.Min(contract.MaximumDaysPerWeek, Math.Floor(contract.MaximumWeeklyHours * 60 / template.PaidMinutes));
        return shifts * template.WorkMinutes / 60 * (1 - _offDays.GetValueOrDefault(agent.Code) / (double)LastDays);
    }

    /// <summary>Hours on the queue that a series asks for in a week, before shrinkage.</summary>
    private double Hours(SampleSeries series)
    {
        var queue = files.QueuesByCode[series.Queue];
        var intensity = new SampleIntensity(files, series, new SampleCalendar(files.HubsByCode[series.Hub], files.Dates));
        var level = Enumerable.Range(files.Dates.DayCount - LastDays, LastDays).Average(intensity.WeeklyLevelOf);
        if (!queue.Immediate) return level * series.AhtSeconds / 3600 / AttainableUtilisation;
        return Enumerable.Range(0, 336).Where(i => intensity.Open[i])
            .Sum(i => 0.5 * Heads(queue, level * intensity.WeekWeights[i] * series.AhtSeconds / 1800));
    }

    /// <summary>Hours in a week of those who must always be there; who works on another queue of the group is there too.</summary>
    private double Minimum(SampleSeries series) =>
        files.QueuesByCode[series.Queue].MinimumHeads * 0.5 * Enumerable.Range(0, 336)
            .Count(i => files.HubsByCode[series.Hub].IsOpen(files.Dates.FirstDay.AtMidnight().PlusMinutes(i * 30)));

    /// <summary>Fewest heads that keep service level and occupancy by Erlang C, a head serving several chats at once.</summary>
    private static int Heads(SampleQueue queue, double load)
    {
        var goal = queue.Goal;
        for (var heads = Math.Max(1, queue.MinimumHeads); ; heads++)
        {
            var slots = heads * queue.Concurrency;
            if (load > slots * (goal.MaximumOccupancy ?? 1) || load >= slots) continue;
            var blocked = 1.0;
            for (var n = 1; n <= slots; n++)
            {
                blocked = load * blocked / (n + load * blocked); // Erlang B recursion
            }
            var waits = blocked / (1 - load / slots * (1 - blocked));
            var late = waits * Math.Exp(-(slots - load) * (goal.ThresholdSeconds ?? 0) / queue.AhtSeconds);
            if (1 - late >= goal.ServiceLevel) return heads;
        }
    }
}
