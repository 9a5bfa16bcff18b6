using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Retention;

/// <summary>How long stays what is not in force; section <c>Wfm:Keep</c> of the configuration.</summary>
/// <remarks>What is in force, what was ever published as a roster, and what either refers to stays for ever.</remarks>
public sealed class RetentionPeriods
{
    private const int FewestPlanDays = 2; // a night and the day that looks at it
    private const int FewestAccuracyDays = 7;
    private const int FewestJobDays = 35; // a month's roll-up of volumes is known to be done by its job
    private const int FewestExposureDays = 28; // what is told of persons looks back so far
    private const int FewestFloorDays = 2; // a day, and the one before that it looks back to
    private const int MostExposureDays = 371; // personal data
    private const int FewestAgentStateDays = 14; // time to dispute them
    private const int MostDays = 36_500;

    /// <summary>Days that drafts of forecasts and rosters, requirements and superseded forecasts stay as they were made.</summary>
    public int PlanDays { get; set; } = 14;

    /// <summary>Days after its horizon that a forecast that was published stays to be judged by.</summary>
    public int AccuracyDays { get; set; } = 92;

    /// <summary>Days that the rows of finished jobs and of past nights stay.</summary>
    public int JobDays { get; set; } = 90;

    /// <summary>Days that it is kept what persons were exposed to.</summary>
    public int ExposureDays { get; set; } = 60;

    /// <summary>Days that it is kept what the floor told: what was open and what was answered.</summary>
    public int FloorDays { get; set; } = 92;

    /// <summary>Days that states of persons stay, and exceptions and disputes about them.</summary>
    public int AgentStateDays { get; set; } = 60;

    /// <exception cref="StoreRefusedException">A period is too short, or no period.</exception>
    internal RetentionPeriods Checked()
    {
        Check(nameof(PlanDays), PlanDays, FewestPlanDays);
        Check(nameof(AccuracyDays), AccuracyDays, FewestAccuracyDays);
        Check(nameof(JobDays), JobDays, FewestJobDays);
        Check(nameof(ExposureDays), ExposureDays, FewestExposureDays, MostExposureDays);
        Check(nameof(FloorDays), FloorDays, FewestFloorDays);
        Check(nameof(AgentStateDays), AgentStateDays, FewestAgentStateDays, MostExposureDays);
        return this;
    }

    private static void Check(string name, int days, int fewest, int most = MostDays)
    {
        if (days < fewest || days > most)
        {
            throw new StoreRefusedException($"Wfm:Keep:{name} is {days}; it must be from {fewest} to {most} days.");
        }
    }
}
