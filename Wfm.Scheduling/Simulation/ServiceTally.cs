using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Simulation;

/// <summary>What happened to one queue in one replication.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ServiceTally
{
    public long Offered;
    public long Opening;
    public long Answered;
    public long AnsweredInTime;
    public long Abandoned;
    public long Left;
    public long Done; // deferrable: done, or past the turnaround
    public long DoneInTime;
    public long Breaches;
    public double WaitSeconds;
    public double FirstBreach;
    public double FirstRisk; // the first deadline missed of those that were to come
    public double OldestAge;
    public double BusySeconds; // of the agents with the skill
    public double DutySeconds;

    public static ServiceTally Empty => new() { FirstBreach = double.PositiveInfinity, FirstRisk = double.PositiveInfinity, OldestAge = -1 };
}
