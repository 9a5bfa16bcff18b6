namespace Wfm.Forecasting.Pooled;

/// <summary>Level and shape of some weeks of a sibling.</summary>
internal sealed class WeekProfile
{
    /// <summary>Reads a profile.</summary>
    /// <param name="week">Observations, at least one a slot that is open.</param>
    /// <param name="cellsPerWeek">Slots in a week.</param>
    /// <param name="weeks">Weeks it was read from.</param>
    public WeekProfile(OwnWeeks week, int cellsPerWeek, int weeks)
    {
        Shape = new double[cellsPerWeek];
        Level = week.Sums.Sum() / week.Count;
        Weeks = weeks;
        Open = [.. week.Counts.Select(n => n > 0)];
        var (excess, size) = (0.0, 0.0);
        for (var i = 0; i < cellsPerWeek; i++)
        {
            var n = week.Counts[i];
            var mean = n == 0 ? 0 : week.Sums[i] / n;
            Shape[i] = Level > 0 ? mean / Level : n == 0 ? 0 : 1;
            if (n > 1)
            {
                excess += ((week.Squares[i] - (n * mean * mean)) / (n - 1)) - mean;
                size += mean * mean;
            }
        }

        Dispersion = size > 0 ? Math.Max(0, excess / size) : 0;
    }

    /// <summary>Mean per open slot.</summary>
    public double Level { get; }

    /// <summary>By slot of the week relative to the level, 0 where closed; mean 1 over the open slots.</summary>
    public double[] Shape { get; }

    /// <summary>Slots of the week with any observation.</summary>
    public bool[] Open { get; }

    /// <summary>Weeks it was read from.</summary>
    public int Weeks { get; }

    /// <summary>Variance beyond that of counts, relative to the squared mean: d² in m + d²·m².</summary>
    public double Dispersion { get; }
}
