using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>The numbers of a labour rule; each kind of rule reads its own, the others stay empty.</summary>
public sealed record RuleParameters
{
    /// <summary>A length of time: the limit itself.</summary>
    public Duration? Limit { get; init; }

    /// <summary>A number of days, nights, weekends.</summary>
    public int? Count { get; init; }

    /// <summary>ISO weeks over which an average is taken.</summary>
    public int? Weeks { get; init; }

    /// <summary>Rolling local days over which exposure is summed; 1 is each shift by itself.</summary>
    public int? Days { get; init; }

    /// <summary>Working time, unpaid breaks left out, above which a break is owed.</summary>
    public Duration? ShiftLength { get; init; }

    /// <summary>Latest end of work before the break, after the start of the shift.</summary>
    public Duration? Within { get; init; }

    /// <summary>Local start of the night.</summary>
    public LocalTime? NightFrom { get; init; }

    /// <summary>Local end of the night.</summary>
    public LocalTime? NightTo { get; init; }

    /// <summary>Time within the night that makes a shift a night shift; without it any minute does.</summary>
    public Duration? NightMinimum { get; init; }

    /// <summary>Exposure weight of a demand line from which its work is severe.</summary>
    public double? MinimumSeverity { get; init; }

    /// <summary>True for seven days from any midnight, false for ISO weeks.</summary>
    public bool Rolling { get; init; }

    /// <summary>Limits per shift template.</summary>
    public IReadOnlyList<TemplateLimit>? Templates { get; init; }

    /// <summary>Templates that must not follow one another.</summary>
    public IReadOnlyList<TemplateSuccession>? Successions { get; init; }
}

/// <summary>At most so many shifts of a template.</summary>
/// <param name="Template">Code of the template.</param>
/// <param name="Count">The most allowed, 0 or more.</param>
/// <exception cref="SchedulingDataException">A negative count.</exception>
public sealed record TemplateLimit(string Template, int Count)
{
    /// <summary>The most allowed.</summary>
    public int Count { get; } = Guard.AtLeast(Count, 0, $"template limit '{Template}'", nameof(Count));
}

/// <summary>Templates that must not start on the day after another.</summary>
/// <param name="Template">Code of the first day's template.</param>
/// <param name="Followers">Codes of the templates forbidden on the next day.</param>
/// <exception cref="SchedulingDataException">An unusable list.</exception>
public sealed record TemplateSuccession(string Template, IReadOnlyList<string> Followers)
{
    /// <summary>Codes of the templates forbidden on the next day.</summary>
    public IReadOnlyList<string> Followers { get; } = Guard.List(Followers, $"succession of '{Template}'", nameof(Followers));
}
