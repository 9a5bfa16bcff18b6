namespace Wfm.Scheduling.Staffing;

/// <summary>An agent who handles several chats at once: c parallel slots, each further chat making all of them a little slower.</summary>
/// <remarks>
/// The slots are the servers of the queueing model: load in slots = volume × AHT × (1 + inflation × (c − 1)) ÷ interval, and N agents are N·c
/// servers. Every chat is charged the handle time of a fully loaded agent, which errs on the safe side when slots are idle.
/// </remarks>
public sealed record ChatConcurrency
{
    /// <summary>One contact at a time: voice.</summary>
    public static readonly ChatConcurrency None = new(1, 0);

    /// <summary>Checks the slots and the inflation.</summary>
    /// <param name="slots">Contacts an agent handles at once, 1 or more.</param>
    /// <param name="inflationPerSlot">Relative growth of the handle time per further slot, 0 to 1: at 1 a second chat gains nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public ChatConcurrency(int slots, double inflationPerSlot)
    {
        Slots = Guard.AtLeast(slots, 1);
        InflationPerSlot = inflationPerSlot is >= 0 and <= 1 ? inflationPerSlot
            : throw Guard.OutOfRange(nameof(inflationPerSlot), inflationPerSlot, "it must be at least 0 and at most 1");
    }

    /// <summary>Contacts an agent handles at once.</summary>
    public int Slots { get; }

    /// <summary>Relative growth of the handle time per further slot.</summary>
    public double InflationPerSlot { get; }

    /// <summary>Handle time in seconds of a chat that shares its agent with <see cref="Slots"/> − 1 others.</summary>
    /// <param name="ahtSeconds">Handle time of a chat that has its agent alone, in seconds, more than 0.</param>
    /// <returns>Seconds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The handle time is outside its range.</exception>
    public double InflatedAhtSeconds(double ahtSeconds) => Guard.Positive(ahtSeconds) * (1 + InflationPerSlot * (Slots - 1));

    /// <summary>Agents that make up at least the given number of slots.</summary>
    internal int Agents(int slots) => (int)(((long)slots + Slots - 1) / Slots);
}
