using NodaTime;

namespace Wfm.Scheduling.Staffing.Pooling;

/// <summary>One immediate queue of several that the same agents serve. Checked once: an instance is a proof.</summary>
public sealed record PooledQueue
{
    /// <summary>Checks lengths and ranges.</summary>
    /// <param name="name">Shown in results, not empty.</param>
    /// <param name="volume">Contacts offered per interval, finite, 0 or more.</param>
    /// <param name="ahtSeconds">Average handle time per interval in seconds, finite, more than 0.</param>
    /// <param name="goal">Targets. Patience and abandonment are left aside: callers are taken to be patient, which errs on the safe side.</param>
    /// <param name="priority">1 or more; 1 is served first, queues of one priority first come first served.</param>
    /// <param name="concurrency">Chats an agent handles at once; null for one. An agent with c chats counts as one who ends c chats per (inflated) handle
    /// time.</param>
    /// <exception cref="ArgumentException">Arrays of unequal length, an empty horizon, or a value outside its range; the parameter's name carries the
    /// index.</exception>
    public PooledQueue(string name, double[] volume, double[] ahtSeconds, ImmediateGoal goal, int priority = 1, ChatConcurrency? concurrency = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Volume = Guard.EachNonNegative(Guard.Filled(volume, nameof(volume)), nameof(volume));
        AhtSeconds = Guard.EachPositive(Guard.OfLength(ahtSeconds, volume.Length, nameof(ahtSeconds)), nameof(ahtSeconds));
        ArgumentNullException.ThrowIfNull(goal);
        Goal = goal;
        Priority = Guard.AtLeast(priority, 1);
        Concurrency = concurrency ?? ChatConcurrency.None;
    }

    /// <summary>Shown in results.</summary>
    public string Name { get; }

    /// <summary>Contacts offered per interval.</summary>
    public double[] Volume { get; }

    /// <summary>Average handle time per interval in seconds.</summary>
    public double[] AhtSeconds { get; }

    /// <summary>Targets.</summary>
    public ImmediateGoal Goal { get; }

    /// <summary>1 is served first.</summary>
    public int Priority { get; }

    /// <summary>Chats an agent handles at once.</summary>
    public ChatConcurrency Concurrency { get; }

    /// <summary>Seconds of an agent per contact.</summary>
    internal double AgentSeconds(int interval) => Concurrency.InflatedAhtSeconds(AhtSeconds[interval]) / Concurrency.Slots;

    /// <summary>The load of the queue, in agents who are never idle.</summary>
    internal OfferedLoad Load(Duration interval, bool[] open)
    {
        var slots = new LoadSpread(HandleTime.Exponential, interval.TotalSeconds).Of(Volume, AhtSeconds, open, Concurrency);
        return new OfferedLoad(PerAgent(slots.Arriving), PerAgent(slots.Mean), PerAgent(slots.AtEnd));

        double[] PerAgent(double[] load) => [.. load.Select(x => x / Concurrency.Slots)];
    }
}
