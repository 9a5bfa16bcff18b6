namespace Wfm.Api.Http;

/// <summary>What became of the rows of an import: a bad row loses nothing else.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Accepted">Rows stored or found stored already.</param>
/// <param name="Created">Accepted rows that were new.</param>
/// <param name="Updated">Accepted rows that changed something.</param>
/// <param name="Unchanged">Accepted rows that were stored already as they are.</param>
/// <param name="RejectedRows">Rows not stored.</param>
/// <param name="Rejected">Why, value by value; the first 1000.</param>
public sealed record ImportReport(int Rows, int Accepted, int Created, int Updated, int Unchanged, int RejectedRows, IReadOnlyList<RejectedValue> Rejected);

/// <summary>A value for which a row was not stored.</summary>
/// <param name="Row">Line of the file, its header is line 1; in a JSON array the place in it, the first is 1.</param>
/// <param name="Field">Column, or JSON pointer within the row.</param>
/// <param name="Value">The value as it was read; null when it is missing.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Code">The kind of it: unreadable, malformed (its form), unusable, unknown (there is no such thing), otherHub (not the key's), contradiction
/// (another row says otherwise), conflict (changed meanwhile), or what the import says beside these.</param>
public sealed record RejectedValue(int Row, string Field, string? Value, string Reason, string Code)
{
    internal static RejectedValue Of<T>(ImportRow<T> row, Finding finding)
        where T : class => new(row.Number, row.FieldName(finding.Field), finding.Value, finding.Reason, finding.Code);
}
