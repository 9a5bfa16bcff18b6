using System.Runtime.CompilerServices;
using NodaTime;

namespace Wfm.Scheduling.Staffing;

/// <summary>The checks every public entry point of staffing shares. The name in the exception carries the index: <c>volume[3]</c>.</summary>
internal static class Guard
{
    /// <summary>Loads above this are refused: far beyond any operation, and head counts stay within <see cref="int"/>.</summary>
    public const double LargestLoad = 10_000_000;

    public static double Load(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and <= LargestLoad ? value : throw OutOfRange(name, value, "an offered load is between 0 and 10,000,000 erlangs");

    /// <summary>Volume × AHT ÷ interval of one interval of a path.</summary>
    public static double LoadOf(double volume, double ahtSeconds, double intervalSeconds, string name, int path, int interval)
    {
        var load = volume * ahtSeconds / intervalSeconds;
        return load <= LargestLoad ? load : throw TooMuchLoad($"{name}[{path}][{interval}]", volume, ahtSeconds, load);
    }

    public static ArgumentOutOfRangeException TooMuchLoad(string name, double volume, double ahtSeconds, double load) =>
        OutOfRange(name, volume, $"with an AHT of {ahtSeconds} s it makes {load:G4} erlangs, more than 10,000,000");

    public static T NotNull<T>(T value, string name)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value, name);
        return value;
    }

    public static double NonNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) && value >= 0 ? value : throw OutOfRange(name, value, "it must be finite and at least 0");

    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) && value > 0 ? value : throw OutOfRange(name, value, "it must be finite and more than 0");

    public static int AtLeast(int value, int minimum, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= minimum ? value : throw OutOfRange(name, value, $"it must be at least {minimum}");

    /// <summary>A fraction strictly between 0 and 1.</summary>
    public static double InsideUnit(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is > 0 and < 1 ? value : throw OutOfRange(name, value, "it must be a fraction more than 0 and less than 1");

    /// <summary>A fraction in [0, 1).</summary>
    public static double BelowOne(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and < 1 ? value : throw OutOfRange(name, value, "it must be a fraction at least 0 and less than 1");

    /// <summary>A fraction in (0, 1].</summary>
    public static double UpToOne(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is > 0 and <= 1 ? value : throw OutOfRange(name, value, "it must be a fraction more than 0 and at most 1");

    public static Duration Positive(Duration value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > Duration.Zero ? value : throw OutOfRange(name, value, "it must be more than zero");

    public static Duration NonNegative(Duration value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= Duration.Zero ? value : throw OutOfRange(name, value, "it must not be negative");

    public static double[] EachNonNegative(double[] values, string name) =>
        Each(values, name, v => double.IsFinite(v) && v >= 0, "it must be finite and at least 0");

    public static double[] EachPositive(double[] values, string name) =>
        Each(values, name, v => double.IsFinite(v) && v > 0, "it must be finite and more than 0");

    public static double[] EachBelowOne(double[] values, string name) =>
        Each(values, name, v => v is >= 0 and < 1, "it must be a fraction at least 0 and less than 1");

    public static T[] Filled<T>(T[] values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values.Length > 0 ? values : throw new ArgumentException($"{name} is empty; a horizon has at least one interval.", name);
    }

    public static T[] OfLength<T>(T[] values, int length, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values.Length == length ? values
            : throw new ArgumentException($"{name} has {values.Length} intervals where the horizon has {length}.", name);
    }

    /// <summary>Sample paths [path][interval]: at least one, all of one length, every value accepted by <paramref name="check"/>.</summary>
    public static double[][] Paths(double[][] paths, string name, Func<double[], string, double[]> check)
    {
        ArgumentNullException.ThrowIfNull(paths, name);
        if (paths.Length == 0) throw new ArgumentException($"{name} is empty; there must be at least one path.", name);
        for (var p = 0; p < paths.Length; p++)
        {
            Filled(paths[p], $"{name}[{p}]");
            OfLength(paths[p], paths[0].Length, $"{name}[{p}]");
            check(paths[p], $"{name}[{p}]");
        }
        return paths;
    }

    /// <summary>Handle-time paths of the same shape as the volume paths, every value more than 0.</summary>
    public static double[][] MatchingPaths(double[][] paths, double[][] volumePaths, string name)
    {
        Paths(paths, name, EachPositive);
        if (paths.Length != volumePaths.Length)
            throw new ArgumentException($"{name} has {paths.Length} paths where the volume has {volumePaths.Length}.", name);
        OfLength(paths[0], volumePaths[0].Length, $"{name}[0]");
        return paths;
    }

    public static ArgumentOutOfRangeException OutOfRange(string name, object value, string rule) =>
        new(name, value, $"{name} is {value}; {rule}.");

    private static double[] Each(double[] values, string name, Func<double, bool> holds, string rule)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        for (var i = 0; i < values.Length; i++)
        {
            if (!holds(values[i])) throw OutOfRange($"{name}[{i}]", values[i], rule);
        }
        return values;
    }
}
