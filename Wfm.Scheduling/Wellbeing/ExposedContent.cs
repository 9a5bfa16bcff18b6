using NodaTime;
using Wfm.Scheduling.Groups;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Wellbeing;

/// <summary>What work on a group or a queue may show.</summary>
/// <param name="HighestClass">The highest exposure class, 0 to 4.</param>
/// <param name="Shares">Shares of the work by class 0, 1, …, together 1; <see langword="null"/> when all of it is of the highest.</param>
public sealed record ExposedContent(double HighestClass, IReadOnlyList<double>? Shares = null)
{
    /// <summary>Classes there are: E0 to E4.</summary>
    public const int Classes = 5;

    /// <summary>Nothing harmful.</summary>
    public static ExposedContent None { get; } = new(0);

    /// <summary>What a minute counts in a limit, by the solver's own definition.</summary>
    /// <param name="minimumClass">Only content of this class or above, each minute once; <see langword="null"/> for all, as many times as its class.</param>
    /// <param name="basis">Whether the shares count or the highest class alone.</param>
    public double Weight(double? minimumClass, ExposureBasis basis) => GroupExposure.Weight(HighestClass, Shares, minimumClass, basis);

    /// <summary>Share of the work in a class, as expected.</summary>
    public double Share(int exposureClass) => Shares is null ? (exposureClass == (int)HighestClass ? 1 : 0) : Shares.ElementAtOrDefault(exposureClass);
}

/// <summary>Work without a break.</summary>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="Minutes">Minutes of it that were spent on content; all of them for what is planned.</param>
/// <param name="Content">What it may show.</param>
public sealed record ExposedStretch(Instant Start, Instant End, double Minutes, ExposedContent Content);

/// <summary>What a person works on a local day, or worked.</summary>
/// <param name="Date">The local day on which it starts.</param>
/// <param name="End">End of the shift, the last break included.</param>
/// <param name="Stretches">Stretches of work, in order of start.</param>
public sealed record ExposedDay(LocalDate Date, Instant End, IReadOnlyList<ExposedStretch> Stretches);

/// <summary>Minutes of exposure.</summary>
/// <param name="ByClass">Minutes to be expected in class 0 to 4.</param>
/// <param name="Weighted">Minutes as often as their class, by the basis of the policy.</param>
public sealed record ExposureSum(IReadOnlyList<double> ByClass, double Weighted)
{
    /// <summary>Adds up some days.</summary>
    /// <param name="days">The days.</param>
    /// <param name="from">First local day that counts.</param>
    /// <param name="to">Last local day that counts.</param>
    /// <param name="basis">How groups of several classes count in the weighted minutes.</param>
    public static ExposureSum Of(IEnumerable<ExposedDay> days, LocalDate from, LocalDate to, ExposureBasis basis)
    {
        ArgumentNullException.ThrowIfNull(days);
        var (byClass, weighted) = (new double[ExposedContent.Classes], 0.0);
        foreach (var stretch in days.Where(d => d.Date >= from && d.Date <= to).SelectMany(d => d.Stretches))
        {
            weighted += stretch.Minutes * stretch.Content.Weight(null, basis);
            for (var level = 0; level < byClass.Length; level++)
            {
                byClass[level] += stretch.Minutes * stretch.Content.Share(level);
            }
        }

        return new ExposureSum(byClass, weighted);
    }
}
