using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Scoring;

/// <summary>What an agent's days cost by themselves, in units of <see cref="Money"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AgentScore(double Missing, double Extra, double StartChanges, double Fairness, double Preferences)
{
    public double Total => Missing + Extra + StartChanges + Fairness + Preferences;

    public static AgentScore operator +(AgentScore a, AgentScore b) => new(
        a.Missing + b.Missing, a.Extra + b.Extra, a.StartChanges + b.StartChanges, a.Fairness + b.Fairness, a.Preferences + b.Preferences);
}
