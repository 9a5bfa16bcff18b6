using System.Text.Json.Serialization;

namespace Wfm.Scheduling.Problem;

/// <summary>How a minute of work on a group counts in limits of exposure when the queues of the group differ in severity.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExposureBasis>))]
public enum ExposureBasis
{
    /// <summary>Every minute counts as one on the most severe queue of the group, because that is what a person may be shown all along.</summary>
    WorstCase,

    /// <summary>A minute counts by the share of the group's work in queues of each class: expected minutes, which a single person may exceed.</summary>
    Expected,
}

/// <summary>A share of the work of a group that has one severity.</summary>
/// <param name="Severity">Severity of the content, at least 0.</param>
/// <param name="Share">Share of the group's work, 0 to 1.</param>
/// <exception cref="SchedulingDataException">A value outside its range.</exception>
public readonly record struct ExposureShare(double Severity, double Share)
{
    /// <summary>Severity of the content.</summary>
    public double Severity { get; } = Guard.NotNegative(Severity, "exposure share", nameof(Severity));

    /// <summary>Share of the group's work.</summary>
    public double Share { get; } = Share is >= 0 and <= 1 ? Share : throw new SchedulingDataException($"exposure share: Share is {Share}; it must lie between 0 and 1.");
}
