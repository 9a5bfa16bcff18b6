using System.Runtime.InteropServices;

namespace Wfm.Forecasting.Calendar;

/// <summary>What one occurrence did: the logarithm of volume over usual volume, how far counting noise may have moved it, and its magnitude.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OccurrenceSample(double Log, double Variance, double Magnitude)
{
    /// <summary>Largest logarithm of a factor: 20 times as much. Beyond it the usual volume was next to nothing.</summary>
    public const double LargestLog = 3;

    /// <summary>Where its day stands in the week (<see cref="WeekPlace"/>); of a part of an occurrence beside the whole.</summary>
    public double? Position { get; init; }

    /// <summary>Where the days of the week stand at its hours, NaN where that says nothing.</summary>
    public double[] Weekdays { get; init; } = [];

    /// <summary>From sums over the intervals of an occurrence.</summary>
    /// <param name="volume">Observed.</param>
    /// <param name="usual">Usual, above 0.</param>
    /// <param name="dispersion">Variance ÷ mean.</param>
    /// <param name="magnitude">Magnitude of the occurrence.</param>
    public static OccurrenceSample Of(double volume, double usual, double dispersion, double magnitude)
    {
        var half = 0.5 * dispersion; // half a count: keeps an empty day finite, and the logarithm of small counts nearly unbiased
        var log = Math.Log((Math.Max(volume, 0) + half) / (usual + half));
        var variance = (dispersion / (Math.Max(volume, 0.05 * usual) + half)) + (dispersion / (6 * usual));
        return new OccurrenceSample(Math.Clamp(log, -LargestLog, LargestLog), variance, magnitude);
    }
}

/// <summary>All that the history shows of a kind of event, or of one occurrence.</summary>
internal sealed class KindSamples
{
    /// <summary>Whole occurrences.</summary>
    public List<OccurrenceSample> Whole { get; } = [];

    /// <summary>By part of the day: beside the whole occurrence.</summary>
    public List<OccurrenceSample>[] Parts { get; } = [.. Enumerable.Range(0, 24 / EventEffect.HoursPerPart).Select(_ => new List<OccurrenceSample>())];

    /// <summary>By hour of the day: beside the part of the day.</summary>
    public List<OccurrenceSample>[] Hours { get; } = [.. Enumerable.Range(0, Closures.Hours).Select(_ => new List<OccurrenceSample>())];

    /// <summary>By day around the occurrence.</summary>
    public List<OccurrenceSample>[] Around { get; } = [.. EventEffect.DaysAround.Select(_ => new List<OccurrenceSample>())];

    /// <summary>Hours in which nothing came (<see cref="Closures"/>), by occurrence.</summary>
    public List<double[]> NothingCame { get; } = [];

    /// <summary>Intervals of the history they were read from.</summary>
    public List<int> Intervals { get; } = [];

    /// <summary>Days of the occurrences, one after the other: logarithm of volume over usual volume.</summary>
    public List<OccurrenceSample> Days { get; } = [];

    /// <summary>The samples of several occurrences.</summary>
    public static KindSamples Of(IEnumerable<KindSamples> occurrences)
    {
        var all = new KindSamples();
        foreach (var one in occurrences)
        {
            all.Whole.AddRange(one.Whole);
            all.NothingCame.AddRange(one.NothingCame);
            all.Days.AddRange(one.Days);
            all.Intervals.AddRange(one.Intervals);
            foreach (var (mine, theirs) in all.Parts.Zip(one.Parts).Concat(all.Hours.Zip(one.Hours)).Concat(all.Around.Zip(one.Around)))
            {
                mine.AddRange(theirs);
            }
        }

        return all;
    }
}
