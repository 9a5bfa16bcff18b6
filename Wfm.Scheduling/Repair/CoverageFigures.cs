namespace Wfm.Scheduling.Repair;

/// <summary>How well heads are covered, summed over groups and intervals.</summary>
/// <param name="RequiredHours">Head-hours required.</param>
/// <param name="MissingHours">Head-hours missing, interval by interval.</param>
/// <param name="SurplusHours">Head-hours beyond the requirement, interval by interval.</param>
public sealed record CoverageFigures(double RequiredHours, double MissingHours, double SurplusHours)
{
    /// <summary>Share of the required head-hours that is covered, 0 to 1; 1 when nothing is required.</summary>
    public double Coverage => RequiredHours > 0 ? 1 - (MissingHours / RequiredHours) : 1;

    /// <summary>Adds up curves of required and scheduled heads.</summary>
    /// <param name="curves">Heads per interval, required and scheduled of equal length.</param>
    /// <param name="intervalHours">Length of an interval in hours, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not above 0.</exception>
    /// <exception cref="ArgumentException">Two curves of unequal length.</exception>
    public static CoverageFigures Of(IEnumerable<(double[] Required, double[] Scheduled)> curves, double intervalHours)
    {
        ArgumentNullException.ThrowIfNull(curves);
        if (!(intervalHours > 0)) throw new ArgumentOutOfRangeException(nameof(intervalHours), intervalHours, "An interval must be longer than 0 hours.");
        var (required, missing, surplus) = (0.0, 0.0, 0.0);
        foreach (var (need, have) in curves)
        {
            if (need.Length != have.Length) throw new ArgumentException($"{need.Length} required and {have.Length} scheduled values.", nameof(curves));
            for (var i = 0; i < need.Length; i++)
            {
                required += need[i] * intervalHours;
                missing += Math.Max(0, need[i] - have[i]) * intervalHours;
                surplus += Math.Max(0, have[i] - need[i]) * intervalHours;
            }
        }

        return new CoverageFigures(required, missing, surplus);
    }
}
