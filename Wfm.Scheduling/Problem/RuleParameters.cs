using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>The numbers of a labour rule by name, with their units in the names, such as <c>hours</c>; its kind says which it reads.</summary>
public sealed class RuleParameters
{
    private readonly SortedDictionary<string, double> _numbers = new(StringComparer.Ordinal);

    /// <summary>No numbers yet.</summary>
    public RuleParameters()
    {
    }

    /// <summary>Numbers that are stored.</summary>
    /// <param name="numbers">The numbers by name.</param>
    public RuleParameters(IReadOnlyDictionary<string, double> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        foreach (var (name, value) in numbers)
        {
            _numbers[name] = value;
        }
    }

    /// <summary>A number.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="SchedulingDataException">It is not given.</exception>
    public double this[string name]
    {
        get => Find(name) ?? throw new SchedulingDataException($"labour rule: {name} is missing.");
        init => _numbers[name] = value;
    }

    /// <summary>Names of the numbers that are given.</summary>
    public IReadOnlyCollection<string> Names => _numbers.Keys;

    /// <summary>The numbers that are given.</summary>
    public IReadOnlyDictionary<string, double> Numbers => _numbers;

    /// <summary>Limits per shift template.</summary>
    public IReadOnlyList<TemplateLimit> Templates { get; init => field = Guard.Unique(value, t => t.Template, "labour rule", nameof(Templates)); } = [];

    /// <summary>Templates that must not follow one another.</summary>
    public IReadOnlyList<TemplateSuccession> Successions
    {
        get;
        init => field = Guard.Unique(value, t => t.Template, "labour rule", nameof(Successions));
    } = [];

    /// <summary>A number, <see langword="null"/> when it is not given.</summary>
    /// <param name="name">Its name.</param>
    public double? Find(string name) => _numbers.TryGetValue(name, out var value) ? value : null;

    /// <summary>The same with another value of a number.</summary>
    internal RuleParameters With(string name, double value) =>
        new(new Dictionary<string, double>(_numbers, StringComparer.Ordinal) { [name] = value }) { Templates = Templates, Successions = Successions };

    internal int Whole(string name) => (int)this[name];

    /// <summary>Hours as whole minutes.</summary>
    internal int Minutes(string hours) => (int)Math.Round(this[hours] * 60);

    /// <summary>An hour of the day as a local time; 24 is midnight.</summary>
    internal LocalTime Time(string hour) => LocalTime.Midnight.PlusMinutes(Minutes(hour));
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
