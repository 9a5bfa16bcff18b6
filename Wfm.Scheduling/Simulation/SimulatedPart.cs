namespace Wfm.Scheduling.Simulation;

/// <summary>Queues that share nobody with the others, simulated: what happened in each replication, and by day.</summary>
/// <param name="Tallies">[replication][queue of the part].</param>
/// <param name="OvertimeHours">Per replication.</param>
/// <param name="BusySeconds">Per replication, of everybody.</param>
/// <param name="DutySeconds">Per replication, of everybody.</param>
/// <param name="Days">[queue of the part][day].</param>
/// <param name="Contacts">Contacts simulated.</param>
internal sealed record SimulatedPart(
    IReadOnlyList<ServiceTally[]> Tallies, IReadOnlyList<double> OvertimeHours, IReadOnlyList<double> BusySeconds, IReadOnlyList<double> DutySeconds,
    IReadOnlyList<IReadOnlyList<DayService>> Days, long Contacts);

/// <summary>The part of a hub's work that some people, and nobody else, serve.</summary>
/// <param name="Queues">Its queues, as places in the work.</param>
/// <param name="Work">The part as work of its own; contacts are those of the whole.</param>
/// <param name="People">The people.</param>
internal sealed record WorkPart(IReadOnlyList<int> Queues, SimulatedWork Work, IReadOnlyList<RosteredPerson> People)
{
    /// <summary>Parts that can be simulated one by one: groups that somebody serves together are of one part. Who serves no queue is of the first.</summary>
    public static IReadOnlyList<WorkPart> Of(SimulatedWork work, IReadOnlyList<RosteredPerson> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        var part = work.Groups.Distinct(StringComparer.Ordinal).ToDictionary(g => g, g => g, StringComparer.Ordinal);
        for (var i = 0; i < people.Count; i++)
        {
            ArgumentNullException.ThrowIfNull(people[i], $"{nameof(people)}[{i}]");
            foreach (var skill in people[i].Skills.Skip(1)) Join(people[i].Skills[0].Group, skill.Group);
        }

        var served = people.ToLookup(p => p.Skills.Select(s => part.GetValueOrDefault(s.Group)).OfType<string>().FirstOrDefault() ?? part[work.Groups[0]]);
        return
        [
            .. Enumerable.Range(0, work.Queues.Count).GroupBy(q => part[work.Groups[q]]).Select(g => new WorkPart(
                [.. g],
                work with { Queues = [.. g.Select(q => work.Queues[q] with { Stream = q })], Groups = [.. g.Select(q => work.Groups[q])] },
                [.. served[g.Key]])),
        ];

        void Join(string one, string other)
        {
            var (from, to) = (part.GetValueOrDefault(other), part.GetValueOrDefault(one));
            if (from is null || to is null || from == to) return;
            foreach (var group in part.Keys.Where(g => part[g] == from).ToList()) part[group] = to;
        }
    }
}
