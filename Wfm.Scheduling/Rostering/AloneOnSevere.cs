using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Rostering;

/// <summary>Where somebody works on severe content at night with fewer people beside them than a policy asks for, to the minute.</summary>
internal static class AloneOnSevere
{
    /// <summary>One violation for every rule, group and night.</summary>
    public static IEnumerable<Violation> Violations(RosterProblem problem, IReadOnlyList<RosterShift> shifts) =>
        from rule in PeopleTogether.Rules(problem)
        let nights = PeopleTogether.Nights(problem, rule)
        from line in problem.Demand
        where PeopleTogether.Binds(rule, line)
        let stretches = Stretches(problem, shifts, line.Group, rule.Parameters.Whole("people"))
        from night in nights
        let alone = stretches.Select(s => (From: Instant.Max(s.From, night.From), To: Instant.Min(s.To, night.To))).Where(s => s.From < s.To).ToArray()
        where alone.Length > 0
        select Violation(problem, line.Group, rule, night.Date, alone);

    private static Violation Violation(RosterProblem problem, string group, LabourRule rule, LocalDate date, (Instant From, Instant To)[] alone)
    {
        var minutes = alone.Sum(a => (a.To - a.From).TotalMinutes);
        var (from, to) = (alone[0].From.InZone(problem.Zone), alone[^1].To.InZone(problem.Zone));
        return new Violation(null, rule.Kind, date, date, minutes, "minutes",
            $"{rule.Parameters["people"]} people have to be together on {group} at night; in the night of {date} fewer are for {minutes:0} minutes in all, "
            + $"between {from:HH:mm} and {to:HH:mm}.",
            rule.Source)
        {
            Group = group,
            Text = rule.Text,
            Limits = rule.Parameters.Numbers,
            Authority = rule.Authority,
        };
    }

    // In order, from the start of the period on.
    private static List<(Instant From, Instant To)> Stretches(RosterProblem problem, IReadOnlyList<RosterShift> shifts, string group, int people)
    {
        var before = problem.Surroundings.SelectMany(h => h.Activities.Count > 0 ? h.Activities.Where(a => Serves(a, group)).Select(a => (a.Start, a.End))
            : h.Group == group ? [(h.Start, h.End)] : []);
        var changes = shifts.SelectMany(s => s.Activities).Where(a => Serves(a, group)).Select(a => (a.Start, a.End)).Concat(before)
            .Select(w => (Start: Instant.Max(w.Start, problem.Origin), End: Instant.Min(w.End, problem.EndOfPeriod))).Where(w => w.Start < w.End)
            .SelectMany(w => new[] { (At: w.Start, By: 1), (At: w.End, By: -1) }).GroupBy(c => c.At).OrderBy(c => c.Key).ToArray();
        var (found, there) = (new List<(Instant, Instant)>(), 0);
        for (var i = 0; i + 1 < changes.Length; i++)
        {
            there += changes[i].Sum(c => c.By);
            if (there > 0 && there < people) found.Add((changes[i].Key, changes[i + 1].Key));
        }

        return found;
    }

    private static bool Serves(ShiftActivity activity, string group) => activity.Kind == ActivityKinds.Work && activity.Group == group;
}
