using Spectre.Console;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;

namespace Wfm.Api.Commands;

/// <summary>Every goal of some hubs, legal clocks first: what is promised, what the simulation says, and what binds where it does not hold.</summary>
internal static class GoalTable
{
    /// <param name="proofs">The proof of each hub's roster; checks without one are left out.</param>
    public static void Print(IEnumerable<(Hub Hub, ServiceCheck? Proof)> proofs, IAnsiConsole console)
    {
        var goals = proofs.SelectMany(p => (p.Proof?.Queues ?? []).Where(q => q.Verdict is not null).Select(q => (p.Hub, Queue: q)))
            .OrderByDescending(g => g.Queue.Goal.LegalClock).ThenBy(g => g.Hub.Code, StringComparer.Ordinal)
            .ThenBy(g => g.Queue.Queue, StringComparer.Ordinal).ToList();
        if (goals.Count == 0)
        {
            return;
        }

        console.WriteLine(
            "\nGoals over the roster, legal clocks (§) first: share in time promised and simulated with its 95 % interval, probability that the goal is met "
                + "(in brackets before the roster was mended). A period keeps a promise of 100 % with 99.9 % in time, unless the queue says otherwise; late a "
                + "week: expected past the last deadline");
        var table = CommandConsole.Figures("hub", "queue", "promised", "simulated", "late a week", "probability", "holds");
        foreach (var (hub, queue) in goals)
        {
            var (verdict, simulated) = (queue.Verdict!, queue.ServiceLevel ?? queue.Turnaround);
            table.Add(
                hub.Name, $"{(queue.Goal.LegalClock ? "§ " : "")}{queue.Queue}", verdict.Promised is { } promised ? $"{promised:P0}" : "–",
                simulated is null ? "–" : $"{simulated.Mean:P1} ({simulated.Low:P0}–{simulated.High:P0})",
                queue.BreachesPerWeek is { } late ? $"{late:0.0}" : "–",
                $"{queue.ProbabilityGoalMet.Mean:0.00} ({verdict.ProbabilityBefore:0.00})", verdict.Holds ? "yes" : "no");
        }

        console.Write(table);
        foreach (var (hub, queue) in goals.Where(g => !g.Queue.Verdict!.Holds))
        {
            console.WriteLine($"{hub.Name} {queue.Queue}: {queue.Verdict!.Binding?.Message} It would hold with: {WouldHold(queue.Verdict)}.");
        }

        var (holding, shortages) = (goals.Count(g => g.Queue.Verdict!.Holds), goals.Count(g => g.Queue.Verdict is { Holds: false, Remedy.Holds: true }));
        console.WriteLine($"{holding} of {goals.Count} goals hold, {shortages} have a proven shortage.");
    }

    private static string WouldHold(QueueVerdict verdict) =>
        verdict switch
        {
            { Remedy: { Holds: true, WithOneFewer: { } fewer } } => $"{verdict.WouldHold} (with one fewer the probability is {fewer:0.00})",
            { WouldHold: { } words } => words,
            { Remedy: { } tried } => $"nothing found, {tried.People} more for {tried.Group} are not enough",
            _ => "nothing tried",
        };
}
