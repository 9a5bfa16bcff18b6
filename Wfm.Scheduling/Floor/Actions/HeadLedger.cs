using NodaTime;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Floor.Actions;

/// <summary>Heads that would be there if some steps were taken, and what would still be missing.</summary>
internal sealed class HeadLedger
{
    /// <summary>Heads from which on a difference is told.</summary>
    public const double Noticed = 0.5;

    private readonly FloorSituation _floor;
    private readonly Dictionary<string, double[]> _present;

    public HeadLedger(FloorSituation floor)
    {
        _floor = floor;
        _present = floor.Groups.ToDictionary(g => g.Group, g => g.Present.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Hours of an interval that are still to come.</summary>
    public static double Weight(FloorSituation floor, int interval)
    {
        var start = floor.Start + (floor.Interval * interval);
        return (start + floor.Interval - Instant.Max(start, floor.Now)).TotalHours;
    }

    /// <summary>Missing head-hours of all groups.</summary>
    public double Missing() => _floor.Groups.Sum(g => Missing(g, _present[g.Group]));

    /// <summary>By how many missing head-hours days change what is missing; below zero they fill.</summary>
    public double Change(params IEnumerable<ChangedDay> days)
    {
        var (change, all) = (0.0, new Dictionary<string, double[]>(StringComparer.Ordinal));
        foreach (var (group, heads) in days.SelectMany(Heads))
        {
            if (!all.TryGetValue(group, out var sum)) all.Add(group, sum = new double[heads.Length]);
            for (var i = 0; i < sum.Length; i++) sum[i] += heads[i];
        }

        foreach (var (group, heads) in all)
        {
            var outlook = _floor.Find(group)!;
            var then = _present[group].ToArray();
            for (var i = 0; i < then.Length; i++) then[i] += heads[i];
            change += Missing(outlook, then) - Missing(outlook, _present[group]);
        }

        return change;
    }

    /// <summary>Counts a day as changed.</summary>
    public void Take(ChangedDay day)
    {
        foreach (var (group, heads) in Heads(day))
        {
            var present = _present[group];
            for (var i = 0; i < present.Length; i++) present[i] += heads[i];
        }
    }

    private double Missing(GroupOutlook group, double[] present)
    {
        var hours = 0.0;
        for (var i = 0; i < present.Length; i++) hours += Math.Max(0, group.Required[i] - present[i]) * Weight(_floor, i);
        return hours;
    }

    private Dictionary<string, double[]> Heads(ChangedDay day)
    {
        var heads = new Dictionary<string, double[]>(StringComparer.Ordinal);
        Add(day.Before, -1);
        Add(day.After, 1);
        return heads;

        void Add(RosterShift? shift, double sign)
        {
            foreach (var work in shift?.Activities.Where(a => a.Group is not null && _floor.Find(a.Group) is not null) ?? [])
            {
                if (!heads.TryGetValue(work.Group!, out var curve)) heads.Add(work.Group!, curve = new double[_floor.Intervals]);
                var proficiency = _floor.Proficiency(day.AgentId, work.Group!);
                var first = Math.Max(0, (int)Math.Floor((work.Start - _floor.Start) / _floor.Interval));
                for (var i = first; i < curve.Length && _floor.Start + (_floor.Interval * i) < work.End; i++)
                {
                    var start = _floor.Start + (_floor.Interval * i);
                    var worked = Instant.Min(work.End, start + _floor.Interval) - Instant.Max(work.Start, start);
                    curve[i] += sign * proficiency * (worked / _floor.Interval);
                }
            }
        }
    }
}
