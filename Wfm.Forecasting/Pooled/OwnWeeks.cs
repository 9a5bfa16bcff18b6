namespace Wfm.Forecasting.Pooled;

/// <summary>Observations added up by slot of the local week.</summary>
/// <param name="cellsPerWeek">Slots in a week, closed ones counted.</param>
internal sealed class OwnWeeks(int cellsPerWeek)
{
    /// <summary>Sum of the observations of each slot.</summary>
    public double[] Sums { get; } = new double[cellsPerWeek];

    /// <summary>Sum of their squares.</summary>
    public double[] Squares { get; } = new double[cellsPerWeek];

    /// <summary>Number of observations of each slot.</summary>
    public int[] Counts { get; } = new int[cellsPerWeek];

    /// <summary>Number of observations.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an observation.</summary>
    public void Add(int slotOfWeek, double value)
    {
        Sums[slotOfWeek] += value;
        Squares[slotOfWeek] += value * value;
        Counts[slotOfWeek]++;
        Count++;
    }
}
