namespace Wfm.Scheduling.Simulation;

/// <summary>What came and who served what when: what the tallies cannot show.</summary>
internal sealed class SimulationTrace
{
    /// <summary>In the order in which they came, those open at the start first.</summary>
    public List<Came> Arrivals { get; } = [];

    public List<Served> Contacts { get; } = [];

    /// <summary>Stretches in which an agent was on duty and not on a break.</summary>
    public List<Presence> Presences { get; } = [];

    /// <param name="Limit">When an immediate contact gives up; when a deferrable one is due.</param>
    internal readonly record struct Came(int Queue, double Arrival, double Limit);

    /// <param name="Deed">When it is done, which may be before the handling ends.</param>
    internal readonly record struct Served(int Agent, int Queue, double Arrival, double Start, double End, double Deed);

    internal readonly record struct Presence(int Agent, double Start, double End);
}
