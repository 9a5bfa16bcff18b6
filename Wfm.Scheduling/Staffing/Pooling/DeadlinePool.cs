using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Staffing.Pooling;

/// <summary>A deadline class of a <see cref="DeadlinePool"/>.</summary>
/// <param name="AhtSeconds">Average handle time.</param>
/// <param name="TurnaroundSeconds">Time from arrival to the deadline.</param>
/// <param name="Promise">Share of contacts due within it.</param>
/// <param name="ActionFraction">Share of the handle time after which a contact is done.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DeadlineClass(double AhtSeconds, double TurnaroundSeconds, double Promise, double ActionFraction)
{
    /// <summary>From the start of a contact to the deed.</summary>
    public double ActionSeconds => AhtSeconds * ActionFraction;
}

/// <summary>One interval of several deferrable queues with one pool of agents, served by deadline: how many agents the first k classes need.</summary>
/// <remarks>
/// With one class it is <see cref="ShortClock"/>. With several, contacts of the first k classes, due first, pass all others but those in hand: as long as
/// there is
/// work of the others everybody is busy and each contact waits for somebody to get free, P(wait) = 1. Under earliest deadline first all classes wait for
/// the same work, and in heavy traffic what is late is the same share of each, e^(−(N − A) ÷ AHT × D), D the mean turnaround weighted by load; so a class
/// whose clock is
/// shorter than D waits shorter, by D ÷ its clock, than it would by itself. AHT is the mean over all classes weighted by load, as in
/// <see cref="PriorityPool"/>.
/// Source: B. Doytchinov, J. Lehoczky, S. Shreve, “Real-time queues in heavy traffic with earliest-deadline-first queue discipline”, Annals of Applied
/// Probability 11 (2001), 332–378.
/// </remarks>
/// <param name="classes">Classes by urgency.</param>
internal sealed class DeadlinePool(DeadlineClass[] classes)
{
    private readonly double[] _late = [.. classes.Select(c => 1 - ShortClock.StaffedShare(c.Promise, c.ActionSeconds, c.TurnaroundSeconds))];

    /// <summary>The fewest agents, real, that keep the promises of the first classes in the time their load takes.</summary>
    /// <param name="loads">Erlangs per class.</param>
    /// <param name="count">How many classes; at least one.</param>
    public double Agents(ReadOnlySpan<double> loads, int count)
    {
        var (load, clock, all, work) = (0.0, 0.0, 0.0, 0.0);
        for (var k = 0; k < loads.Length; k++)
        {
            all += loads[k];
            work += loads[k] * classes[k].AhtSeconds;
            if (k >= count) continue;
            load += loads[k];
            clock += loads[k] * classes[k].TurnaroundSeconds;
        }
        if (load == 0) return 0;
        var (present, alone, aht, meanClock) = (loads[..count].ToArray(), all <= load, work / all, clock / load);
        return load + ShortClock.SmallestMargin(Math.Sqrt(load) + 1, spare =>
        {
            var wait = alone ? ErlangC.ProbabilityOfWait(load, load + spare) : 1;
            for (var k = 0; k < present.Length; k++)
            {
                if (present[k] == 0) continue;
                var (own, turnaround) = (classes[k].ActionSeconds, classes[k].TurnaroundSeconds);
                if (ShortClock.Late(wait, spare * own / aht * (meanClock / turnaround), turnaround / own) > _late[k]) return false;
            }
            return true;
        });
    }
}
