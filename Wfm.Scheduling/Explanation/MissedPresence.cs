using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>Where fewer people are at work on a group than must be there at any time; breaks count as absence.</summary>
internal sealed class MissedPresence(CompiledProblem compiled, double[] people)
{
    private const double Rounding = 1e-6; // of a person

    /// <summary>People who must be at work on a group.</summary>
    public static RuleKind Rule { get; } = new GivenRule("minimumPresence", "People who must be at work on a skill group at any time.") { IsHard = false };

    private readonly CoverageCosts _costs = compiled.Costs;
    private readonly double _head = compiled.Calendar.IntervalMinutes * 100; // minutes × 100 of one person in an interval

    /// <summary>Runs of intervals with somebody missing, group by group.</summary>
    public IEnumerable<PresenceRun> Runs() => Enumerable.Range(0, compiled.Problem.Demand.Count).SelectMany(Runs);

    /// <summary>Runs of intervals with somebody missing in one group.</summary>
    public IEnumerable<PresenceRun> Runs(int group)
    {
        if (compiled.Problem.Demand[group].MinimumPresence is not { } presence || compiled.CountsShifts(group)) yield break;
        for (var i = 0; i < presence.Length; i++)
        {
            var run = new PresenceRun(group, i, i, i, 0, 0);
            for (; i < presence.Length && Missing(group, i) is > Rounding and var missing; i++)
            {
                run = run with { Last = i, Sum = run.Sum + missing };
                if (missing > run.Missing) run = run with { Deepest = i, Missing = missing };
            }

            if (run.Missing > 0) yield return run;
        }
    }

    /// <summary>One violation for every group and local day with somebody missing.</summary>
    public IEnumerable<Violation> Violations() => Enumerable.Range(0, compiled.Problem.Demand.Count).SelectMany(Violations);

    /// <summary>One violation for every local day with somebody missing in one group.</summary>
    public IEnumerable<Violation> Violations(int group)
    {
        var missing = Runs(group).SelectMany(r => Enumerable.Range(r.First, r.Last + 1 - r.First));
        return missing.GroupBy(i => At(i).InZone(compiled.Calendar.Zone).Date).Select(day => Violation(group, day.Key, [.. day]));
    }

    /// <summary>The runs as gaps, whose reasons are still to be found.</summary>
    public IEnumerable<UncoveredInterval> Gaps() => Runs().Select(r =>
    {
        var (line, hours) = (compiled.Problem.Demand[r.Group], compiled.Calendar.IntervalMinutes / 60.0);
        var (due, there) = (line.MinimumPresence![r.Deepest], line.MinimumPresence[r.Deepest] - r.Missing);
        return new UncoveredInterval(line.Group, At(r.First), At(r.Last + 1), r.Sum * hours, r.Missing, At(r.Deepest), [])
        {
            MinimumPresence = due,
            Message = $"{People(due)} must be there on {line.Group} from {At(r.First)} to {At(r.Last + 1)}; at {At(r.Deepest)} {there:0.##} of them are.",
        };
    });

    private Violation Violation(int group, LocalDate day, int[] intervals)
    {
        var line = compiled.Problem.Demand[group];
        var minutes = intervals.Sum(i => Missing(group, i)) * compiled.Calendar.IntervalMinutes;
        var due = intervals.Max(i => line.MinimumPresence![i]);
        var (from, to) = (At(intervals[0]).InZone(compiled.Calendar.Zone), At(intervals[^1] + 1).InZone(compiled.Calendar.Zone));
        return new Violation(null, Rule, day, day, minutes, "minutes",
            $"{People(due)} must be there on {line.Group}; on {day} somebody is missing for {minutes:0} minutes in all, between {from:HH:mm} and {to:HH:mm}.",
            "minimum heads of the queues")
        {
            Group = line.Group,
        };
    }

    private static string People(double count) => count == 1 ? "1 person" : $"{count:0.##} people";

    private double Missing(int group, int interval) =>
        compiled.Problem.Demand[group].MinimumPresence![interval] - (people[(group * _costs.Stride) + interval] / _head);

    private Instant At(int interval) => compiled.Calendar.At(interval * compiled.Calendar.IntervalMinutes);
}

/// <summary>Intervals in a row with people missing.</summary>
/// <param name="Group">Index of the demand line.</param>
/// <param name="First">First interval.</param>
/// <param name="Last">Last interval.</param>
/// <param name="Deepest">The interval in which most are missing.</param>
/// <param name="Missing">People missing in it.</param>
/// <param name="Sum">People missing, summed over the intervals.</param>
internal readonly record struct PresenceRun(int Group, int First, int Last, int Deepest, double Missing, double Sum);
