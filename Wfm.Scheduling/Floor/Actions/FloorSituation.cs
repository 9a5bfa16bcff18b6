using NodaTime;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Floor.Actions;

/// <summary>A day that has begun: the roster, the rest of it by group, who is away, and the terms on which people can be moved.</summary>
/// <remarks>For one thread at a time, as the roster is.</remarks>
public sealed class FloorSituation
{
    private readonly Dictionary<string, GroupOutlook> _groups;
    private readonly HashSet<string> _away;
    private readonly Dictionary<(FloorGap Gap, Instant From), IReadOnlyList<Fit>> _fits = [];

    /// <summary>Describes a day.</summary>
    /// <param name="roster">The roster in force.</param>
    /// <param name="now">The moment.</param>
    /// <param name="start">Start of the first interval of the outlooks: that in which <paramref name="now"/> lies.</param>
    /// <param name="interval">Elapsed length of their intervals: whole minutes, 5 minutes to 24 hours.</param>
    /// <param name="groups">Heads by group, all over the same intervals; groups unique.</param>
    /// <param name="away">Ids of people who are not there though the roster has them; they are asked for nothing.</param>
    /// <param name="terms">Costs and notice; <see langword="null"/> for <see cref="FloorTerms.Default"/>.</param>
    /// <exception cref="SchedulingDataException">Outlooks of different lengths, or <paramref name="now"/> outside the first interval.</exception>
    public FloorSituation(
        RosterDocument roster, Instant now, Instant start, Duration interval, IReadOnlyList<GroupOutlook> groups, IEnumerable<string>? away = null,
        FloorTerms? terms = null)
    {
        ArgumentNullException.ThrowIfNull(roster);
        ArgumentNullException.ThrowIfNull(groups);
        (Roster, Now, Start, Groups, Terms) = (roster, now, start, groups, terms ?? FloorTerms.Default);
        Interval = Guard.Minutes(interval, Duration.FromMinutes(5), Duration.FromHours(24), "floor", nameof(interval));
        if (now < start || now >= start + Interval)
            throw new SchedulingDataException($"floor: now is {now}; it must lie in the first interval, {start} to {start + Interval}.");
        if (groups.FirstOrDefault(g => g.Required.Length != groups[0].Required.Length) is { } odd)
            throw new SchedulingDataException($"floor: '{odd.Group}' has {odd.Required.Length} intervals, '{groups[0].Group}' {groups[0].Required.Length}.");
        _groups = groups.ToDictionary(g => g.Group, StringComparer.Ordinal);
        _away = [.. away ?? []];
        Missing = Gaps(g => (g.Required, g.Present));
        Spare = Gaps(g => (g.Present, g.Required));
    }

    /// <summary>The roster in force.</summary>
    public RosterDocument Roster { get; }

    /// <summary>The moment.</summary>
    public Instant Now { get; }

    /// <summary>Start of the first interval.</summary>
    public Instant Start { get; }

    /// <summary>Heads by group.</summary>
    public IReadOnlyList<GroupOutlook> Groups { get; }

    /// <summary>Costs and notice.</summary>
    public FloorTerms Terms { get; }

    /// <summary>Elapsed length of an interval.</summary>
    public Duration Interval { get; }

    /// <summary>Intervals of every outlook.</summary>
    public int Intervals => Groups.Count == 0 ? 0 : Groups[0].Required.Length;

    /// <summary>First moment after the outlooks.</summary>
    public Instant End => Start + (Interval * Intervals);

    /// <summary>Stretches in which a group has too few people, in order of groups and time.</summary>
    public IReadOnlyList<FloorGap> Missing { get; }

    /// <summary>Stretches in which a group has more people than it needs, half a head or more.</summary>
    public IReadOnlyList<FloorGap> Spare { get; }

    /// <summary>A group that the day knows; <see langword="null"/> for another.</summary>
    /// <param name="group">The group.</param>
    public GroupOutlook? Find(string group) => _groups.GetValueOrDefault(group);

    /// <summary>Shifts of people who are there, that end after now and can be edited.</summary>
    public IEnumerable<RosterShift> Shifts() =>
        Roster.Shifts.Where(s => s.End > Now && s.Start < End && !IsAway(s.AgentId) && !Roster.IsLocked(s.AgentId, s.Date));

    /// <summary>Whether somebody is not there.</summary>
    /// <param name="agent">The person.</param>
    public bool IsAway(string agent) => _away.Contains(agent);

    /// <summary>Heads that an hour of a person's work on a group covers, counted to 1 %; 0 without the skill, or where the person has opted out.</summary>
    /// <param name="agent">The person.</param>
    /// <param name="group">The group.</param>
    public double Proficiency(string agent, string group)
    {
        var (index, skills) = (Roster.Agent(agent), Roster.Compiled.Skills);
        return skills.Find(group) is >= 0 and var place && skills.CanWork(index, place) ? skills.Percent(index, place) / 100.0 : 0;
    }

    /// <summary>Who could take the work of a gap from a moment on.</summary>
    /// <param name="gap">The gap.</param>
    /// <param name="from">First moment that could be covered.</param>
    /// <returns>Those whom no rule stops, the best first; empty where nothing of the gap is left.</returns>
    public IReadOnlyList<Fit> Fits(FloorGap gap, Instant from)
    {
        ArgumentNullException.ThrowIfNull(gap);
        if (_fits.TryGetValue((gap, from), out var known)) return known;
        var (start, end) = (Instant.Max(gap.Start, from), Instant.Min(gap.End, gap.Start + Duration.FromHours(16)));
        var found = end <= start || start >= Roster.Problem.EndOfPeriod ? []
            : Roster.Fits(new OpenWork(gap.Group, start, end), Terms.LongestExtension).Where(f => f.Stops.Count == 0 && !IsAway(f.AgentId)).ToList();
        return _fits[(gap, from)] = found;
    }

    /// <summary>A change of a day as a step, if nothing stops it.</summary>
    /// <param name="before">The shift as it is; <see langword="null"/> for a day off.</param>
    /// <param name="edits">The days as they would be; only one changes.</param>
    /// <param name="notice">How early it has to be told.</param>
    /// <param name="premium">What a paid hour more costs on top of it, as a share.</param>
    /// <returns><see langword="null"/> where nothing changes, more than one day does, a rule forbids it or it is too late for it.</returns>
    public FloorStep? Step(RosterShift? before, IReadOnlyList<DayEdit> edits, Duration notice, double premium)
    {
        ArgumentNullException.ThrowIfNull(edits);
        if (edits is not [{ } edit]) return null;
        var changed = new ChangedDay(edit.AgentId, edit.Date, before, edit.Shift);
        var first = changed.FirstChange;
        if (first < Now + notice || Roster.Stops(edit).Count > 0) return null;
        var paid = ((edit.Shift?.Paid ?? Duration.Zero) - (before?.Paid ?? Duration.Zero)).TotalHours;
        return new FloorStep(changed, first, paid, (paid * (1 + (paid > 0 ? premium : 0))) + Terms.Disruption);
    }

    private List<FloorGap> Gaps(Func<GroupOutlook, (double[] More, double[] Less)> of)
    {
        var found = new List<FloorGap>();
        foreach (var group in Groups)
        {
            var (more, less) = of(group);
            for (var i = 0; i < more.Length; i++)
            {
                var (first, hours) = (i, 0.0);
                for (; i < more.Length && more[i] - less[i] >= HeadLedger.Noticed; i++) hours += (more[i] - less[i]) * HeadLedger.Weight(this, i);
                if (i > first) found.Add(new FloorGap(group.Group, Instant.Max(Now, Start + (Interval * first)), Start + (Interval * i), hours));
            }
        }

        return found;
    }
}
