namespace Wfm.Scheduling.Scoring;

/// <summary>The soft cost of a roster in parts, in the currency of the objective; the parts sum to the total.</summary>
/// <param name="Under">Missing heads.</param>
/// <param name="MinimumPresence">Heads missing below the minimum presence.</param>
/// <param name="Over">Superfluous heads: beyond the demand, beyond the desks, or without deferrable work to do.</param>
/// <param name="MissingContractHours">Hours missing to contract minima.</param>
/// <param name="ExtraHours">Paid hours above contract minima.</param>
/// <param name="Preferences">Wishes refused.</param>
/// <param name="StartChanges">Starts that move too far from one day to the next.</param>
/// <param name="Fairness">Uneven nights and weekends.</param>
public sealed record RosterScore(
    double Under, double MinimumPresence, double Over, double MissingContractHours, double ExtraHours, double Preferences, double StartChanges, double Fairness)
{
    /// <summary>Deferrable work that is late, until it is done or given up.</summary>
    public double Late { get; init; }

    /// <summary>Deferrable work given up or still overdue at the end.</summary>
    public double Undone { get; init; }

    /// <summary>Days off that lie alone between two working days.</summary>
    public double LoneDaysOff { get; init; }

    /// <summary>Night shifts that stand alone.</summary>
    public double LoneNights { get; init; }

    /// <summary>Starts that turn back on the clock without two days off between.</summary>
    public double BackwardRotations { get; init; }

    /// <summary>Weekends of which one day is worked and another free.</summary>
    public double SplitWeekends { get; init; }

    /// <summary>People who have no weekend of the period free.</summary>
    public double NoFreeWeekends { get; init; }

    /// <summary>The sum of the parts.</summary>
    public double Total =>
        Late + Undone + Under + MinimumPresence + Over + MissingContractHours + ExtraHours + Preferences + StartChanges + Fairness + LoneDaysOff + LoneNights
        + BackwardRotations + SplitWeekends + NoFreeWeekends;

    /// <summary>The parts from the units of a search.</summary>
    internal static RosterScore Of(in CoverageScore coverage, in AgentScore agents) => new(
        coverage.Under / Money.Unit, coverage.MissedPresence / Money.Unit, coverage.Over / Money.Unit, agents.Missing / Money.Unit,
        agents.Extra / Money.Unit, agents.Preferences / Money.Unit, agents.StartChanges / Money.Unit, agents.Fairness / Money.Unit)
    {
        Late = coverage.Late / Money.Unit,
        Undone = coverage.Undone / Money.Unit,
        LoneDaysOff = agents.LoneDaysOff / Money.Unit,
        LoneNights = agents.LoneNights / Money.Unit,
        SplitWeekends = agents.SplitWeekends / Money.Unit,
        NoFreeWeekends = agents.NoFreeWeekends / Money.Unit,
        BackwardRotations = agents.BackwardRotations / Money.Unit,
    };
}
