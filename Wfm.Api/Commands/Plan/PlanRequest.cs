using System.Globalization;
using NodaTime;
using Wfm.Scheduling.Solving;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Commands.Plan;

/// <summary>What a plan is asked for.</summary>
/// <param name="Turnarounds">Minutes from arrival within which all work of a queue is done; a queue that is not named is answered at once, unless there is
/// one under the empty name for all others.</param>
/// <param name="Limits">Of the roster search of each hub.</param>
internal sealed record PlanRequest(
    FileInfo Volumes, int HorizonDays, DirectoryInfo Out, DateTimeZone Zone, double AhtSeconds, double ServiceLevel, double ThresholdSeconds,
    IReadOnlyDictionary<string, double> Turnarounds, double ShrinkageFraction, int? Agents, string Policy, SolveLimits Limits)
{
    /// <summary>Probability that the heads rostered for are enough.</summary>
    public const double RosterRisk = 0.8;

    public const int Paths = 200;

    /// <summary>Risk levels of the requirement.</summary>
    public static readonly double[] RiskLevels = [0.5, RosterRisk, 0.9];

    public DeferrableGoal? Deferrable(string queue) =>
        Turnarounds.TryGetValue(queue, out var minutes) || Turnarounds.TryGetValue("", out minutes)
            ? new DeferrableGoal(Duration.FromMinutes(minutes), 1)
            : null;

    public ImmediateGoal Immediate => new(ServiceLevel, Duration.FromSeconds(ThresholdSeconds));

    /// <exception cref="FormatException">A number lies outside its range; the message names it.</exception>
    public void Check()
    {
        Require(HorizonDays is >= 1 and <= 728, "--horizon-days must lie between 1 and 728", HorizonDays);
        Require(AhtSeconds > 0 && double.IsFinite(AhtSeconds), "--aht-seconds must be above 0", AhtSeconds);
        Require(ServiceLevel is > 0 and < 1, "--service-level must lie between 0 and 1", ServiceLevel);
        Require(ThresholdSeconds is >= 0 and <= 86_400, "--threshold-seconds must lie between 0 and 86400", ThresholdSeconds);
        foreach (var (_, minutes) in Turnarounds)
        {
            Require(minutes is > 0 and <= 1e6, "--turnaround-minutes must be above 0", minutes);
        }

        Require(ShrinkageFraction is >= 0 and < 1, "--shrinkage is a fraction, at least 0 and below 1", ShrinkageFraction);
        Require(Agents is null or >= 0 and <= 100_000, "--agents must lie between 0 and 100000", Agents);
        _ = PlanTeam.Policy(Policy); // before minutes of fitting
    }

    internal static void Require(bool holds, string rule, object? value)
    {
        if (!holds)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{rule}, it is {value}."));
        }
    }
}
