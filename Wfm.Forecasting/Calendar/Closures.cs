namespace Wfm.Forecasting.Calendar;

/// <summary>Hours in which events of a kind leave nothing at all: an office closed at Christmas.</summary>
/// <remarks>Told by hour of the local day: how many contacts would usually have come where none ever came, in units of their dispersion; below 0 where any
/// did.</remarks>
internal static class Closures
{
    /// <summary>Hours of a day.</summary>
    public const int Hours = 24;

    /// <summary>Some contact came.</summary>
    public const double Came = -1;

    // With this many usual, none at all has a probability of e^−3, 0.05, under Poisson even where the kind leaves no more than three in ten.
    private const double Enough = 10;

    /// <summary>What several series or occurrences say together; empty where none says anything.</summary>
    public static double[] Together(IEnumerable<IReadOnlyList<double>> rows)
    {
        double[] all = [];
        foreach (var row in rows.Where(r => r.Count > 0))
        {
            all = all.Length == 0 ? [.. row] : [.. all.Zip(row, (a, b) => a == Came || b == Came ? Came : a + b)];
        }

        return all;
    }

    /// <summary>What a series says, with what its siblings say where it has seen too little itself.</summary>
    public static double[] Leaned(IReadOnlyList<double> own, IReadOnlyList<double> siblings)
    {
        if (own.Count == 0 || siblings.Count == 0)
        {
            return [.. own.Count == 0 ? siblings : own];
        }

        return [.. own.Zip(siblings, (a, b) => a == Came || b == Came ? a : a + b)];
    }

    /// <summary>Whether nothing comes in an hour.</summary>
    /// <param name="evidence">By hour of the local day; empty for none.</param>
    /// <param name="hour">Hour of the local day.</param>
    /// <remarks>A quiet hour is closed with the rest: where none came in the whole day, the whole day decides.</remarks>
    public static bool IsClosed(IReadOnlyList<double> evidence, int hour) =>
        evidence.Count > 0 && (evidence[hour] >= Enough || IsWholly(evidence));

    /// <summary>Whether nothing comes at all.</summary>
    public static bool IsWholly(IReadOnlyList<double> evidence) => evidence.Count > 0 && evidence.All(e => e != Came) && evidence.Sum() >= Enough;
}
