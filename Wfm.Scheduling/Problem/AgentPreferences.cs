using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>What an agent would like; every refusal has a cost in the objective and none is hard.</summary>
/// <param name="Templates">Liked and disliked shift templates.</param>
/// <param name="Wishes">Wishes for a date.</param>
/// <exception cref="SchedulingDataException">An unusable list.</exception>
public sealed record AgentPreferences(IReadOnlyList<TemplatePreference> Templates, IReadOnlyList<ShiftWish> Wishes)
{
    /// <summary>No wishes.</summary>
    public static AgentPreferences None { get; } = new([], []);

    /// <summary>Liked and disliked shift templates.</summary>
    public IReadOnlyList<TemplatePreference> Templates { get; } = Guard.Unique(Templates, t => t.Template, "preferences", nameof(Templates));

    /// <summary>Wishes for a date.</summary>
    public IReadOnlyList<ShiftWish> Wishes { get; } = Guard.List(Wishes, "preferences", nameof(Wishes));
}

/// <summary>How much an agent dislikes a template.</summary>
/// <param name="Template">Code of the shift template.</param>
/// <param name="Cost">Weight added for each shift of the template; 0 is indifferent, list what the agent does not prefer.</param>
/// <exception cref="SchedulingDataException">A cost that is negative or not finite.</exception>
public sealed record TemplatePreference(string Template, double Cost)
{
    /// <summary>Weight added for each shift of the template.</summary>
    public double Cost { get; } = Guard.NotNegative(Cost, $"template preference '{Template}'", nameof(Cost));
}

/// <summary>A wish for a date: to work, not to work, to work a template or not to work it.</summary>
/// <param name="Date">Local date on which the shift would start.</param>
/// <param name="Template">Code of the template, or <see langword="null"/> for any shift.</param>
/// <param name="Wanted">True to have the shift, false not to have it; a wish for a day off is no template, not wanted.</param>
/// <param name="Weight">Weight of a refusal.</param>
/// <exception cref="SchedulingDataException">A weight that is negative or not finite.</exception>
public sealed record ShiftWish(LocalDate Date, string? Template, bool Wanted, double Weight)
{
    /// <summary>Weight of a refusal.</summary>
    public double Weight { get; } = Guard.NotNegative(Weight, $"wish for {Date}", nameof(Weight));

    /// <summary>Whether what a person has on the date is not what was wished.</summary>
    /// <param name="works">Whether there is a shift.</param>
    /// <param name="template">Code of its template, if known.</param>
    public bool IsRefused(bool works, string? template) => (works && (Template is null || Template == template)) != Wanted;
}
