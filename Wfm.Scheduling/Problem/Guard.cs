using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>Checks of incoming values: they return the value or throw with its owner, field and value.</summary>
internal static class Guard
{
    public static string Text(string? value, string owner, string field) => string.IsNullOrWhiteSpace(value)
        ? throw new SchedulingDataException($"{owner}: {field} is empty.") : value;

    public static IReadOnlyList<T> List<T>(IReadOnlyList<T>? value, string owner, string field)
    {
        if (value is null) throw new SchedulingDataException($"{owner}: {field} is missing; give an empty list.");
        for (var i = 0; i < value.Count; i++)
        {
            if (value[i] is null) throw new SchedulingDataException($"{owner}: {field}[{i}] is missing.");
        }

        return value;
    }

    public static IReadOnlyList<T> Unique<T>(IReadOnlyList<T>? value, Func<T, string> key, string owner, string field)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in List(value, owner, field))
        {
            if (!seen.Add(key(item))) throw new SchedulingDataException($"{owner}: {field} has '{key(item)}' twice.");
        }

        return value!;
    }

    public static double NotNegative(double value, string owner, string field) => double.IsFinite(value) && value >= 0 ? value
        : throw new SchedulingDataException($"{owner}: {field} is {value}; it must be finite and not negative.");

    public static int AtLeast(int value, int minimum, string owner, string field) => value >= minimum ? value
        : throw new SchedulingDataException($"{owner}: {field} is {value}; it must be at least {minimum}.");

    /// <summary>A duration in whole minutes between two bounds, both included.</summary>
    public static Duration Minutes(Duration value, Duration minimum, Duration maximum, string owner, string field)
    {
        if (value < minimum || value > maximum)
        {
            throw new SchedulingDataException($"{owner}: {field} is {Show(value)}; it must lie between {Show(minimum)} and {Show(maximum)}.");
        }

        return value.BclCompatibleTicks % NodaConstants.TicksPerMinute == 0 ? value
            : throw new SchedulingDataException($"{owner}: {field} is {value}; it must be whole minutes.");
    }

    public static string Show(Duration value) => $"{(int)Math.Floor(value.TotalHours)} h {Math.Abs(value.Minutes):00} min";

    public static string Show(long minutes) => $"{minutes / 60} h {minutes % 60:00} min";
}
