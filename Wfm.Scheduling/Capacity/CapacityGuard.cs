using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Capacity;

/// <summary>Checks of the capacity plan beyond those it shares with staffing.</summary>
internal static class CapacityGuard
{
    public const int LongestHorizon = 104;
    public const int MostHeads = 100_000;

    public static int Within(int value, int low, int high, string name) =>
        value >= low && value <= high ? value : throw Guard.OutOfRange(name, value, $"it must be between {low} and {high}");

    /// <summary>Fractions in [0, 1], one by one.</summary>
    public static double[] EachFraction(double[] values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not (>= 0 and <= 1)) throw Guard.OutOfRange($"{name}[{i}]", values[i], "it must be a fraction between 0 and 1");
        }
        return values;
    }

    /// <summary>One fraction a week, in [0, 1]; null stands for 0 in every week.</summary>
    public static double[] Weekly(double[]? values, int weeks, string name)
    {
        if (values is null) return new double[weeks];
        if (values.Length != weeks) throw new ArgumentException($"{name} has {values.Length} weeks where the requirement has {weeks}.", name);
        return EachFraction(values, name);
    }
}
