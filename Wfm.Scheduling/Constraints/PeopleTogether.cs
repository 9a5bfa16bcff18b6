using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>Nobody works alone on severe content at night.</summary>
/// <remarks>
/// It binds a group of people, none of them by himself, so that it is no rule on an agent's days. The search takes it as minimum presence where the group needs
/// anybody in the night, at the price of missed presence (<see cref="RosterObjective.MinimumPresenceCost"/>); where somebody is alone all the same, the roster
/// says so. Breaks count as absence, as they do for minimum presence.
/// </remarks>
internal static class PeopleTogether
{
    private const string FromHour = "nightFromHour";
    private const string ToHour = "nightToHour";

    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "peopleTogether", "People together on a group of harmful content at night, where anybody works on it.",
        [
            RuleParameter.Whole("people", 2, 20, "Least people at work on the group at once, when one is."),
            RuleParameter.Number(FromHour, 0, 24, "Local hour the night begins."),
            RuleParameter.Number(ToHour, 0, 24, "Local hour the night ends."),
            Exposure.MinimumClass,
        ],
        (_, _) => throw new InvalidOperationException("A rule on presence is none on an agent's days."))
    {
        IsHard = false,
        BindsDays = false,
        Check = NightWindow.Check,
    };

    /// <summary>The problem with minimum presence raised where a group needs anybody in the night.</summary>
    public static RosterProblem Raised(RosterProblem problem)
    {
        var rules = Rules(problem);
        return rules.Count == 0 ? problem : problem with { Demand = [.. problem.Demand.Select(line => Raised(problem, line, rules))] };
    }

    /// <summary>The rules of the policy.</summary>
    public static List<LabourRule> Rules(RosterProblem problem) => [.. problem.Policy.Rules.Where(r => RuleDefinition.Of(r) == Definition)];

    /// <summary>Whether a rule looks at a group.</summary>
    public static bool Binds(LabourRule rule, DemandLine line) =>
        line.Measure != DemandMeasure.ShiftsStarting && line.ExposureWeight >= rule.Parameters[Exposure.MinimumClass.Name];

    /// <summary>The nights of a period in which a rule is in force; a night belongs to the day on which it begins.</summary>
    public static IReadOnlyList<(LocalDate Date, Instant From, Instant To)> Nights(RosterProblem problem, LabourRule rule)
    {
        var (evening, morning) = (rule.Parameters.Time(FromHour), rule.Parameters.Time(ToHour));
        return
        [
            .. from date in Enumerable.Range(-1, problem.Days + 1).Select(problem.Start.PlusDays)
               where !(date < rule.ValidFrom) && !(date > rule.ValidTo)
               let end = morning > evening ? date : date.PlusDays(1)
               select (date, problem.Zone.AtLeniently(date + evening).ToInstant(), problem.Zone.AtLeniently(end + morning).ToInstant()),
        ];
    }

    private static DemandLine Raised(RosterProblem problem, DemandLine line, List<LabourRule> rules)
    {
        var presence = line.MinimumPresence?.ToArray() ?? new double[line.Heads.Length];
        foreach (var rule in rules.Where(r => Binds(r, line)))
        {
            foreach (var (_, from, to) in Nights(problem, rule))
            {
                var first = Math.Max(0, (int)Math.Floor((from - problem.Origin) / problem.Interval));
                for (var i = first; i < presence.Length && problem.Origin + (problem.Interval * i) < to; i++)
                {
                    if (line.Heads[i] > 0 || presence[i] > 0) presence[i] = Math.Max(presence[i], rule.Parameters["people"]);
                }
            }
        }

        return Array.TrueForAll(presence, p => p == 0) ? line : line with { MinimumPresence = presence };
    }
}
