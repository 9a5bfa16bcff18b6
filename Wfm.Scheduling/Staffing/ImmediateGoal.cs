using NodaTime;

namespace Wfm.Scheduling.Staffing;

/// <summary>What is promised to contacts that are answered at once (voice, chat, live escalation). Every target given holds at the same time.</summary>
/// <remarks>Without <see cref="MeanPatience"/> callers are endlessly patient (Erlang C); with it they leave the queue (Erlang A).</remarks>
public sealed record ImmediateGoal
{
    /// <summary>Checks the targets against each other.</summary>
    /// <param name="ServiceLevel">Share of offered contacts answered within <paramref name="Threshold"/>, more than 0 and less than 1.</param>
    /// <param name="Threshold">Longest wait that counts for the service level, zero or more; given exactly when the service level is.</param>
    /// <param name="MaximumAsa">Longest average speed of answer (mean wait of answered contacts), more than zero.</param>
    /// <param name="MaximumOccupancy">Highest share of on-the-phone time spent on contacts, more than 0 and at most 1.</param>
    /// <param name="MaximumAbandonment">Highest share of offered contacts that abandon, more than 0 and less than 1; needs
    /// <paramref name="MeanPatience"/>.</param>
    /// <param name="MeanPatience">Mean time a caller is ready to wait (exponential), more than zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">A target is outside its range.</exception>
    /// <exception cref="ArgumentException">No target at all, half of a service level, or abandonment without patience.</exception>
    public ImmediateGoal(
        double? ServiceLevel, Duration? Threshold, Duration? MaximumAsa = null, double? MaximumOccupancy = null, double? MaximumAbandonment = null,
        Duration? MeanPatience = null)
    {
        if (ServiceLevel is { } level)
            Guard.InsideUnit(level, nameof(ServiceLevel));
        if (Threshold is { } threshold)
            Guard.NonNegative(threshold, nameof(Threshold));
        if (MaximumAsa is { } asa)
            Guard.Positive(asa, nameof(MaximumAsa));
        if (MaximumOccupancy is { } occupancy)
            Guard.UpToOne(occupancy, nameof(MaximumOccupancy));
        if (MaximumAbandonment is { } abandonment)
            Guard.InsideUnit(abandonment, nameof(MaximumAbandonment));
        if (MeanPatience is { } patience)
            Guard.Positive(patience, nameof(MeanPatience));
        if (ServiceLevel is null != Threshold is null)
        {
            throw new ArgumentException(
                ServiceLevel is null
                    ? "A threshold without a service level promises nothing; give both or neither."
                    : $"A service level of {ServiceLevel} needs its threshold.",
                ServiceLevel is null ? nameof(ServiceLevel) : nameof(Threshold));
        }
        if (MaximumAbandonment is not null && MeanPatience is null)
        {
            throw new ArgumentException(
                $"A maximum abandonment of {MaximumAbandonment} needs the mean patience: endlessly patient callers never leave.", nameof(MeanPatience));
        }
        if (ServiceLevel is null && MaximumAsa is null && MaximumOccupancy is null && MaximumAbandonment is null)
        {
            throw new ArgumentException("A goal needs at least one target: service level, ASA, occupancy or abandonment.", nameof(ServiceLevel));
        }
        this.ServiceLevel = ServiceLevel;
        this.Threshold = Threshold;
        this.MaximumAsa = MaximumAsa;
        this.MaximumOccupancy = MaximumOccupancy;
        this.MaximumAbandonment = MaximumAbandonment;
        this.MeanPatience = MeanPatience;
        ThresholdSeconds = Threshold?.TotalSeconds ?? 0;
        MaximumAsaSeconds = MaximumAsa?.TotalSeconds ?? double.PositiveInfinity;
    }

    /// <summary>Share of offered contacts answered within <see cref="Threshold"/>.</summary>
    public double? ServiceLevel { get; }

    /// <summary>Longest wait that counts for the service level.</summary>
    public Duration? Threshold { get; }

    /// <summary>Longest average speed of answer.</summary>
    public Duration? MaximumAsa { get; }

    /// <summary>Highest share of on-the-phone time spent on contacts.</summary>
    public double? MaximumOccupancy { get; }

    /// <summary>Highest share of offered contacts that abandon.</summary>
    public double? MaximumAbandonment { get; }

    /// <summary>Mean time a caller is ready to wait; null when callers never leave.</summary>
    public Duration? MeanPatience { get; }

    /// <summary>True when a target speaks about waiting, not only about occupancy.</summary>
    internal bool LimitsWaiting => ServiceLevel is not null || MaximumAsa is not null || MaximumAbandonment is not null;

    internal double ThresholdSeconds { get; }

    internal double MaximumAsaSeconds { get; }
}
