using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Compiled;

/// <summary>What one agent does on one local day, as the numbers the rules read. 32 bytes, so a row of a month stays in the nearest cache.</summary>
/// <remarks>A shift of the catalog serves one group, or two: then some of its <see cref="WorkBlock">blocks</see> serve the other. The first block is always
/// of <see cref="Group"/>, so that the same work is the same cell.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct DayCell
{
    private readonly short _clock; // doubled, and one for a night
    private readonly byte _pattern; // there are at most 192

    /// <summary>0 is a day off, above 0 a variant of the shift catalog, below 0 work outside the period (<see cref="ShiftCatalog.Work"/>).</summary>
    public int Variant { get; init; }

    /// <summary>Elapsed minutes from the period's start.</summary>
    public int Start { get; init; }

    public int End { get; init; }

    /// <summary>Minutes of work × exposure weight × 100.</summary>
    public int Exposure { get; init; }

    /// <summary>Minutes without unpaid breaks.</summary>
    public short Work { get; init; }

    /// <summary>-1 when unknown.</summary>
    public short Template { get; init; }

    /// <summary>-1 when none.</summary>
    public short Group { get; init; }

    /// <summary>The group of <see cref="Blocks"/>; says nothing without them.</summary>
    public short Other { get; init; }

    /// <summary>A bit for each block that serves <see cref="Other"/>; 0 when all serve <see cref="Group"/>.</summary>
    public byte Blocks { get; init; }

    /// <summary>Break pattern within the template.</summary>
    public short Pattern
    {
        get => _pattern;
        init => _pattern = (byte)value;
    }

    /// <summary>Local start in minutes of the day; -1 when unknown.</summary>
    public short Clock
    {
        get => (short)(_clock >> 1);
        init => _clock = (short)((value << 1) | (_clock & 1));
    }

    /// <summary>At least three hours of it lie in the night of the objective.</summary>
    public bool IsNight
    {
        get => (_clock & 1) != 0;
        init => _clock = (short)((_clock & ~1) | (value ? 1 : 0));
    }

    /// <summary>The leave of the day, rostered or not.</summary>
    public DayLeave Leave { get; init; }

    public bool IsWorking => Variant != 0;

    /// <summary>The group of a block.</summary>
    public int GroupOf(int block) => (Blocks >> block & 1) != 0 ? Other : Group;

    /// <summary>Whether two cells are the same shift with the same breaks and groups.</summary>
    public bool IsSame(in DayCell other) =>
        Variant == other.Variant && Group == other.Group && Pattern == other.Pattern && Blocks == other.Blocks && (Blocks == 0 || Other == other.Other);
}
