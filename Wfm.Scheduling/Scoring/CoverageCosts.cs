using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Scoring;

/// <summary>Demand and its prices per group and interval, laid out for the search: group × stride + interval, costless beyond the period.</summary>
internal sealed class CoverageCosts
{
    public CoverageCosts(RosterProblem problem, RosterCalendar calendar, int longestProfile)
    {
        Groups = problem.Demand.Count;
        Intervals = calendar.IntervalCount;
        Stride = (Intervals + longestProfile + 8) / 4 * 4;
        (Required, Deep, Minimum) = (Array(), Array(), Array());
        (Under, DeepUnder, MinimumUnder, Over) = (Array(), Array(), Array(), Array());
        for (var g = 0; g < Groups; g++)
        {
            Fill(problem.Demand[g], problem.Objective, g * Stride, HeadUnits(problem.Demand[g], calendar));
        }

        var weight = Required.Sum();
        var work = problem.Templates.Count == 0 || problem.Demand.All(d => d.Measure == DemandMeasure.ShiftsStarting) ? 1
            : problem.Templates.Average(t => t.Paid.TotalHours);
        TypicalShift = weight > 0 ? Math.Max(1, Math.Round(Required.Zip(Under, (r, u) => r * u).Sum() / weight * Money.HeadHour * work)) : Money.Unit;
        HasMinimum = problem.Demand.Any(d => d.MinimumPresence is not null);
    }

    public int Groups { get; }

    public int Intervals { get; }

    public int Stride { get; }

    public bool HasMinimum { get; }

    /// <summary>What a missing shift costs, averaged over demand and templates.</summary>
    public double TypicalShift { get; }

    public double[] Required { get; }

    public double[] Deep { get; }

    public double[] Minimum { get; }

    public double[] Under { get; }

    public double[] DeepUnder { get; }

    public double[] MinimumUnder { get; }

    public double[] Over { get; }

    /// <summary>Units of coverage that one head is: its minutes × 100, or a head-hour where shifts are counted.</summary>
    public static double HeadUnits(DemandLine line, RosterCalendar calendar) =>
        line.Measure == DemandMeasure.ShiftsStarting ? Money.HeadHour : calendar.IntervalMinutes * 100.0;

    /// <summary>The largest unit of which every cost is a multiple when coverage changes by whole heads.</summary>
    /// <param name="head">Units of coverage of a head.</param>
    public double Grain(double head)
    {
        bool Whole(double[] levels, double[] slopes) => levels.Zip(slopes).All(p => p.Second == 0 || p.First % head == 0);
        var isWhole = Whole(Required, Under) && Whole(Required, Over) && Whole(Deep, DeepUnder) && Whole(Minimum, MinimumUnder);
        return Under.Concat(DeepUnder).Concat(MinimumUnder).Concat(Over).Aggregate(0.0, (grain, slope) => Gcd(grain, slope * (isWhole ? head : 1)));
    }

    private static double Gcd(double a, double b) => b == 0 ? a : Gcd(b, a % b);

    private double[] Array() => new double[Groups * Stride];

    private void Fill(DemandLine line, RosterObjective objective, int at, double head)
    {
        for (var i = 0; i < Intervals; i++)
        {
            Required[at + i] = Math.Round(line.Heads[i] * head);
            Deep[at + i] = Math.Round(line.Heads[i] * head * (1 - objective.DeepUnderFraction));
            Minimum[at + i] = Math.Round((line.MinimumPresence?[i] ?? 0) * head);
            Under[at + i] = Money.Slope((line.UnderCosts?[i] ?? objective.UnderCost) * line.Priority);
            DeepUnder[at + i] = Money.Slope(objective.DeepUnderCost * line.Priority);
            MinimumUnder[at + i] = Money.Slope(objective.MinimumPresenceCost * line.Priority);
            Over[at + i] = Money.Slope(line.OverCosts?[i] ?? objective.OverCost);
        }
    }
}
