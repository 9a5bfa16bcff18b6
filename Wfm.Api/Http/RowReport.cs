namespace Wfm.Api.Http;

/// <summary>What became of a row.</summary>
public enum RowOutcome
{
    /// <summary>Accepted: it was new.</summary>
    Created,

    /// <summary>Accepted: it changed what was there.</summary>
    Updated,

    /// <summary>Accepted: it is stored already as it is, and not a second time.</summary>
    Duplicate,

    /// <summary>Not stored; rejected has the reasons.</summary>
    Rejected,
}

/// <summary>What became of every row of an import: a bad row loses nothing else.</summary>
/// <param name="DryRun">True when the rows were only tried: nothing is stored, and ids name nothing.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="Accepted">Rows stored or found stored already.</param>
/// <param name="Created">Accepted rows that were new.</param>
/// <param name="Updated">Accepted rows that changed something.</param>
/// <param name="Unchanged">Accepted rows that were stored already as they are: duplicates.</param>
/// <param name="RejectedRows">Rows not stored.</param>
/// <param name="Rejected">Why, value by value; at most 20 of a row.</param>
/// <param name="Results">Every row, in the order of the file.</param>
public sealed record RowReport(
    bool DryRun, int Rows, int Accepted, int Created, int Updated, int Unchanged, int RejectedRows, IReadOnlyList<RejectedValue> Rejected,
    IReadOnlyList<RowResult> Results);

/// <summary>What became of one row.</summary>
/// <param name="Row">Line of the file, its header is line 1; in a JSON array the place in it, the first is 1.</param>
/// <param name="Outcome">created, updated, duplicate or rejected.</param>
/// <param name="Key">What the row calls what it is about: the code of the agent, the title of an activity. Null when that could not be read.</param>
/// <param name="Id">Identity of what it has stored, or of what was there; null for none.</param>
/// <param name="Changes">What it changed, member by member, where something was there before.</param>
/// <param name="Notes">What follows from it and somebody should see to.</param>
public sealed record RowResult(int Row, RowOutcome Outcome, string? Key, Guid? Id, IReadOnlyList<RowChange> Changes, IReadOnlyList<RowNote> Notes);

/// <summary>A value before and after, as the columns of a file have it.</summary>
/// <param name="Field">Column, or JSON pointer within the row.</param>
/// <param name="Before">What it was; null for nothing.</param>
/// <param name="After">What it is; null for nothing.</param>
public sealed record RowChange(string Field, string? Before, string? After);

/// <summary>What follows from a row.</summary>
/// <param name="Code">The kind of it.</param>
/// <param name="Count">Of how many; 1 where there is nothing to count.</param>
/// <param name="Message">In words.</param>
public sealed record RowNote(string Code, int Count, string Message);

/// <summary>Collects what becomes of the rows of a file, done in any order.</summary>
internal sealed class RowBook<T>(IReadOnlyList<ImportRow<T>> rows)
    where T : class
{
    private const int MostOfARow = 20;

    private readonly Dictionary<ImportRow<T>, (RowResult Result, IReadOnlyList<RejectedValue> Rejected)> _done = new(ReferenceEqualityComparer.Instance);

    public void Accept(
        ImportRow<T> row, RowOutcome outcome, string? key, Guid? id, IReadOnlyList<RowNote>? notes = null, IReadOnlyList<RowChange>? changes = null) =>
        _done[row] = (new RowResult(row.Number, outcome, key, id, changes ?? [], notes ?? []), []);

    public void Reject(ImportRow<T> row, string? key, Findings findings) => _done[row] = (
        new RowResult(row.Number, RowOutcome.Rejected, key, null, [], []), [.. findings.All.Take(MostOfARow).Select(f => RejectedValue.Of(row, f))]);

    /// <summary>A row that could be read, and is refused for one reason.</summary>
    public void Reject(ImportRow<T> row, string? key, string field, object? value, string reason, string code)
    {
        var findings = row.Findings.Copy();
        findings.Add(field, value, reason, code);
        Reject(row, key, findings);
    }

    public RowReport Report(bool dryRun)
    {
        var done = rows.Select(row => _done[row]).ToList();
        int Count(RowOutcome outcome) => done.Count(d => d.Result.Outcome == outcome);
        return new RowReport(
            dryRun, done.Count, done.Count - Count(RowOutcome.Rejected), Count(RowOutcome.Created), Count(RowOutcome.Updated), Count(RowOutcome.Duplicate),
            Count(RowOutcome.Rejected), [.. done.SelectMany(d => d.Rejected)], done.ConvertAll(d => d.Result));
    }
}
