using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>Deferrable work of a group as a cumulative band: the roster is free inside it and need not follow any curve of heads.</summary>
/// <remarks>
/// Work is a fluid. What immediate work leaves of the scheduled time, times the productive share, is worked on the first class; what that class has
/// no work for goes to the next, and what is left in the end is idle and lost. A roster that is never late so is never late under earliest deadline
/// first either, which is at least as good in any order of the classes.
/// </remarks>
/// <param name="Classes">Deadline classes, the most urgent first; at least one, names unique.</param>
/// <param name="Productive">Share of scheduled time per interval in which work is done (1 − shrinkage), 0 to 1; 0 while nobody can work on it.</param>
/// <exception cref="SchedulingDataException">No class, a name twice, or a share outside its range.</exception>
public sealed record DeferrableDemand(IReadOnlyList<DeadlineDemand> Classes, double[] Productive)
{
    /// <summary>Deadline classes, the most urgent first.</summary>
    public IReadOnlyList<DeadlineDemand> Classes { get; } =
        Guard.Unique(Classes, c => c.Name, "deferrable demand", nameof(Classes)) is { Count: > 0 } some
            ? some
            : throw new SchedulingDataException($"deferrable demand: {nameof(Classes)} is empty; give at least one deadline class.");

    /// <summary>Share of scheduled time per interval in which work is done.</summary>
    public double[] Productive { get; } = Shares(Productive);

    /// <summary>Other groups whose people work on this band whenever their own immediate work leaves them time. A group serves one band at most.</summary>
    public IReadOnlyList<string> AlsoServedBy { get; init => field = Guard.Unique(value, g => g, "deferrable demand", nameof(AlsoServedBy)); } = [];

    private static double[] Shares(double[]? values)
    {
        if (values is null) throw new SchedulingDataException($"deferrable demand: {nameof(Productive)} is missing.");
        for (var i = 0; i < values.Length; i++)
        {
            if (!(values[i] is >= 0 and <= 1))
                throw new SchedulingDataException($"deferrable demand: {nameof(Productive)}[{i}] is {values[i]}; it must lie between 0 and 1.");
        }

        return values;
    }
}

/// <summary>One deadline class of a band. Curves are cumulative hours of work from the start of the period, one value per interval, at its end.</summary>
/// <param name="Name">Shown in results, unique in the band.</param>
/// <param name="DueHours">Work whose deadline has passed by the end of each interval; never falls.</param>
/// <param name="ArrivedHours">Work that has arrived by then, what was open at the start included; never falls and is never below what is due.</param>
/// <param name="Priority">Multiplies the costs of the class; above 0, 1 is normal.</param>
/// <exception cref="SchedulingDataException">Curves of unequal length, a value that is negative, not finite, falling or due before it arrived; the
/// message names class, index and value.</exception>
public sealed record DeadlineDemand(string Name, double[] DueHours, double[] ArrivedHours, double Priority = 1)
{
    private const double Most = 10_000_000; // hours: beyond it the sums of the search would no longer be exact

    /// <summary>Shown in results.</summary>
    public string Name { get; } = Guard.Text(Name, "deadline class", nameof(Name));

    /// <summary>Work whose deadline has passed by the end of each interval.</summary>
    public double[] DueHours { get; } = Cumulative(DueHours, Name, nameof(DueHours));

    /// <summary>Work that has arrived by the end of each interval.</summary>
    public double[] ArrivedHours { get; } = Above(DueHours, Cumulative(ArrivedHours, Name, nameof(ArrivedHours)), Name);

    /// <summary>Multiplies the costs of the class.</summary>
    public double Priority { get; } = Priority > 0 && double.IsFinite(Priority) ? Priority
        : throw new SchedulingDataException($"deadline class '{Name}': Priority is {Priority}; it must be finite and above 0.");

    /// <summary>Work that is late by so much counts as undone and waits for no hands of this roster any more: 0 to 31 days, 24 hours when not set.
    /// With 0 there is no lateness: what misses its deadline is undone, as a missing head is missing.</summary>
    public Duration GiveUpAfter
    {
        get;
        init => field = Guard.Minutes(value, Duration.Zero, Duration.FromDays(31), $"deadline class '{Name}'", nameof(GiveUpAfter));
    } = Duration.FromHours(24);

    /// <summary>Cost per hour of work and hour of lateness in place of <see cref="RosterObjective.LateCost"/>; <see langword="null"/> for none.</summary>
    public double? LateCost { get; init => field = value is { } cost ? Guard.NotNegative(cost, $"deadline class '{Name}'", nameof(LateCost)) : null; }

    /// <summary>Cost per hour of work undone in place of <see cref="RosterObjective.UndoneCost"/>; <see langword="null"/> for none.</summary>
    public double? UndoneCost { get; init => field = value is { } cost ? Guard.NotNegative(cost, $"deadline class '{Name}'", nameof(UndoneCost)) : null; }

    private static double[] Cumulative(double[]? values, string name, string field)
    {
        if (values is null) throw new SchedulingDataException($"deadline class '{name}': {field} is missing.");
        for (var i = 0; i < values.Length; i++)
        {
            if (!(values[i] is >= 0 and <= Most))
                throw new SchedulingDataException($"deadline class '{name}': {field}[{i}] is {values[i]}; it must lie between 0 and {Most}.");
            if (i > 0 && values[i] < values[i - 1] - Rounding(values[i]))
            {
                throw new SchedulingDataException(
                    $"deadline class '{name}': {field}[{i}] is {values[i]}, less than {values[i - 1]} before it; a cumulative curve never falls.");
            }
        }

        return values;
    }

    private static double[] Above(double[] due, double[] arrived, string name)
    {
        if (due.Length != arrived.Length)
            throw new SchedulingDataException($"deadline class '{name}': DueHours has {due.Length} values, ArrivedHours {arrived.Length}.");
        for (var i = 0; i < due.Length; i++)
        {
            if (due[i] <= arrived[i] + Rounding(arrived[i])) continue;
            throw new SchedulingDataException($"deadline class '{name}': DueHours[{i}] is {due[i]}, more than the {arrived[i]} hours that have arrived.");
        }

        return arrived;
    }

    /// <summary>Sums of the same numbers in another order may differ by so much.</summary>
    private static double Rounding(double value) => 1e-9 * Math.Max(1, value);
}
