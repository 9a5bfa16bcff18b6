namespace Wfm.Scheduling.Problem;

/// <summary>What a labour rule limits: its name, its words and the numbers it reads. Each kind is described once, in the file of its rule.</summary>
public abstract class RuleKind
{
    private protected RuleKind(string code, string text, IReadOnlyList<RuleParameter> parameters) => (Code, Text, Parameters) = (code, text, parameters);

    /// <summary>Its one name everywhere: in policies, violations, explanations and conflicts, such as <c>minimumDailyRest</c>.</summary>
    public string Code { get; }

    /// <summary>What it asks, in words.</summary>
    public string Text { get; }

    /// <summary>Its numbers.</summary>
    public IReadOnlyList<RuleParameter> Parameters { get; }

    /// <summary>Unit of how far it is broken: <c>minutes</c>, <c>days</c>, <c>shifts</c>, <c>weekends</c> or <c>weighted minutes</c>.</summary>
    public string Unit { get; init; } = "minutes";

    /// <summary>False for a minimum that is owed rather than a limit: a roster that cannot give it misses it and says so. Hard rules are never broken by
    /// the solver's own shifts.</summary>
    public bool IsHard { get; init; } = true;

    /// <summary>True when it names shift templates beside its numbers, so that only whoever knows the templates can write it.</summary>
    public bool NamesTemplates { get; init; }

    /// <summary>True when it limits work by the class of the content, so that it matters how a group of several classes counts.</summary>
    public bool LimitsExposure { get; init; }

    /// <summary>A check that looks at several parameters; the answer is what is wrong, <see langword="null"/> for nothing.</summary>
    internal Func<RuleParameters, (string Parameter, string Message)?>? Check { get; init; }

    /// <summary>Everything that keeps some parameters from serving this kind.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <returns>Name of each unusable parameter and what is wrong with it, in words with the value; none when they serve.</returns>
    public IEnumerable<(string Parameter, string Message)> Findings(RuleParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var findings = Parameters.Select(p => (p.Name, Message: p.Finding(parameters.Find(p.Name)))).Where(f => f.Message is not null)
            .Select(f => (f.Name, f.Message!))
            .Concat(parameters.Names.Where(name => Parameters.All(p => p.Name != name)).Select(name => (name, Unknown(name)))).ToList();
        if (findings.Count == 0 && Check?.Invoke(parameters) is { } finding) findings.Add(finding);
        return findings;
    }

    internal RuleParameters Validated(RuleParameters? parameters)
    {
        var messages = Findings(parameters ?? throw new SchedulingDataException($"labour rule {Code}: Parameters are missing.")).Select(f => f.Message)
            .ToArray();
        return messages.Length == 0 ? parameters : throw new SchedulingDataException($"labour rule {Code}: {string.Join(" ", messages)}");
    }

    private string Unknown(string name) =>
        $"{Code} has no {name}{(Parameters.Count == 0 ? "" : $", only {string.Join(", ", Parameters.Select(p => p.Name))}")}.";
}
