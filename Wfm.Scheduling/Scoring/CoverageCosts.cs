using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Scoring;

/// <summary>Demand and its prices per group and interval, laid out for the search: group × stride + interval, costless beyond the period.</summary>
internal sealed class CoverageCosts
{
    /// <summary>Head-hours of the dearest work that one hour of missed presence outweighs in the search: the hours of a shift, so that nobody is taken from
    /// where somebody must be to where more work is.</summary>
    private const double PresencePrecedence = 8;

    public CoverageCosts(RosterProblem problem, RosterCalendar calendar, int longestProfile)
    {
        Groups = problem.Demand.Count;
        (Intervals, IntervalMinutes) = (calendar.IntervalCount, calendar.IntervalMinutes);
        Stride = (Intervals + Math.Max(longestProfile, BandCosts.Block) + 8) / 4 * 4;
        (Required, Deep, Minimum) = (Array(), Array(), Array());
        (Under, DeepUnder, MinimumUnder, Over) = (Array(), Array(), Array(), Array());
        MinimumPrice = Array();
        (Maximum, MaximumOver) = (Array(), Array());
        (RelaxedMinimum, RelaxedMinimumUnder) = (Array(), Array());
        (Presence, PresenceUnder, Most, MostOver) = (Array(), Array(), Array(), Array());
        (Seats, SeatsOver) = (new double[Stride], new double[Stride]);
        CountsPeople = new bool[Groups];
        Bands = BandCosts.Of(problem, calendar, Stride);
        BandOf = [.. Enumerable.Range(0, Groups).Select(g => System.Array.FindIndex(Bands, b => b.Sources(Stride).Contains(g)))];
        for (var g = 0; g < Groups; g++)
        {
            var head = HeadUnits(problem.Demand[g], calendar);
            Fill(problem.Demand[g], problem.Objective, g, head);
        }

        var precedence = Precedence(problem);
        for (var g = 0; g < Groups; g++)
        {
            FillPeople(problem, g, precedence);
        }

        var weight = Required.Sum() + Bands.Sum(b => b.Total);
        var work = problem.Templates.Count == 0 || problem.Demand.All(d => d.Measure == DemandMeasure.ShiftsStarting) ? 1
            : problem.Templates.Average(t => t.Paid.TotalHours);
        TypicalShift =
            weight > 0
                ? Math.Max(1, Math.Round((Required.Zip(Under, (r, u) => r * u).Sum() + Bands.Sum(b => b.TotalPrice)) / weight * Money.HeadHour * work))
                : Money.Unit;
        HasMinimum = problem.Demand.Where((d, g) => d.MinimumPresence is not null && !CountsPeople[g]).Any();
        HasMaximum = problem.Demand.Where((d, g) => d.MaximumHeads is not null && !CountsPeople[g]).Any();
        HasSeats = problem.Seats < problem.Agents.Count;
        for (var i = 0; HasSeats && i < Intervals; i++)
        {
            (Seats[i], SeatsOver[i]) = (problem.Seats!.Value * calendar.IntervalMinutes * 100.0, Money.Slope(problem.Objective.SeatsCost));
        }

        CountsSomebody = HasSeats || System.Array.Exists(CountsPeople, c => c);
    }

    public int Groups { get; }

    public int Intervals { get; }

    public int IntervalMinutes { get; }

    public int Stride { get; }

    public bool HasMinimum { get; }

    public bool HasMaximum { get; }

    /// <summary>Whether there are fewer seats than people.</summary>
    public bool HasSeats { get; }

    /// <summary>Groups whose minimum presence and most heads are told in people apart from what they cover, because not everybody skilled is one
    /// head.</summary>
    public bool[] CountsPeople { get; }

    /// <summary>Whether anything is told in people.</summary>
    public bool CountsSomebody { get; }

    /// <summary>Deferrable work.</summary>
    public BandCosts[] Bands { get; }

    /// <summary>The band that a group's time serves when immediate work leaves it, -1 for none.</summary>
    public int[] BandOf { get; }

    /// <summary>What a missing shift costs, averaged over demand and templates.</summary>
    public double TypicalShift { get; }

    public double[] Required { get; }

    public double[] Deep { get; }

    /// <summary>Minimum presence where everybody is one head.</summary>
    public double[] Minimum { get; }

    /// <summary>Minimum presence told in what is covered, never above the truth: of people who each cover at least a part p of a head, there are at most
    /// coverage ÷ p. What bounds and prices are made of.</summary>
    public double[] RelaxedMinimum { get; }

    /// <summary>Cost below <see cref="RelaxedMinimum"/>.</summary>
    public double[] RelaxedMinimumUnder { get; }

    /// <summary>Minimum presence of the groups of <see cref="CountsPeople"/>.</summary>
    public double[] Presence { get; }

    public double[] PresenceUnder { get; }

    /// <summary>Most people of the groups of <see cref="CountsPeople"/>.</summary>
    public double[] Most { get; }

    public double[] MostOver { get; }

    /// <summary>Seats, by interval.</summary>
    public double[] Seats { get; }

    public double[] SeatsOver { get; }

    public double[] Under { get; }

    public double[] DeepUnder { get; }

    /// <summary>What presence missed costs in the search; what it is told as is <see cref="MinimumPrice"/>.</summary>
    public double[] MinimumUnder { get; }

    /// <summary>What presence missed costs in the objective, whether it is told in people or in what is covered.</summary>
    public double[] MinimumPrice { get; }

    public double[] Over { get; }

    public double[] Maximum { get; }

    public double[] MaximumOver { get; }

    /// <summary>Makes missed presence cost what the objective asks, not what it costs in a search.</summary>
    public void TellPresence()
    {
        for (var k = 0; k < MinimumPrice.Length; k++)
        {
            if (MinimumUnder[k] > 0) MinimumUnder[k] = MinimumPrice[k];
            if (PresenceUnder[k] > 0) PresenceUnder[k] = MinimumPrice[k];
        }
    }

    /// <summary>Units of coverage that one head is: its minutes × 100, or a head-hour where shifts are counted.</summary>
    public static double HeadUnits(DemandLine line, RosterCalendar calendar) =>
        line.Measure == DemandMeasure.ShiftsStarting ? Money.HeadHour : calendar.IntervalMinutes * 100.0;

    /// <summary>The largest unit of which every cost is a multiple when coverage changes by whole heads.</summary>
    /// <param name="head">Units of coverage of a head.</param>
    public double Grain(double head)
    {
        if (Bands.Length > 0) return 1; // late work costs by the hour
        bool Whole(double[] levels, double[] slopes) => levels.Zip(slopes).All(p => p.Second == 0 || p.First % head == 0);
        var isWhole = Whole(Required, Under) && Whole(Required, Over) && Whole(Deep, DeepUnder) && Whole(Minimum, MinimumUnder) && Whole(Maximum, MaximumOver);
        return Under.Concat(DeepUnder).Concat(MinimumUnder).Concat(Over).Concat(MaximumOver)
            .Aggregate(0.0, (grain, slope) => Gcd(grain, slope * (isWhole ? head : 1)));
    }

    private static double Gcd(double a, double b) => b == 0 ? a : Gcd(b, a % b);

    // Where not everybody is one head, presence and most heads move from the coverage to the people.
    private void FillPeople(RosterProblem problem, int group, double precedence)
    {
        var line = problem.Demand[group];
        var percents = problem.Agents.SelectMany(a => a.Skills).Where(s => s.Group == line.Group).Select(s => Math.Round(s.Proficiency * 100)).Append(100)
            .ToArray();
        var least = percents.Min() / 100;
        CountsPeople[group] =
            line.Measure != DemandMeasure.ShiftsStarting && (line.MinimumPresence ?? line.MaximumHeads) is not null && percents.Any(p => p != 100);
        for (var k = group * Stride; k < (group * Stride) + Intervals; k++)
        {
            var part = CountsPeople[group] ? least : 1;
            (RelaxedMinimum[k], RelaxedMinimumUnder[k]) = (Minimum[k] * part, line.MinimumPresence is null ? 0 : MinimumPrice[k] / part);
            if (MinimumPrice[k] > 0) MinimumUnder[k] = Math.Max(MinimumPrice[k], precedence);
            if (!CountsPeople[group]) continue;
            (Presence[k], PresenceUnder[k], Most[k], MostOver[k]) = (Minimum[k], MinimumUnder[k], Maximum[k], MaximumOver[k]);
            (Minimum[k], MinimumUnder[k], Maximum[k], MaximumOver[k]) = (0, 0, 0, 0);
        }
    }

    // Below what a head above the seats costs: those are law.
    private double Precedence(RosterProblem problem)
    {
        var dearest = Under.Zip(DeepUnder, (under, deep) => under + deep).DefaultIfEmpty().Max();
        return Math.Min(PresencePrecedence * dearest, problem.Seats is null ? double.PositiveInfinity : Money.Slope(problem.Objective.SeatsCost) / 4);
    }

    private double[] Array() => new double[Groups * Stride];

    private void Fill(DemandLine line, RosterObjective objective, int group, double head)
    {
        var (at, band) = (group * Stride, BandOf[group]);
        for (var i = 0; i < Intervals; i++)
        {
            Required[at + i] = Math.Round(line.Heads[i] * head);
            Deep[at + i] = Math.Round(line.Heads[i] * head * (1 - objective.DeepUnderFraction));
            Minimum[at + i] = Math.Round((line.MinimumPresence?[i] ?? 0) * head);
            Under[at + i] = Money.Slope((line.UnderCosts?[i] ?? objective.UnderCost) * line.Priority);
            DeepUnder[at + i] = Money.Slope(objective.DeepUnderCost * line.Priority);
            MinimumPrice[at + i] = Money.Slope(objective.MinimumPresenceCost * line.Priority);
            Maximum[at + i] = Math.Round((line.MaximumHeads?[i] ?? 0) * head);
            MaximumOver[at + i] = line.MaximumHeads is null ? 0 : Money.Slope(objective.MaximumHeadsCost);
            // Surplus time that a band can use is no waste; what the band has no work for is priced there.
            Over[at + i] = band >= 0 && Bands[band].Productive(i) > 0 ? 0 : Money.Slope(line.OverCosts?[i] ?? objective.OverCost);
        }
    }
}
