namespace Wfm.Scheduling.Floor.Actions;

/// <summary>Heads of a group for the rest of a day.</summary>
/// <param name="Group">The group.</param>
/// <param name="IsDeferrable">Whether its work can wait, so that a backlog of it is worked off whenever there are people.</param>
/// <param name="Required">Heads required per interval, after what is known by now; not negative.</param>
/// <param name="Present">Heads that will be there by the roster, without those who are away; not negative.</param>
/// <exception cref="SchedulingDataException">The curves differ in length, or a value is negative or not finite.</exception>
public sealed record GroupOutlook(string Group, bool IsDeferrable, double[] Required, double[] Present)
{
    /// <summary>Heads required per interval.</summary>
    public double[] Required { get; } = Checked(Required, Group, nameof(Required));

    /// <summary>Heads that will be there per interval.</summary>
    public double[] Present { get; } = Checked(Present, Group, nameof(Present)).Length == Required.Length ? Present
        : throw new SchedulingDataException($"outlook of '{Group}': Present has {Present.Length} intervals, Required {Required.Length}.");

    private static double[] Checked(double[] values, string group, string name)
    {
        ArgumentNullException.ThrowIfNull(values);
        var wrong = Array.FindIndex(values, v => !(v >= 0 && double.IsFinite(v)));
        return wrong < 0 ? values
            : throw new SchedulingDataException($"outlook of '{group}': {name}[{wrong}] is {values[wrong]}; it must be finite and not negative.");
    }
}
