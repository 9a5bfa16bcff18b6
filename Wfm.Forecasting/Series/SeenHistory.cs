namespace Wfm.Forecasting.Series;

/// <summary>The open slots of a history as models see them.</summary>
/// <param name="Complete">Without gaps and outliers, at the latest level.</param>
/// <param name="Unshifted">The same at the levels as they were.</param>
/// <param name="Cleansed">Without outliers; NaN where missing.</param>
/// <param name="Usual">What was usual, as outliers are told by it.</param>
/// <param name="Outliers">Slots whose value was replaced, ascending.</param>
/// <param name="Shifts">First slot of each new level, ascending, and what the history before it was multiplied by: 0 where a series has fallen silent.</param>
internal sealed record SeenHistory(
    double[] Complete, double[] Unshifted, double[] Cleansed, double[] Usual, int[] Outliers, (int Slot, double Factor)[] Shifts)
{
    /// <summary>Looks at observations.</summary>
    /// <param name="observed">NaN where missing; at least one present.</param>
    /// <param name="frame">Where they lie.</param>
    /// <param name="nonNegative">Whether they cannot be negative: then a level has a ratio to the one before.</param>
    /// <param name="later">The same history when more of it was known: spares what that does not change.</param>
    public static SeenHistory Of(ReadOnlySpan<double> observed, ModelFrame frame, bool nonNegative, SeenHistory? later = null)
    {
        // A year back is too far to say what is usual: weekly grids have no neighbours of the same phase to judge or fill by.
        var near = frame.DaysPerSlot > 1 ? [] : frame.SeasonLengths;
        var cleansed = observed.ToArray();
        var usual = later?.Usual ?? OutlierCleansing.UsualOf(observed, near);
        int[] outliers = [.. OutlierCleansing.Cleanse(cleansed, near, usual).Select(o => o.Index).Order()];
        var unshifted = GapFilling.Fill(cleansed, near);
        var complete = unshifted.ToArray();
        var silent = nonNegative ? SilenceDetection.Start(observed, frame.SlotsPerWeek) : observed.Length;
        if (silent < observed.Length)
        {
            return new SeenHistory(new double[observed.Length], unshifted, cleansed, usual, outliers, [(silent, 0)]) { Settling = frame.SlotsPerWeek };
        }

        (int, double)[] shifts = nonNegative ? [.. LevelShiftDetection.Adjust(complete, frame.SlotsPerWeek)] : [];
        return new SeenHistory(complete, unshifted, cleansed, usual, outliers, shifts)
        {
            Settling = LevelShiftDetection.Weeks * frame.SlotsPerWeek,
        };
    }

    /// <summary>What brings a value of a slot to the latest level.</summary>
    public double LevelAfter(int slot)
    {
        var level = 1.0;
        foreach (var (start, factor) in Shifts)
        {
            level *= start > slot ? factor : 1;
        }

        return level;
    }

    /// <summary>Slots from a change of level until nobody doubts it.</summary>
    public required int Settling { get; init; }

    /// <summary>Whether the level has changed between an origin and a slot after it.</summary>
    /// <param name="origin">Slots known.</param>
    public bool IsAcross(int origin, int slot)
    {
        foreach (var (start, _) in Shifts) // asked for every step of every origin
        {
            if (start >= origin && start <= slot)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the level had changed so shortly before an origin that it could be in doubt.</summary>
    public bool IsInDoubt(int origin) => Array.Exists(Shifts, shift => shift.Slot < origin && shift.Slot + Settling > origin);
}
