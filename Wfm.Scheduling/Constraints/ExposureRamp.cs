using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of work on harmful content that grows week by week for those who are new, or back from a long absence.</summary>
/// <remarks>
/// In week w = 0, 1, … since the first day, minutes × (p + (1 − p) · w ÷ weeks) rounded down to whole minutes, p the share of the first week; from week
/// <c>weeks</c> on the ramp is over. A week of it is a <see cref="MaximumExposure"/> with its own dates. Where two ramps overlap the lower limit holds.
/// </remarks>
internal static class ExposureRamp
{
    private const double Rounding = 1e-9;

    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "exposureRamp", "Less work on harmful content in the first weeks of employment, or after a long absence.",
        [
            RuleParameter.Whole("minutes", 0, 100_000, "Most minutes at the end of the ramp."),
            RuleParameter.Whole("weeks", 1, 52, "Weeks until then."),
            RuleParameter.Number("firstPercent", 0, 100, "Share of the minutes allowed in the first week, percent; it grows by equal steps."),
            RuleParameter.Whole("afterLeaveDays", 1, 371, "Local days of leave in a row that begin the ramp anew; when absent no leave does.").Optional,
            RuleParameter.Whole("days", 1, 371, "Local days of the window; 1, each shift by itself, when absent.").Optional,
            Exposure.MinimumClass.Optional with { Text = $"{Exposure.MinimumClass.Text} When absent all work counts, each minute as many times as its class." },
        ],
        (rule, context) => new MaximumExposure(rule, context))
    {
        Unit = "weighted minutes",
        DaysAround = p => (int)(p.Find("days") ?? 1),
        LimitsExposure = true,
        Personal = Steps,
    };

    /// <summary>The first days of an agent's ramps: of employment, and after each leave that is long enough.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="zone">Time zone of the hub.</param>
    /// <param name="afterLeaveDays">How long; <see langword="null"/> when no leave begins a ramp.</param>
    public static IEnumerable<LocalDate> Starts(RosterAgent agent, DateTimeZone zone, int? afterLeaveDays)
    {
        if (agent.EmployedFrom is { } employed) yield return employed;
        if (afterLeaveDays is not { } least) yield break;
        var leaves = agent.TimeOff.Select(t => (From: t.Start.InZone(zone).Date, To: FirstDayBack(t.End, zone))).OrderBy(t => t.From).ToList();
        for (var i = 0; i < leaves.Count; i++)
        {
            var (from, to) = leaves[i];
            for (; i + 1 < leaves.Count && leaves[i + 1].From <= to; i++)
            {
                to = LocalDate.Max(to, leaves[i + 1].To); // sick, then on holiday: away all the same
            }

            if (Period.DaysBetween(from, to) >= least) yield return to;
        }
    }

    private static IEnumerable<LabourRule> Steps(LabourRule rule, RosterAgent agent, DateTimeZone zone)
    {
        var (weeks, first) = (rule.Parameters.Whole("weeks"), rule.Parameters["firstPercent"] / 100);
        foreach (var start in Starts(agent, zone, (int?)rule.Parameters.Find("afterLeaveDays")).Distinct())
        {
            for (var week = 0; week < weeks; week++)
            {
                var from = LocalDate.Max(start.PlusWeeks(week), rule.ValidFrom ?? LocalDate.MinIsoValue);
                var to = LocalDate.Min(start.PlusWeeks(week + 1).PlusDays(-1), rule.ValidTo ?? LocalDate.MaxIsoValue);
                if (from > to) continue;
                var minutes = Math.Floor((rule.Parameters["minutes"] * (first + ((1 - first) * week / weeks))) + Rounding);
                yield return new LabourRule(
                    rule.Kind, rule.Parameters.With("minutes", minutes), rule.Source, rule.AsOf, $"{rule.Text} Week {week + 1} of {weeks}.", from, to,
                    rule.Authority);
            }
        }
    }

    // A leave that ends within a day takes a part of it.
    private static LocalDate FirstDayBack(Instant end, DateTimeZone zone) => end.InZone(zone).Date;
}
