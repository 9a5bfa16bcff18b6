using System.Text.Json.Serialization;

namespace Wfm.Scheduling.Problem;

/// <summary>When the blocks of a shift, its stretches of work between two breaks, may serve two groups. The later says more where policies meet.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SegmentedShifts>))]
public enum SegmentedShifts
{
    /// <summary>Where a limit forbids a whole shift on one of the two groups: so that severe work is shared out by the block and nobody is left without
    /// work.</summary>
    WhereLimited,

    /// <summary>Between any two groups that the person and the template serve.</summary>
    Always,

    /// <summary>Never: a shift serves one group from start to end.</summary>
    Never,
}
