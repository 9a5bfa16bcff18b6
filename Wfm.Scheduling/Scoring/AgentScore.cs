using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Scoring;

/// <summary>What an agent's days cost by themselves, in units of <see cref="Money"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AgentScore(double Missing, double Extra, double StartChanges, double Fairness, double Preferences)
{
    /// <summary>Days off between two working days.</summary>
    public double LoneDaysOff { get; init; }

    /// <summary>Night shifts without another before or after.</summary>
    public double LoneNights { get; init; }

    /// <summary>Starts that turn back on the clock.</summary>
    public double BackwardRotations { get; init; }

    /// <summary>Weekends worked in part.</summary>
    public double SplitWeekends { get; init; }

    /// <summary>No weekend free.</summary>
    public double NoFreeWeekends { get; init; }

    public double Total => Missing + Extra + StartChanges + Fairness + Preferences + LoneDaysOff + LoneNights + BackwardRotations + SplitWeekends
        + NoFreeWeekends;

    public static AgentScore operator +(AgentScore a, AgentScore b) => new(
        a.Missing + b.Missing, a.Extra + b.Extra, a.StartChanges + b.StartChanges, a.Fairness + b.Fairness, a.Preferences + b.Preferences)
    {
        LoneDaysOff = a.LoneDaysOff + b.LoneDaysOff,
        LoneNights = a.LoneNights + b.LoneNights,
        SplitWeekends = a.SplitWeekends + b.SplitWeekends,
        NoFreeWeekends = a.NoFreeWeekends + b.NoFreeWeekends,
        BackwardRotations = a.BackwardRotations + b.BackwardRotations,
    };

    public static AgentScore operator -(AgentScore a, AgentScore b) => new(
        a.Missing - b.Missing, a.Extra - b.Extra, a.StartChanges - b.StartChanges, a.Fairness - b.Fairness, a.Preferences - b.Preferences)
    {
        LoneDaysOff = a.LoneDaysOff - b.LoneDaysOff,
        LoneNights = a.LoneNights - b.LoneNights,
        SplitWeekends = a.SplitWeekends - b.SplitWeekends,
        NoFreeWeekends = a.NoFreeWeekends - b.NoFreeWeekends,
        BackwardRotations = a.BackwardRotations - b.BackwardRotations,
    };
}
