using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Allocation;

/// <summary>What shifts cost beside their paid hours.</summary>
/// <exception cref="SchedulingDataException">A value outside its range.</exception>
public sealed record AllocationTerms
{
    /// <summary>What a paid hour in the local night costs more, as a fraction, 0 to 10.</summary>
    public double NightPremium { get; init => field = Premium(value, nameof(NightPremium)); } = 0.25;

    /// <summary>What a paid hour on a local weekend costs more, as a fraction, 0 to 10; it is added to that of the night.</summary>
    public double WeekendPremium { get; init => field = Premium(value, nameof(WeekendPremium)); } = 0.25;

    /// <summary>Time at the start of every shift that is paid and covers nothing, because work is handed over: 0 to 2 hours.</summary>
    public Duration Handover
    {
        get;
        init => field = Guard.Minutes(value, Duration.Zero, Duration.FromHours(2), "allocation", nameof(Handover));
    } = Duration.FromMinutes(15);

    /// <summary>Least distance between the starts of a template's shifts that are looked at, 5 minutes to 24 hours; the template's own where that is
    /// longer.</summary>
    public Duration StartStep
    {
        get;
        init => field = Guard.Minutes(value, Duration.FromMinutes(5), Duration.FromHours(24), "allocation", nameof(StartStep));
    } = Duration.FromHours(1);

    private static double Premium(double value, string field) => value is >= 0 and <= 10 ? value
        : throw new SchedulingDataException($"allocation: {field} is {value}; it must lie between 0 and 10.");
}
