using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Compiled;

/// <summary>A template started at one time on one day, or a pinned shift, as numbers.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ShiftVariant(int Row, short Template, short StartIndex, int Start, int End, short Work, short StartClock)
{
    /// <summary>Its template at its length: where the ways to place its breaks are.</summary>
    public int Shape { get; init; }

    /// <summary>First demand interval it touches.</summary>
    public int FirstInterval { get; init; }

    /// <summary>Where its working minutes per interval begin in the profiles, pattern 0.</summary>
    public int Profile { get; init; }

    /// <summary>Intervals of a profile, a multiple of four; 0 for a pinned shift, whose coverage is constant.</summary>
    public int ProfileLength { get; init; }
}
