using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A breach of a rule, explained.</summary>
/// <param name="AgentId">The agent concerned; <see langword="null"/> for the hub as a whole.</param>
/// <param name="Kind">What kind of rule is broken or, when it is not hard, missed.</param>
/// <param name="From">First local date concerned.</param>
/// <param name="To">Last local date concerned.</param>
/// <param name="Amount">How much is missing or too much, above 0, in <paramref name="Unit"/>.</param>
/// <param name="Unit"><c>minutes</c>, <c>days</c>, <c>shifts</c>, <c>weekends</c> or <c>weighted minutes</c>.</param>
/// <param name="Message">The breach in words, with the values.</param>
/// <param name="Source">Where the rule comes from.</param>
public sealed record Violation(
    string? AgentId, RuleKind Kind, LocalDate From, LocalDate To, double Amount, string Unit, string Message, string Source)
{
    /// <summary>The skill group concerned; <see langword="null"/> where it is not about one.</summary>
    public string? Group { get; init; }

    /// <summary>Code of the rule, such as <c>minimumDailyRest</c>.</summary>
    public string Rule => Kind.Code;

    /// <summary>Whether a rule is broken; false for hours or presence that could not be given.</summary>
    public bool IsHard => Kind.IsHard;
}
