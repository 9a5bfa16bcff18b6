using NodaTime;
using NodaTime.Text;
using Wfm.Scheduling.Explanation;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Proof;

/// <summary>What keeps a goal from holding: in which hours most is missed, and what stops everybody with the skill there.</summary>
/// <param name="problem">The problem.</param>
/// <param name="uncovered">What stays missing of the raised demand, with the people who could not take it.</param>
/// <param name="held">Who is held by a minimum.</param>
internal sealed class BindingReasons(RosterProblem problem, IReadOnlyList<UncoveredInterval> uncovered, HeldByMinimum held)
{
    private const double MostOfIt = 0.7;
    private const int Hours = 24;
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <param name="group">Group of the queue.</param>
    /// <param name="missing">Heads missing to its promise per interval.</param>
    public ProofBinding Of(string group, double[] missing)
    {
        var (from, to, share) = Worst(missing);
        var blocked = Blocked(group, missing);
        var main = blocked.Where(b => b.Reason != BindingReason.AllAtWork).OrderByDescending(b => b.Share).ThenBy(b => b.Reason == BindingReason.Rule ? 0 : 1)
            .FirstOrDefault() ?? blocked.FirstOrDefault()
            ?? new BlockedShare(problem.Demand.Any(d => d.Group == group) ? BindingReason.NeededElsewhere : BindingReason.NotPlanned, null, 1);
        return new ProofBinding(main.Reason, main.Rule, from, to, share, blocked, $"{When(missing)} {Words(main, group)}{Others(blocked, main)}");
    }

    private List<BlockedShare> Blocked(string group, double[] missing)
    {
        var runs = uncovered.Where(u => u.Group == group && u.Reasons.Count > 0 && Touches(u, missing)).ToArray();
        var total = runs.Sum(u => u.HeadHours * Math.Max(1, u.Reasons.Sum(r => r.Agents)));
        return
        [
            .. runs.SelectMany(u => u.Reasons.SelectMany(r =>
                    Kinds(r, u).Select(k => (k.Kind, Weight: k.Share * u.HeadHours * Math.Max(r.Reason == BlockReason.NobodySkilled ? 1 : 0, r.Agents)))))
                .Where(r => r.Weight > 0).GroupBy(r => r.Kind)
                .Select(g => new BlockedShare(g.Key.Reason, g.Key.Rule, total > 0 ? g.Sum(r => r.Weight) / total : 0))
                .OrderByDescending(b => b.Share).ThenBy(b => b.Reason).ThenBy(b => b.Rule, StringComparer.Ordinal),
        ];
    }

    private bool Touches(UncoveredInterval run, double[] missing)
    {
        var from = Math.Max(0, (int)((run.Start - problem.Origin) / problem.Interval));
        var to = (int)Math.Ceiling((run.End - problem.Origin) / problem.Interval);
        for (var i = from; i < Math.Min(to, missing.Length); i++)
        {
            if (missing[i] > 0) return true;
        }

        return false;
    }

    /// <summary>Who works at other hours of the day is needed there, or must be there.</summary>
    private IEnumerable<((BindingReason Reason, string? Rule) Kind, double Share)> Kinds(BlockedAgents blocked, UncoveredInterval run)
    {
        if (blocked.Reason != BlockReason.OtherShiftThatDay) return [(Kind(blocked), 1)];
        var share = held.ShareOf(run.Group, run.At);
        return [((BindingReason.Minimum, null), share), (Kind(blocked), 1 - share)];
    }

    private static (BindingReason Reason, string? Rule) Kind(BlockedAgents blocked) => blocked.Reason switch
    {
        BlockReason.NobodySkilled or BlockReason.OptedOut => (BindingReason.NoSuchPeople, null),
        BlockReason.OnShift or BlockReason.OnBreak => (BindingReason.AllAtWork, null),
        BlockReason.NotEmployed or BlockReason.Unavailable or BlockReason.NoTemplate or BlockReason.BeginsBefore => (BindingReason.TheseHours, null),
        BlockReason.TimeOff => (BindingReason.Leave, null),
        BlockReason.Pinned => (BindingReason.Fixed, null),
        BlockReason.Rule => (BindingReason.Rule, blocked.Rule),
        _ => (BindingReason.NeededElsewhere, null),
    };

    /// <summary>The day on which most is missed, from the first to the last interval with a quarter of its worst.</summary>
    private (Instant From, Instant To, double Share) Worst(double[] missing)
    {
        var total = missing.Sum();
        if (total <= 0) return (problem.Origin, problem.EndOfPeriod, 1);
        var day = missing.Index().GroupBy(m => At(m.Index).Date).MaxBy(g => g.Sum(m => m.Item))!.ToArray();
        var high = day.Where(m => m.Item >= day.Max(d => d.Item) / 4).Select(m => m.Index).ToArray();
        var share = missing[high[0]..(high[^1] + 1)].Sum() / total;
        return (problem.Origin + (problem.Interval * high[0]), problem.Origin + (problem.Interval * (high[^1] + 1)), share);
    }

    /// <summary>The shortest stretch of the clock in which most is missed.</summary>
    private string When(double[] missing)
    {
        var byHour = new double[Hours];
        for (var i = 0; i < missing.Length; i++) byHour[At(i).Hour] += missing[i];
        var wanted = MostOfIt * byHour.Sum();
        if (wanted <= 0) return "It is missed at any hour.";
        var (length, start) = Enumerable.Range(1, Hours).SelectMany(l => Enumerable.Range(0, Hours).Select(s => (Length: l, Start: s)))
            .First(w => Enumerable.Range(w.Start, w.Length).Sum(h => byHour[h % Hours]) >= wanted);
        return length > Hours / 2 ? "It is missed at any hour."
            : $"Most of it is missed from {Text(start)} to {Text((start + length) % Hours)}.";

        static string Text(int hour) => Clock.Format(new LocalTime(hour, 0));
    }

    private LocalDateTime At(int interval) => (problem.Origin + (problem.Interval * interval)).InZone(problem.Zone).LocalDateTime;

    private static string Words(BlockedShare main, string group) => main.Reason switch
    {
        BindingReason.NoSuchPeople => $"Nobody may work for {group}.",
        BindingReason.AllAtWork => $"Everybody with the skill {group} is at work then.",
        BindingReason.TheseHours => $"No template or availability of those with the skill {group} reaches these hours.",
        BindingReason.Leave => $"Those with the skill {group} who are not at work are on leave.",
        BindingReason.Rule => $"Of those with the skill {group} who are not at work, the rule {main.Rule} stops most.",
        BindingReason.Minimum =>
            $"Those with the skill {group} who are not at work then are held at other hours of the day by a minimum of people who must be there.",
        BindingReason.Fixed => $"The days of those with the skill {group} are pinned or published.",
        BindingReason.NotPlanned => $"No demand is planned for {group}.",
        _ => $"Those with the skill {group} who are not at work then work at other hours of the day or for others, where they would be missed.",
    };

    private static string Others(List<BlockedShare> blocked, BlockedShare main) => blocked.Count < 2 ? ""
        : $" ({string.Join(", ", blocked.OrderBy(b => b == main ? 0 : 1).Select(b => $"{Math.Round(100 * b.Share):0} % {Short(b)}"))})";

    private static string Short(BlockedShare blocked) => blocked.Reason switch
    {
        BindingReason.NoSuchPeople => "opted out",
        BindingReason.AllAtWork => "at work",
        BindingReason.TheseHours => "not at these hours",
        BindingReason.Leave => "on leave",
        BindingReason.Rule => $"stopped by {blocked.Rule}",
        BindingReason.Minimum => "held by a minimum",
        BindingReason.Fixed => "fixed",
        _ => "needed elsewhere",
    };
}
