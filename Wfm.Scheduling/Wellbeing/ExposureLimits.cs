using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Wellbeing;

/// <summary>How much of a limit is used on a day.</summary>
/// <param name="Rule">The rule, with its text and source.</param>
/// <param name="Date">The local day; the last one of a window of days.</param>
/// <param name="Limit">What is allowed.</param>
/// <param name="Used">What counts against it.</param>
/// <param name="Unit">minutes, weighted minutes or days.</param>
public sealed record LimitUse(LabourRule Rule, LocalDate Date, double Limit, double Used, string Unit)
{
    /// <summary>What is left; below 0 where the limit is broken.</summary>
    public double Headroom => Limit - Used;
}

/// <summary>The limits on harmful content against what a person works or worked, whatever it is known from.</summary>
/// <remarks>The same weights as in the solver (<see cref="ExposedContent.Weight"/>); limits on blocks, on the end of a shift and on days in a row read the
/// highest class a group may show.</remarks>
public static class ExposureLimits
{
    private static readonly Dictionary<RuleKind, Func<Measured, IEnumerable<LimitUse>>> Measures = new()
    {
        [MaximumExposure.Definition] = m => [m.Window(m.Rule)],
        [ExposureRamp.Definition] = m => ExposureRamp.Definition.Personal!(m.Rule, m.Agent, m.Zone).Where(s => InForce(s, m.Date)).Select(m.Window),
        [NoExposureAtEnd.Definition] = m => [m.AtEnd()],
        [MaximumContinuousWork.Definition] = m => m.MinimumClass is null ? [] : [m.LongestBlock()],
        [ExposureCooldown.Definition] = m => [m.Cooldown()],
        [MaximumConsecutiveExposureDays.Definition] = m => [m.DaysInARow()],
    };

    /// <summary>True for a rule that limits a person's work on harmful content.</summary>
    public static bool IsLimit(LabourRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Measures.ContainsKey(rule.Kind)
            && (rule.Kind != MaximumContinuousWork.Definition || rule.Parameters.Find(Exposure.MinimumClass.Name) is not null);
    }

    /// <summary>Every limit in force on a day.</summary>
    /// <param name="policy">The rules.</param>
    /// <param name="agent">Whose employment and leave say whether a ramp is on.</param>
    /// <param name="zone">Time zone of the hub.</param>
    /// <param name="days">What is worked, by day; days that are not there are free. As far back as the longest window.</param>
    /// <param name="date">The day.</param>
    /// <returns>In the order of the policy.</returns>
    public static IReadOnlyList<LimitUse> On(
        LabourPolicy policy, RosterAgent agent, DateTimeZone zone, IReadOnlyDictionary<LocalDate, ExposedDay> days, LocalDate date)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(days);
        return
        [
            .. policy.Rules.Where(r => IsLimit(r) && InForce(r, date))
                .SelectMany(r => Measures[r.Kind](new Measured(r, policy.ExposureBasis, agent, zone, days, date))),
        ];
    }

    private static bool InForce(LabourRule rule, LocalDate date) => !(date < rule.ValidFrom) && !(date > rule.ValidTo);

    private sealed record Measured(
        LabourRule Rule, ExposureBasis Basis, RosterAgent Agent, DateTimeZone Zone, IReadOnlyDictionary<LocalDate, ExposedDay> Days, LocalDate Date)
    {
        public double? MinimumClass => Rule.Parameters.Find(Exposure.MinimumClass.Name);

        private ExposedDay? Day => Days.GetValueOrDefault(Date);

        public LimitUse Window(LabourRule rule)
        {
            var first = Date.PlusDays(1 - (int)(rule.Parameters.Find("days") ?? 1));
            var used = Days.Values.Where(d => d.Date >= first && d.Date <= Date).SelectMany(d => d.Stretches)
                .Sum(s => s.Minutes * s.Content.Weight(MinimumClass, Basis));
            return new LimitUse(rule, Date, rule.Parameters["minutes"], used, MinimumClass is null ? "weighted minutes" : "minutes");
        }

        public LimitUse AtEnd()
        {
            var from = Day is null ? Instant.MinValue : Day.End - Duration.FromMinutes(Rule.Parameters["minutes"]);
            return Use(0, Severe(Day).Sum(s => Math.Max(0, (s.To - Instant.Max(s.From, from)).TotalMinutes)));
        }

        public LimitUse LongestBlock() => Use(Rule.Parameters["minutes"], Blocks().Select(b => (b.To - b.From).TotalMinutes).DefaultIfEmpty(0).Max());

        public LimitUse Cooldown()
        {
            var (blocks, due) = (Blocks(), Rule.Parameters["minutes"]);
            var missing = blocks.Zip(blocks.Skip(1)).Where(b => (b.First.To - b.First.From).TotalMinutes >= Rule.Parameters["afterMinutes"])
                .Sum(b => Math.Max(0, due - (b.Second.From - b.First.To).TotalMinutes));
            return Use(0, missing);
        }

        public LimitUse DaysInARow()
        {
            var least = Rule.Parameters.Find("minutes") ?? 1;
            var run = 0;
            while (Days.TryGetValue(Date.PlusDays(-run), out var day)
                && day.Stretches.Where(IsSevere).Sum(s => s.Minutes) >= least)
            {
                run++;
            }

            return new LimitUse(Rule, Date, Rule.Parameters["days"], run, "days");
        }

        private LimitUse Use(double limit, double used) => new(Rule, Date, limit, used, "minutes");

        // Severe work that follows severe work at once is one block.
        private List<(Instant From, Instant To)> Blocks()
        {
            var blocks = new List<(Instant From, Instant To)>();
            foreach (var (from, to) in Severe(Day))
            {
                if (blocks.Count > 0 && blocks[^1].To >= from) blocks[^1] = (blocks[^1].From, Instant.Max(blocks[^1].To, to));
                else blocks.Add((from, to));
            }

            return blocks;
        }

        private IEnumerable<(Instant From, Instant To)> Severe(ExposedDay? day) =>
            (day?.Stretches ?? []).Where(IsSevere).OrderBy(s => s.Start).Select(s => (s.Start, s.End));

        private bool IsSevere(ExposedStretch stretch) => stretch.Content.HighestClass >= MinimumClass;
    }
}
