using Wfm.Scheduling.Simulation;

namespace Wfm.Scheduling.Proof;

/// <summary>How the goals stand in one simulation, and by how much they miss.</summary>
/// <param name="Holding">Goals that hold at the level staffed for.</param>
/// <param name="Weight">The same with legal clocks counted four times.</param>
/// <param name="Deficit">Sum over the goals of what is missing to the probability aimed at and of the share in time that is missing, by weight.</param>
internal sealed record Standing(int Holding, double Weight, double Deficit)
{
    /// <summary>A goal set by law counts as much as so many others.</summary>
    private const double LegalWeight = 4;

    /// <summary>Part of what a promise leaves open that is kept in hand.</summary>
    private const double Margin = 0.1;

    private const double Noticeable = 1e-9;

    /// <summary>Above every severity.</summary>
    private const double MostSevere = 1000;

    /// <summary>Goals that hold first; where these are alike, the smaller deficit.</summary>
    public bool IsBetterThan(Standing other) =>
        Weight > other.Weight + Noticeable || (Weight > other.Weight - Noticeable && Deficit < other.Deficit - Noticeable);

    public static double WeightOf(SimulatedQueue queue) => queue.LegalClock ? LegalWeight : 1;

    /// <summary>The more urgent goal first: those set by law, then by severity.</summary>
    public static double UrgencyOf(SimulatedQueue queue) => (queue.LegalClock ? MostSevere : 0) + queue.Severity;

    /// <param name="level">Probability at which a goal holds.</param>
    /// <param name="aim">Probability aimed at, no less: what lies between keeps no goal from holding, but other seeds may find it missed.</param>
    public static Standing Of(IReadOnlyList<SimulatedQueue> queues, RosterService service, double level, double aim)
    {
        var (holding, weight, deficit) = (0, 0.0, 0.0);
        for (var q = 0; q < queues.Count; q++)
        {
            var (mine, probability) = (WeightOf(queues[q]), service.Report.Queues[q].ProbabilityGoalMet);
            if (probability >= level)
            {
                holding++;
                weight += mine;
            }

            deficit += mine * (Math.Max(0, aim - probability) + Shortfall(queues[q], service, q, aim));
        }

        return new Standing(holding, weight, deficit);
    }

    /// <summary>Share in time that is missing to the promise and a little more in the replications that decide: a slope where the probability is flat, and a
    /// margin that other goals do not eat up.</summary>
    private static double Shortfall(SimulatedQueue queue, RosterService service, int q, double level) =>
        queue.JudgedShare is { } judged && Kept(service.Shares[q], level) is { } kept ? Math.Max(0, judged + (Margin * (1 - judged)) - kept) : 0;

    /// <summary>The share in time that is reached in a fraction of the replications; <see langword="null"/> without any that has contacts.</summary>
    public static double? Kept(IEnumerable<double> shares, double level)
    {
        double[] known = [.. shares.Where(s => !double.IsNaN(s)).OrderDescending()];
        return known.Length == 0 ? null : known[Math.Clamp((int)Math.Ceiling((level * known.Length) - Noticeable) - 1, 0, known.Length - 1)];
    }
}
