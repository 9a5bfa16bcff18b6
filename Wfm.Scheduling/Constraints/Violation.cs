using System.Collections.Frozen;
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

    /// <summary>The rule in the words of the policy that holds it: what the law or the house asks.</summary>
    public string Text { get; init; } = "";

    /// <summary>The numbers of the rule by name, as the policy has them; none for a rule without.</summary>
    public IReadOnlyDictionary<string, double> Limits { get; init; } = FrozenDictionary<string, double>.Empty;

    /// <summary>Whose rule it is; <see langword="null"/> for what is no rule of a policy or contract but a fact: leave, skill, seats.</summary>
    public RuleAuthority? Authority { get; init; } = (Kind as GivenRule)?.Authority;

    /// <summary>Code of the rule, such as <c>minimumDailyRest</c>.</summary>
    public string Rule => Kind.Code;

    /// <summary>Whether a rule is broken; false for hours or presence that could not be given.</summary>
    public bool IsHard => Kind.IsHard;
}
