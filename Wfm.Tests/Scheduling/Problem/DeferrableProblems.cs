using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Problem;

/// <summary>Builds problems with deferrable work.</summary>
internal static class DeferrableProblems
{
    /// <summary>A class whose work arrives as stated and is due so many intervals after the interval of its arrival.</summary>
    public static DeadlineDemand Class(string name, double[] arrivingHours, int dueAfter, double priority = 1)
    {
        var arrived = Sums(arrivingHours);
        return new DeadlineDemand(name, [.. arrived.Select((_, i) => i < dueAfter ? 0 : arrived[i - dueAfter])], arrived, priority);
    }

    public static DemandLine Line(string group, params DeadlineDemand[] classes) =>
        new(group, new double[classes[0].DueHours.Length]) { Band = new DeferrableDemand(classes, [.. classes[0].DueHours.Select(_ => 1.0)]) };

    public static double[] Sums(IEnumerable<double> values)
    {
        var total = 0.0;
        return [.. values.Select(v => total += v)];
    }

    /// <summary>A random hub of every kind of line: one immediate that lends its spare time, one with a band of two or three classes, one with both.</summary>
    public static RosterProblem Mixed(int seed, int agents = 8, int days = 14, string zone = "Europe/Dublin")
    {
        var problem = RosterProblems.Random(seed, agents, days, zone);
        var random = new Random(seed);
        var (chat, mail, severe) = (problem.Demand[0], problem.Demand[1], problem.Demand[2]);
        var n = problem.IntervalCount;
        var open = Enumerable.Range(0, n).Select(i => i % 48 < 10 ? 0 : 0.7 + (0.2 * random.NextDouble())).ToArray();
        DeadlineDemand[] classes =
        [
            Random("urgent", 0.3, random.Next(3), GiveUp(4)), Random("daily", 0.8, 20 + random.Next(40), GiveUp(30)), Random("slow", 0.3, 100, GiveUp(100)),
        ];
        var own = new DeferrableDemand([Random("one", 0.5, 10, Duration.Zero)], [.. open.Select(_ => 0.85)]);
        DemandLine[] demand =
        [
            chat,
            new DemandLine(mail.Group, new double[n], 1.3)
            {
                Band = new DeferrableDemand(classes[..(2 + random.Next(2))], open) { AlsoServedBy = [chat.Group] },
                MaximumHeads = [.. Enumerable.Repeat(2.0, n)],
                MinimumPresence = [.. open.Select(o => o > 0 ? 0.5 : 0)],
            },
            new DemandLine(severe.Group, severe.Heads, 1.5, 3)
            {
                MinimumPresence = severe.MinimumPresence,
                BusyHeads = [.. severe.Heads.Select(h => h * 0.8)],
                Band = own,
            },
        ];
        return RosterProblems.Hub(
            problem.Agents, problem.Templates, demand, days, problem.Policy, problem.Surroundings, problem.Pinned, zone, problem.Start,
            interval: problem.Interval);

        Duration GiveUp(int intervals) => random.Next(3) == 0 ? Duration.Zero : problem.Interval * random.Next(intervals);

        DeadlineDemand Random(string name, double scale, int dueAfter, Duration giveUp)
        {
            var hours = problem.Interval.TotalHours;
            var work = Class(
                name,
                [.. Enumerable.Range(0, n).Select(_ => scale * agents / 8 * hours * (random.Next(4) == 0 ? 4 : 0.1) * random.NextDouble())],
                dueAfter, 0.5 + random.NextDouble());
            return new DeadlineDemand(work.Name, work.DueHours, work.ArrivedHours, work.Priority) { GiveUpAfter = giveUp };
        }
    }
}
