namespace Wfm.Scheduling.Scoring;

/// <summary>The soft cost of a roster in parts, in the currency of the objective; the parts sum to the total.</summary>
/// <param name="Under">Missing heads.</param>
/// <param name="MinimumPresence">Heads missing below the minimum presence.</param>
/// <param name="Over">Superfluous heads.</param>
/// <param name="MissingContractHours">Hours missing to contract minima.</param>
/// <param name="ExtraHours">Paid hours above contract minima.</param>
/// <param name="Preferences">Wishes refused.</param>
/// <param name="StartChanges">Start times that move within a week.</param>
/// <param name="Fairness">Uneven nights and weekends.</param>
public sealed record RosterScore(
    double Under, double MinimumPresence, double Over, double MissingContractHours, double ExtraHours, double Preferences, double StartChanges, double Fairness)
{
    /// <summary>The sum of the parts.</summary>
    public double Total => Under + MinimumPresence + Over + MissingContractHours + ExtraHours + Preferences + StartChanges + Fairness;
}
