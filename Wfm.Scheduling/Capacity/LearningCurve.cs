using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Capacity;

/// <summary>What a new colleague gets done after training, beside an experienced one: speed × share of decisions that stand.</summary>
public sealed class LearningCurve
{
    private readonly double[] _output;

    /// <summary>Checks and keeps the ramp.</summary>
    /// <param name="productivity">Speed by week after training, beside an experienced colleague, in [0, 1]; 1 after the last value.</param>
    /// <param name="quality">
    /// Work that need not be done again, beside an experienced colleague, in [0, 1], as long as <paramref name="productivity"/>; null for 1 throughout.
    /// </param>
    /// <exception cref="ArgumentException">Unequal lengths, or a value outside [0, 1]; the parameter's name carries the index.</exception>
    public LearningCurve(double[] productivity, double[]? quality = null)
    {
        CapacityGuard.EachFraction(productivity, nameof(productivity));
        if (quality is not null && quality.Length != productivity.Length)
        {
            throw new ArgumentException(
                $"{nameof(quality)} has {quality.Length} weeks where {nameof(productivity)} has {productivity.Length}.", nameof(quality));
        }
        if (quality is not null) CapacityGuard.EachFraction(quality, nameof(quality));
        _output = [.. productivity.Select((p, i) => p * (quality?[i] ?? 1))];
    }

    /// <summary>Full output from the first week.</summary>
    public static LearningCurve None { get; } = new([]);

    /// <summary>Output that rises in equal steps from a start to 1, which is reached after the stated weeks.</summary>
    /// <param name="start">Output of the first week, in [0, 1].</param>
    /// <param name="weeks">Weeks until full output, 0 to 104.</param>
    /// <returns>A curve.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static LearningCurve Linear(double start, int weeks)
    {
        if (start is not (>= 0 and <= 1)) throw Guard.OutOfRange(nameof(start), start, "it must be a fraction between 0 and 1");
        CapacityGuard.Within(weeks, 0, CapacityGuard.LongestHorizon, nameof(weeks));
        return new LearningCurve([.. Enumerable.Range(0, weeks).Select(k => start + (1 - start) * k / weeks)]);
    }

    /// <summary>Output of a week, as a share of an experienced colleague's.</summary>
    /// <param name="weeksAfterTraining">0 is the first week after training.</param>
    /// <returns>A fraction in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The week is negative.</exception>
    public double Output(int weeksAfterTraining) => Guard.AtLeast(weeksAfterTraining, 0) < _output.Length ? _output[weeksAfterTraining] : 1;
}
