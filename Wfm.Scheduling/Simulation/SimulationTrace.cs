namespace Wfm.Scheduling.Simulation;

/// <summary>Who served what when, for tests of what the tallies cannot show.</summary>
internal sealed class SimulationTrace
{
    public List<Served> Contacts { get; } = [];

    /// <summary>Stretches in which an agent was on duty and not on a break.</summary>
    public List<Presence> Presences { get; } = [];

    /// <param name="Deed">When it is done, which may be before the handling ends.</param>
    internal readonly record struct Served(int Agent, int Queue, double Arrival, double Start, double End, double Deed);

    internal readonly record struct Presence(int Agent, double Start, double End);
}
