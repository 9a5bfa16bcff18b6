using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Compiled;

/// <summary>What one agent does on one local day, as the numbers the rules read. 32 bytes, so a row of a month stays in the nearest cache.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct DayCell
{
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

    /// <summary>Break pattern within the template.</summary>
    public short Pattern { get; init; }

    /// <summary>Local start in minutes of the day; -1 when unknown.</summary>
    public short Clock { get; init; }

    /// <summary>At least three hours of it lie in the night of the objective.</summary>
    public bool IsNight { get; init; }

    /// <summary>The leave of the day, rostered or not.</summary>
    public DayLeave Leave { get; init; }

    public bool IsWorking => Variant != 0;
}
