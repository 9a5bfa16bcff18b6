namespace Wfm.Scheduling.Problem;

/// <summary>The activities that shifts may consist of, and what each means.</summary>
/// <remarks>The standard ones are always there, whatever others an operation has: templates, rules and searches name them.</remarks>
public sealed class ActivityCatalog
{
    private readonly Dictionary<string, ActivityCode> _codes;

    /// <param name="others">Codes beside the standard ones; one with the code of a standard one stands in its place.</param>
    /// <exception cref="SchedulingDataException">Two have the same code, or one is of another kind than the standard one of its code.</exception>
    public ActivityCatalog(IEnumerable<ActivityCode> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        _codes = StandardCodes.ToDictionary(c => c.Code, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var code in others)
        {
            if (!seen.Add(code.Code)) throw new SchedulingDataException($"activity codes: '{code.Code}' is given twice.");
            if (_codes.TryGetValue(code.Code, out var standard) && standard.Kind != code.Kind)
                throw new SchedulingDataException($"activity codes: '{code.Code}' is {code.Kind}, but the standard one is {standard.Kind}.");
            _codes[code.Code] = code;
        }
    }

    /// <summary>The codes every operation has, named like their kinds.</summary>
    public static IReadOnlyList<ActivityCode> StandardCodes { get; } =
    [
        new(ActivityKinds.Work, ActivityKind.Work, true, true, false),
        new(ActivityKinds.Break, ActivityKind.Break, true, false, true),
        new(ActivityKinds.Meal, ActivityKind.Meal, false, false, true),
        new(ActivityKinds.Training, ActivityKind.Training, true, true, false),
        new(ActivityKinds.Meeting, ActivityKind.Meeting, true, true, false),
        new(ActivityKinds.Coaching, ActivityKind.Coaching, true, true, false),
        new(ActivityKinds.Wellness, ActivityKind.Wellness, true, false, true),
        new(ActivityKinds.Cooldown, ActivityKind.Cooldown, true, false, true),
        new(ActivityKinds.Overtime, ActivityKind.Overtime, true, true, false),
        new(ActivityKinds.Leave, ActivityKind.Leave, false, false, true),
    ];

    /// <summary>The standard codes alone.</summary>
    public static ActivityCatalog Standard { get; } = new([]);

    /// <summary>The codes, in order.</summary>
    public IEnumerable<ActivityCode> Codes => _codes.Values.OrderBy(c => c.Code, StringComparer.Ordinal);

    /// <summary>What a code means; <see langword="null"/> for one that is not known.</summary>
    /// <param name="code">The code.</param>
    public ActivityCode? Find(string code) => _codes.GetValueOrDefault(code);

    /// <summary>Whether it is paid where no template says so; what is not known is, but for the gap of a split shift.</summary>
    /// <param name="code">The code.</param>
    public bool IsPaid(string code) => Find(code)?.IsPaid ?? code != ActivityKinds.Gap;

    /// <summary>Whether work goes on in it; so it does in what is not known, but for the gap of a split shift.</summary>
    /// <param name="code">The code.</param>
    public bool IsWorkingTime(string code) => Find(code)?.CountsAsWorkingTime ?? code != ActivityKinds.Gap;

    /// <summary>Whether the person is not there: on leave, or between the parts of a split shift.</summary>
    /// <param name="code">The code.</param>
    public bool IsAway(string code) => code == ActivityKinds.Gap || Find(code)?.Kind == ActivityKind.Leave;
}
