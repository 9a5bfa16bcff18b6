using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Calendar;

/// <summary>How a surge goes on: equally likely courses, and what they say together.</summary>
public sealed class CrisisFit
{
    private const double LongestHours = 365 * 24;
    private readonly CrisisAtom[] _atoms;

    internal CrisisFit(CrisisAtom[] atoms) => _atoms = atoms;

    /// <summary>Probability of each family; they sum to 1.</summary>
    public IReadOnlyDictionary<CrisisFamily, double> Families =>
        Enum.GetValues<CrisisFamily>().ToDictionary(f => f, f => _atoms.Count(a => a.Form.Family == f) / (double)_atoms.Length);

    /// <summary>Median hours until the excess is halved, among the courses with a surge; a plateau counts in. The prior's when none has.</summary>
    public double HalfLifeHours
    {
        get
        {
            double[] halfLives = [.. _atoms.Where(a => a.Height > 0)
                .Select(a => a.Form.HalfLifeHours + (a.Form.Family == CrisisFamily.PlateauThenDecay ? a.Form.Extra : 0))];
            return halfLives.Length > 0 ? Statistics.Median(halfLives) : _atoms[0].Form.HalfLifeHours;
        }
    }

    /// <summary>Mean over the courses of volume ÷ usual volume.</summary>
    /// <param name="hours">Hours since the start of the surge.</param>
    /// <returns>At least 1.</returns>
    public double MeanAt(double hours) => _atoms.Average(a => a.MultiplierAt(hours));

    /// <summary>Quantiles over the courses of volume ÷ usual volume.</summary>
    /// <param name="hours">Hours since the start of the surge.</param>
    /// <param name="levels">Levels in [0, 1].</param>
    /// <returns>One value a level, at least 1; ascending where the levels are.</returns>
    public double[] QuantilesAt(double hours, IReadOnlyList<double> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        return Quantiles(_atoms.Select(a => a.MultiplierAt(hours)), levels);
    }

    /// <summary>The courses one by one, each as likely as any other.</summary>
    /// <param name="hours">Hours since the start of the surge.</param>
    /// <returns>[course][hour]: volume ÷ usual volume, at least 1; the course with the least excess over these hours first.</returns>
    public double[][] Courses(IReadOnlyList<double> hours)
    {
        ArgumentNullException.ThrowIfNull(hours);
        return [.. _atoms.Select(a => hours.Select(a.MultiplierAt).ToArray()).OrderBy(c => c.Sum())];
    }

    /// <summary>Hours since the start of the surge until volume stays below a multiple of the usual.</summary>
    /// <param name="factor">Multiple, above 1; 1.1 is what planners call usual.</param>
    /// <param name="levels">Levels in [0, 1]; 0.5 is the date most likely passed by then as not.</param>
    /// <returns>One value a level; 8760 (a year) where it takes longer.</returns>
    public double[] HoursUntil(double factor, IReadOnlyList<double> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        return factor > 1 ? Quantiles(_atoms.Select(a => HoursUntil(a, factor)), levels)
            : throw new ArgumentOutOfRangeException(nameof(factor), factor, "The multiple must be above 1: a decay never ends.");
    }

    private static double HoursUntil(CrisisAtom atom, double factor)
    {
        var (low, high) = (atom.Form.FallsAfter, LongestHours);
        if (atom.MultiplierAt(low + 1e-6) <= factor)
        {
            return atom.Height > 0 && atom.Form.Family == CrisisFamily.DoubleWave ? FirstFall(atom, factor) : 0;
        }

        if (atom.MultiplierAt(high) > factor)
        {
            return LongestHours;
        }

        while (high - low > 0.1)
        {
            var middle = 0.5 * (low + high);
            (low, high) = atom.MultiplierAt(middle) > factor ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>When a second wave does not reach the multiple: the fall of the first.</summary>
    private static double FirstFall(CrisisAtom atom, double factor) => HoursUntil(
        atom with { Form = atom.Form with { Family = CrisisFamily.Exponential } }, factor);

    private static double[] Quantiles(IEnumerable<double> values, IReadOnlyList<double> levels)
    {
        var sorted = values.Order().ToArray();
        return [.. levels.Select(level => level is >= 0 and <= 1 ? Statistics.SortedQuantile(sorted, level)
            : throw new ArgumentOutOfRangeException(nameof(levels), level, "A level lies in [0, 1]."))];
    }
}
