namespace Wfm.Scheduling.Simulation;

/// <summary>The contacts in hand, one per slot; agent a owns the slots from FirstSlot[a] to FirstSlot[a + 1] − 1.</summary>
internal sealed class ContactSlots
{
    public ContactSlots(CompiledScenario scenario)
    {
        var slots = scenario.FirstSlot[^1];
        (Queue, Agent) = (new int[slots], new int[slots]);
        (Arrival, Limit, Start, Pace, End) = (new double[slots], new double[slots], new double[slots], new double[slots], new double[slots]);
        for (var a = 0; a < scenario.Agents; a++) Array.Fill(Agent, a, scenario.FirstSlot[a], scenario.FirstSlot[a + 1] - scenario.FirstSlot[a]);
    }

    public int Count => Queue.Length;

    /// <summary>Queue of the contact; −1 when the slot is free.</summary>
    public int[] Queue { get; }

    public int[] Agent { get; }

    public double[] Arrival { get; }

    public double[] Limit { get; }

    public double[] Start { get; }

    /// <summary>Handle time left at speed 1 per second.</summary>
    public double[] Pace { get; }

    public double[] End { get; }

    public void Clear() => Array.Fill(Queue, -1);

    public void Put(int slot, int queue, in Contact contact, double now, double pace)
    {
        (Queue[slot], Arrival[slot], Limit[slot], Start[slot], Pace[slot]) = (queue, contact.Arrival, contact.Limit, now, pace);
        End[slot] = now + contact.Work / pace;
    }

    /// <summary>The contact as it is handed back: its age, what is left to do, its deadline.</summary>
    public Contact Unfinished(int slot, double now) => new(Arrival[slot], (End[slot] - now) * Pace[slot], Limit[slot]);
}
