namespace Wfm.Scheduling.Simulation;

/// <summary>Who served what when, for tests of what the tallies cannot show.</summary>
internal sealed class SimulationTrace
{
    public List<Served> Contacts { get; } = [];

    /// <summary>Stretches in which an agent was on duty and not on a break.</summary>
    public List<Presence> Presences { get; } = [];

    internal readonly record struct Served(int Agent, int Queue, double Arrival, double Start, double End);

    internal readonly record struct Presence(int Agent, double Start, double End);
}
