using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Constraints;

/// <summary>Runs of working days and of days off around changed rows.</summary>
internal static class Runs
{
    /// <summary>First row of the run that holds the row before <paramref name="first"/>: the same before and after a change from there on.</summary>
    public static int Left(ReadOnlySpan<DayCell> days, int first)
    {
        if (first == 0) return 0;
        var working = days[first - 1].IsWorking;
        var row = first - 1;
        while (row > 0 && days[row - 1].IsWorking == working)
        {
            row--;
        }

        return row;
    }

    /// <summary>Last row of the run that holds the row after <paramref name="last"/>.</summary>
    public static int Right(ReadOnlySpan<DayCell> days, int last)
    {
        if (last == days.Length - 1) return last;
        var working = days[last + 1].IsWorking;
        var row = last + 1;
        while (row < days.Length - 1 && days[row + 1].IsWorking == working)
        {
            row++;
        }

        return row;
    }

    /// <summary>Row after the run that starts at a row.</summary>
    public static int End(ReadOnlySpan<DayCell> days, int start)
    {
        var working = days[start].IsWorking;
        var row = start + 1;
        while (row < days.Length && days[row].IsWorking == working)
        {
            row++;
        }

        return row;
    }
}
