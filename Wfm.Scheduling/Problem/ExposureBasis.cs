using System.Text.Json.Serialization;

namespace Wfm.Scheduling.Problem;

/// <summary>How a minute of work on a group counts in limits on exposure when the queues of the group differ in class.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExposureBasis>))]
public enum ExposureBasis
{
    /// <summary>With the highest class that the group's queues may show: whoever works there may be shown nothing else.</summary>
    WorstCase,

    /// <summary>With the share of the group's work in queues of each class: the minutes to be expected. Rules on blocks and on the end of a shift read the
    /// worst
    /// case all the same.</summary>
    Expected,
}
