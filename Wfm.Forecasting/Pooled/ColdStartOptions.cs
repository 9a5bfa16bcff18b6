namespace Wfm.Forecasting.Pooled;

/// <summary>What a caller knows about a series that has hardly begun.</summary>
public sealed record ColdStartOptions
{
    /// <summary>Contacts expected in an open week, above 0; <see langword="null"/> when nobody can say, then siblings of the like set a wide range.</summary>
    public double? ExpectedPerWeek { get; init; }

    /// <summary>Standard error of that expectation on the logarithm: 0.3 says that two times in three it is right within 30 %. Above 0.</summary>
    public double ExpectedError { get; init; } = 0.3;

    /// <summary>How much it matters that two series share an attribute, by name, at least 0; attributes not named count 1.</summary>
    public IReadOnlyDictionary<string, double> AttributeWeights { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Most siblings learned from, the most alike first; at least 1.</summary>
    public int MaximumSiblings { get; init; } = 12;

    internal void Validate()
    {
        Positive(ExpectedPerWeek ?? 1, "contacts expected in a week");
        Positive(ExpectedError, "error of the expectation");
        foreach (var weight in AttributeWeights.Values.Where(weight => weight != 0))
        {
            Positive(weight, "weight of an attribute that counts at all");
        }

        Positive(MaximumSiblings, "number of siblings");
    }

    private static void Positive(double value, string what)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"The {what} must be a finite number above 0.");
        }
    }
}
