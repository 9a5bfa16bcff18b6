using System.Text.Json;

namespace Wfm.Api.Http;

/// <summary>What is wrong with a request whose body could be read; all of it is told at once.</summary>
internal sealed class Findings
{
    private readonly List<Finding> _all = [];
    private readonly HashSet<string> _malformed = new(StringComparer.Ordinal);

    public IReadOnlyList<Finding> All => _all;

    public bool Any => _all.Count > 0;

    /// <summary>True when an annotation refuses a value.</summary>
    public bool IsMalformed => _malformed.Count > 0;

    /// <summary>A value that its annotation refuses; nothing more is said about the field.</summary>
    /// <param name="field">JSON pointer into the body.</param>
    public void AddMalformed(string field, string reason)
    {
        _malformed.Add(field);
        _all.Add(new Finding(field, null, reason, FindingCodes.Malformed));
    }

    /// <param name="field">JSON pointer into the body, e.g. <c>/openingHours/1/from</c>.</param>
    /// <param name="code">The kind of finding, which a report of rows tells.</param>
    public void Add(string field, object? value, string reason, string code = FindingCodes.Unusable)
    {
        if (!_malformed.Contains(field))
        {
            _all.Add(new Finding(field, value?.ToString(), reason, code));
        }
    }

    /// <summary>Adds the finding unless the condition holds.</summary>
    public void Require(bool condition, string field, object? value, string reason, string code = FindingCodes.Unusable)
    {
        if (!condition)
        {
            Add(field, value, reason, code);
        }
    }

    /// <summary>A text that one store cannot keep is refused for both.</summary>
    public void Storable(string? text, string field) =>
        Require(text?.Contains('\0') != true, field, null, "The text holds the character NUL, which cannot be stored.", FindingCodes.Malformed);

    /// <summary>Reads JSON; what the reader refuses becomes findings, and the answer null.</summary>
    public T? Read<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (JsonException e)
        {
            foreach (var (field, reasons) in JsonProblems.Describe(e).Errors)
            {
                Add(field, null, reasons[0], FindingCodes.Unreadable);
            }

            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException) // what the reader of nodes says of a row that is no object
        {
            Add("/", null, "A row is a JSON object whose members have different names.", FindingCodes.Unreadable);
            return null;
        }
    }

    /// <summary>The same findings, to add others to.</summary>
    public Findings Copy()
    {
        var copy = new Findings();
        copy._all.AddRange(_all);
        copy._malformed.UnionWith(_malformed);
        return copy;
    }

    /// <summary>A fraction in [0, 1]; null is fine.</summary>
    public void Fraction(double? value, string field) =>
        Require(value is null or (>= 0 and <= 1), field, value, $"A fraction between 0 and 1 is needed, {value} is not.");

    /// <summary>Every finding as an answer: 400 when an annotation refuses a value, 422 when all can be read and some cannot be used.</summary>
    public ProblemException ToProblem() => new(
        IsMalformed ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity,
        _all.Count == 1 ? _all[0].Reason : $"{_all.Count} values cannot be used; errors names them.",
        _all.GroupBy(f => f.Field).ToDictionary(g => g.Key, g => g.Select(f => f.Reason).Distinct().ToArray()));

    /// <exception cref="ProblemException">With every finding, when there are any.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw ToProblem();
        }
    }
}

/// <summary>One value that cannot be used.</summary>
internal sealed record Finding(string Field, string? Value, string Reason, string Code);

/// <summary>Kinds of findings that whoever reads a report of rows may want to tell apart.</summary>
internal static class FindingCodes
{
    /// <summary>It cannot be read at all.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>Its form is wrong: too long, out of range, missing.</summary>
    public const string Malformed = "malformed";

    /// <summary>It can be read and not be used.</summary>
    public const string Unusable = "unusable";

    /// <summary>It names what does not exist.</summary>
    public const string Unknown = "unknown";

    /// <summary>It is of a hub that the key may not touch.</summary>
    public const string OtherHub = "otherHub";

    /// <summary>Another row of the file says otherwise.</summary>
    public const string Contradiction = "contradiction";

    /// <summary>Somebody changed it meanwhile.</summary>
    public const string Conflict = "conflict";
}
