namespace Wfm.Forecasting.Models;

/// <summary>The scale a model works on: as it is or logarithmic, divided by the size of the series, so that models are scale equivariant.</summary>
/// <param name="Logarithm">Whether logarithms are taken.</param>
/// <param name="Unit">Size of the series: one unit of the model's scale.</param>
/// <param name="Low">Least value of the history on the model's scale.</param>
/// <param name="High">Largest value of the history on the model's scale.</param>
internal sealed record LogScale(bool Logarithm, double Unit, double Low, double High)
{
    /// <summary>Numbers in <see cref="ToArray"/>.</summary>
    public const int Length = 4;

    /// <summary>Values a forecast may take on the model's scale: the history's, and half its range more on either side.</summary>
    public (double Low, double High) Bounds
    {
        get
        {
            var margin = (0.5 * (High - Low)) + 1e-12;
            return (Low - margin, High + margin);
        }
    }

    /// <summary>Chooses a scale for a history.</summary>
    /// <param name="y">Finite observations, at least one.</param>
    /// <param name="logarithm">Whether logarithms are wanted; given only when every observation is well above zero.</param>
    public static LogScale Choose(ReadOnlySpan<double> y, bool logarithm)
    {
        var (size, low, high) = (0.0, double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in y)
        {
            size += Math.Abs(value) / y.Length;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        var unit = size > 0 ? size : 1;
        var log = logarithm && low > 1e-3 * unit;
        return new LogScale(log, unit, log ? Math.Log(low / unit) : low / unit, log ? Math.Log(high / unit) : high / unit);
    }

    /// <summary>The scale as numbers to be stored, <see cref="Length"/> of them.</summary>
    public double[] ToArray() => [Logarithm ? 1 : 0, Unit, Low, High];

    /// <summary>The scale that <see cref="ToArray"/> stored.</summary>
    public static LogScale From(ReadOnlySpan<double> stored) => new(stored[0] != 0, stored[1], stored[2], stored[3]);

    /// <summary>Brings observations to the model's scale.</summary>
    public double[] Forward(ReadOnlySpan<double> y)
    {
        var x = new double[y.Length];
        for (var t = 0; t < x.Length; t++)
        {
            // After a refit on newer data a value may not be positive; it counts as the smallest the logarithm bears.
            x[t] = Logarithm ? Math.Log(Math.Max(y[t] / Unit, 1e-6)) : y[t] / Unit;
        }

        return x;
    }

    /// <summary>Brings a value back from the model's scale.</summary>
    public double Back(double x) => Unit * (Logarithm ? Math.Exp(x) : x);
}
