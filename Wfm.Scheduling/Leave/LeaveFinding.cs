using System.Text.Json.Serialization;

namespace Wfm.Scheduling.Leave;

/// <summary>The rules on a request for leave, in the order in which they decide.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeaveRule>))]
public enum LeaveRule
{
    /// <summary>The hours are there on every day from the first on.</summary>
    Balance,

    /// <summary>No day of it is closed to leave.</summary>
    Blackout,

    /// <summary>It was asked for early enough.</summary>
    Notice,

    /// <summary>There is room in the allowance of each of its days.</summary>
    Allowance,

    /// <summary>No group falls further below what is required.</summary>
    Coverage,

    /// <summary>No group falls below the people who must be there.</summary>
    MinimumPresence,
}

/// <summary>What one rule says of a request.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Code">What it found, in one word that does not change, such as <c>tooLow</c>.</param>
/// <param name="Passed">Whether the rule lets the request through.</param>
/// <param name="Parameters">The numbers, dates and names behind it, to be put into words of another language.</param>
/// <param name="Message">The same in words.</param>
public sealed record LeaveFinding(LeaveRule Rule, string Code, bool Passed, IReadOnlyDictionary<string, object> Parameters, string Message);

/// <summary>What the rules together say.</summary>
/// <param name="Findings">Of each rule up to the one that decided; of all when none refuses.</param>
public sealed record LeaveVerdict(IReadOnlyList<LeaveFinding> Findings)
{
    /// <summary>The rule that refuses; <see langword="null"/> when none does.</summary>
    public LeaveRule? DecidedBy => Findings is [.., { Passed: false } last] ? last.Rule : null;

    /// <summary>True when what refuses can pass by itself: somebody gives a place back, or a roster changes.</summary>
    public bool MayWait => DecidedBy is LeaveRule.Allowance or LeaveRule.Coverage or LeaveRule.MinimumPresence;
}
