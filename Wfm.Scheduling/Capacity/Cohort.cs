using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Capacity;

/// <summary>How a cohort comes into the plan.</summary>
public enum CohortKind
{
    /// <summary>There when the plan starts.</summary>
    Starting,

    /// <summary>Hired: starts with training.</summary>
    Hired,

    /// <summary>Comes from another team.</summary>
    TransferredIn,
}

/// <summary>People of the same tenure who do the same kind of work. One head is one FTE.</summary>
public sealed record Cohort
{
    private Cohort(CohortKind kind, string name, int heads, int startWeek, int tenureWeeks, double exposureFactor)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (Kind, Name) = (kind, name);
        Heads = CapacityGuard.Within(heads, 0, CapacityGuard.MostHeads, nameof(heads));
        StartWeek = CapacityGuard.Within(startWeek, 0, CapacityGuard.LongestHorizon - 1, nameof(startWeek));
        TenureWeeks = CapacityGuard.Within(tenureWeeks, 0, 5_000, nameof(tenureWeeks));
        ExposureFactor = Guard.NonNegative(exposureFactor);
    }

    /// <summary>How the cohort comes into the plan.</summary>
    public CohortKind Kind { get; }

    /// <summary>Shown in results.</summary>
    public string Name { get; }

    /// <summary>People in the first week.</summary>
    public int Heads { get; }

    /// <summary>First week in the plan, 0 is the plan's first.</summary>
    public int StartWeek { get; }

    /// <summary>Weeks since hire, training included, in the first week.</summary>
    public int TenureWeeks { get; }

    /// <summary>Factor on the hazard of <see cref="AttritionCurve"/> for the exposure class of the work.</summary>
    public double ExposureFactor { get; }

    /// <summary>People who are there when the plan starts; in training while their tenure is shorter than the training.</summary>
    /// <param name="name">Shown in results, not empty.</param>
    /// <param name="heads">People, 0 to 100,000.</param>
    /// <param name="tenureWeeks">Completed weeks since hire, 0 to 5,000.</param>
    /// <param name="exposureFactor">Factor on the hazard of leaving, finite, 0 or more.</param>
    /// <returns>A cohort.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public static Cohort Starting(string name, int heads, int tenureWeeks, double exposureFactor = 1) =>
        new(CohortKind.Starting, name, heads, startWeek: 0, tenureWeeks, exposureFactor);

    /// <summary>A class of new people.</summary>
    /// <param name="name">Shown in results, not empty.</param>
    /// <param name="heads">People, 0 to 100,000.</param>
    /// <param name="startWeek">Week in which the training starts, 0 to 103.</param>
    /// <param name="exposureFactor">Factor on the hazard of leaving, finite, 0 or more.</param>
    /// <returns>A cohort.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public static Cohort Hired(string name, int heads, int startWeek, double exposureFactor = 1) =>
        new(CohortKind.Hired, name, heads, startWeek, tenureWeeks: 0, exposureFactor);

    /// <summary>People who come from another team.</summary>
    /// <param name="name">Shown in results, not empty.</param>
    /// <param name="heads">People, 0 to 100,000.</param>
    /// <param name="startWeek">First week here, 0 to 103.</param>
    /// <param name="tenureWeeks">Weeks of training and practice that count here, 0 to 5,000; fewer than the training weeks means they train first.</param>
    /// <param name="exposureFactor">Factor on the hazard of leaving, finite, 0 or more.</param>
    /// <returns>A cohort.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public static Cohort TransferredIn(string name, int heads, int startWeek, int tenureWeeks, double exposureFactor = 1) =>
        new(CohortKind.TransferredIn, name, heads, startWeek, tenureWeeks, exposureFactor);
}

/// <summary>People who go to another team at the start of a week.</summary>
/// <param name="Cohort">Position of their cohort in the plan.</param>
/// <param name="Week">First week away, later than the cohort's first.</param>
/// <param name="Heads">People, 0 or more; all who are left when they are fewer.</param>
public sealed record TransferOut(int Cohort, int Week, int Heads);
