using System.Globalization;
using NodaTime;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Proof;

/// <summary>What unlimited people would do in time: where that is too little, no roster mends it.</summary>
/// <param name="Handling">Share of contacts that handling alone leaves in time, if somebody began at once at any hour, 0 to 1.</param>
/// <param name="Open">Share left in time if somebody began at once when it is open, 0 to 1; at most <paramref name="Handling"/>.</param>
/// <param name="Probability">Probability that a period keeps the promise then, 0 to 1.</param>
internal sealed record Reach(double Handling, double Open, double Probability)
{
    private static readonly Reach Unlimited = new(1, 1, 1);

    /// <summary>Expected late contacts above which their scatter no longer matters.</summary>
    private const double Many = 100;

    /// <param name="queue">The queue; of live work everything is within reach.</param>
    /// <param name="interval">Length of an interval.</param>
    public static Reach Of(SimulatedQueue queue, Duration interval)
    {
        if (queue.Deferrable is not { } goal || queue.HandleTime.IsLognormal) return Unlimited;
        var (contacts, handling, open, turnaround) = (0.0, 0.0, 0.0, goal.Turnaround.TotalSeconds);
        for (var i = 0; i < queue.AhtSeconds.Length; i++)
        {
            var (volume, deed) = (queue.VolumePaths.Average(p => p[i]), queue.AhtSeconds[i] * goal.ActionFraction);
            var left = turnaround - (goal.ClockStopsWhenClosed ? 0 : Closed(queue, i) * interval.TotalSeconds);
            contacts += volume;
            handling += volume * ShortClock.Reachable(deed, turnaround);
            open += left > 0 ? volume * ShortClock.Reachable(deed, left) : 0;
        }

        if (contacts <= 0) return Unlimited;
        var late = contacts - open;
        return new Reach(handling / contacts, open / contacts, AtMost(Math.Floor((1 - goal.JudgedFraction) * contacts), late));
    }

    /// <summary>What binds and what would help, in words.</summary>
    /// <param name="queue">The queue.</param>
    public (BindingReason Reason, string Message, string WhatHelps) Explain(SimulatedQueue queue)
    {
        var (goal, most) = (queue.Deferrable!, Percent(Open));
        var minutes = queue.AhtSeconds.Average() * goal.ActionFraction / 60;
        var clock = goal.Turnaround.TotalMinutes;
        return Handling - Open > (1 - Handling)
            ? (BindingReason.Closed,
                "The clock runs while nobody works: of what comes then, too much is due before it opens or soon after. "
                    + $"Any number of people keep {most} % in time.",
                "opening hours that leave no pause as long as the clock, or another hub that is open then")
            : (BindingReason.HandleTime,
                $"It takes {minutes:0.#} minutes on average until a contact is done, and {clock:0.#} are promised: handle times that scatter about their mean "
                    + $"leave {most} % in time with any number of people.",
                $"{minutes:0.#} minutes until the deed brought down to {Needed(goal, clock):0.#}");
    }

    /// <summary>Minutes until the deed with which the share judged by is in reach.</summary>
    private static double Needed(DeferrableGoal goal, double clock) => clock / -Math.Log(1 - Math.Min(goal.JudgedFraction, DeferrableGoal.AllOfThem));

    /// <summary>Intervals from an arrival in the middle of one until it is open.</summary>
    private static double Closed(SimulatedQueue queue, int interval)
    {
        if (queue.Open is not { } open || open[interval]) return 0;
        var next = Array.IndexOf(open, true, interval);
        return (next < 0 ? open.Length : next) - (interval + 0.5);
    }

    /// <summary>P(X ≤ k) of a Poisson number.</summary>
    private static double AtMost(double k, double mean)
    {
        if (mean > Many) return k >= mean ? 1 : 0;
        var (term, sum) = (Math.Exp(-mean), 0.0);
        for (var i = 0; i <= k; i++)
        {
            sum += term;
            term *= mean / (i + 1);
        }

        return Math.Min(1, sum);
    }

    private static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture);
}
