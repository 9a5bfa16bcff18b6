namespace Wfm.Scheduling.Problem;

/// <summary>What an activity of a shift means to pay, rules and plans.</summary>
/// <param name="Code">What segments of shifts name.</param>
/// <param name="Kind">What it is by nature.</param>
/// <param name="IsPaid">Whether it is paid. Limits on hours count paid time. Breaks of a shift template are paid as the template says.</param>
/// <param name="CountsAsWorkingTime">Whether it is work to the rules on breaks: it goes on with the work beside it rather than interrupt it. Only what is paid
/// can be; work and overtime always are, breaks, meals and leave never.</param>
/// <param name="IsProtected">Whether only people may remove or shorten it: no search and no action of a floor does.</param>
/// <exception cref="SchedulingDataException">Paid and working time contradict one another or the kind.</exception>
public sealed record ActivityCode(string Code, ActivityKind Kind, bool IsPaid, bool CountsAsWorkingTime, bool IsProtected)
{
    /// <summary>What segments of shifts name.</summary>
    public string Code { get; } = Guard.Text(Code, "activity code", nameof(Code));

    /// <summary>Whether it is work to the rules on breaks.</summary>
    public bool CountsAsWorkingTime { get; } = WhyNot(Kind, IsPaid, CountsAsWorkingTime) is { } reason
        ? throw new SchedulingDataException($"activity code '{Code}': {reason}") : CountsAsWorkingTime;

    /// <summary>Whether it is rest that a law may owe: a meal or a break.</summary>
    public bool IsRest => Kind is ActivityKind.Meal or ActivityKind.Break;

    /// <summary>What speaks against a kind that is paid and counts so; <see langword="null"/> when nothing does.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="isPaid">Whether it is paid.</param>
    /// <param name="isWorkingTime">Whether it counts as working time.</param>
    public static string? WhyNot(ActivityKind kind, bool isPaid, bool isWorkingTime) => (kind, isPaid, isWorkingTime) switch
    {
        (ActivityKind.Work or ActivityKind.Overtime, not true, _) or (ActivityKind.Work or ActivityKind.Overtime, _, not true) =>
            $"{kind} is paid and working time; neither can be false.",
        (ActivityKind.Break or ActivityKind.Meal or ActivityKind.Leave, _, true) => $"{kind} interrupts work; it cannot count as working time.",
        (_, false, true) => "Unpaid time cannot count as working time: limits on hours count what is paid.",
        _ => null,
    };
}
