namespace Wfm.Scheduling.Problem;

/// <summary>A number that a kind of rule reads, with its unit in the name.</summary>
/// <param name="Name">Its name, such as <c>hours</c>.</param>
/// <param name="Minimum">Least value.</param>
/// <param name="Maximum">Greatest value.</param>
/// <param name="Text">What it says, and what holds when it is left out.</param>
public sealed record RuleParameter(string Name, double Minimum, double Maximum, string Text)
{
    /// <summary>False when it may be left out.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>True when it is a whole number.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The same, which may be left out.</summary>
    internal RuleParameter Optional => this with { IsRequired = false };

    internal static RuleParameter Number(string name, double minimum, double maximum, string text) => new(name, minimum, maximum, text);

    internal static RuleParameter Whole(string name, int minimum, int maximum, string text) => new(name, minimum, maximum, text) { IsWhole = true };

    /// <summary>What is wrong with a value, in words; <see langword="null"/> when nothing is.</summary>
    internal string? Finding(double? value) => value switch
    {
        null => IsRequired ? $"{Name} is missing: {Text}" : null,
        { } number when !(number >= Minimum && number <= Maximum) => $"{Name} must be between {Minimum} and {Maximum}, it is {number}.",
        { } number when IsWhole && number != Math.Floor(number) => $"{Name} must be a whole number, it is {number}.",
        _ => null,
    };
}
