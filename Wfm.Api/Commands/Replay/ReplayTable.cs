using Spectre.Console;

namespace Wfm.Api.Commands.Replay;

/// <summary>Prints days as they were projected and as they ended.</summary>
internal static class ReplayTable
{
    private const double Wide = 0.005; // a band of half a point or more says something
    private const double Rounding = 1e-9;

    /// <summary>Projected against realised service by hour of the day.</summary>
    public static void PrintHours(ReplayedDays days, IAnsiConsole console)
    {
        var ended = days.Queues.Where(q => q.Share is not null).ToDictionary(q => (q.Seed, q.Queue));
        var scored = days.Hours.Where(h => ended.ContainsKey((h.Seed, h.Queue))).Select(h => (Hour: h, End: ended[(h.Seed, h.Queue)])).ToList();
        console.WriteLine(
            "\nProjected against realised share in time of the whole day, by hour of asking; wide: bands of half a point or more, a share on "
                + "their edge counts by half; Brier: mean squared error of the probability that the goal is met");
        var table = CommandConsole.Figures("hour", "bands", "in 80 %", "wide", "in 80 %", "mean width", "bias", "mean error", "Brier");
        foreach (var group in scored.GroupBy(s => s.Hour.Hour).OrderBy(g => g.Key)) Add($"{group.Key:00}:00", [.. group]);
        Add("all", scored);
        foreach (var group in scored.GroupBy(s => s.Hour.Queue)) Add(group.Key, [.. group]);
        console.Write(table);

        void Add(string name, List<(ReplayedHour Hour, ReplayedQueue End)> of)
        {
            if (of.Count == 0) return;
            var wide = of.FindAll(s => s.Hour.High - s.Hour.Low >= Wide);
            table.Add(
                name, $"{of.Count}", $"{of.Average(Holds):P1}", $"{wide.Count}", wide.Count == 0 ? "–" : $"{wide.Average(Holds):P1}",
                $"{of.Average(s => s.Hour.High - s.Hour.Low):P1}", $"{of.Average(s => s.Hour.Mean - s.End.Share!.Value):P1}",
                $"{of.Average(s => Math.Abs(s.Hour.Mean - s.End.Share!.Value)):P1}",
                $"{of.Average(s => Math.Pow(s.Hour.GoalMet - (s.End.IsGoalMet ? 1 : 0), 2)):0.000}");
        }

        static double Holds((ReplayedHour Hour, ReplayedQueue End) s)
        {
            var (low, high, share) = (s.Hour.Low, s.Hour.High, s.End.Share!.Value);
            return share < low - Rounding || share > high + Rounding ? 0
                : high - low >= Wide && (share <= low + Rounding || share >= high - Rounding) ? 0.5 // of few contacts: the band ends on a share that is likely
                : 1;
        }
    }

    /// <summary>What was done, and what it saved against the same days without.</summary>
    public static void PrintSaved(ReplayedDays without, ReplayedDays with, IAnsiConsole console)
    {
        console.WriteLine("\nThe same days with the same contacts, handle times and absences, without and with actions");
        var table = CommandConsole.Figures("", "without", "with", "saved");
        Row("goals met", without.Queues.Count(q => q.IsGoalMet), with.Queues.Count(q => q.IsGoalMet), -1);
        Row("minutes late", without.Queues.Sum(q => q.MinutesLate), with.Queues.Sum(q => q.MinutesLate), 1);
        Row("contacts lost", without.Queues.Sum(q => q.Abandoned), with.Queues.Sum(q => q.Abandoned), 1);
        console.Write(table);
        console.WriteLine($"{with.Actions.Count} actions, {with.PaidHours:0.0} more paid hours, cost {with.Cost:0.0} paid hours with premiums and disruption");
        foreach (var action in with.Actions) console.WriteLine($"  {action}");

        void Row(string name, double before, double after, int sign) => table.Add(name, $"{before:N0}", $"{after:N0}", $"{(sign * (before - after)) + 0.0:N0}");
    }
}
