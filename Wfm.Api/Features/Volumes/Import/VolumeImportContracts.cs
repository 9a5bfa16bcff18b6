using Microsoft.AspNetCore.Mvc;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>A row of an import that was refused, or accepted with a doubt.</summary>
/// <param name="Row">Line of the file, counted from 1; the header of a CSV is line 1.</param>
/// <param name="Field">The column; null when the line as a whole could not be read.</param>
/// <param name="Value">What stands there, at most 100 characters.</param>
/// <param name="Reason">What is wrong with it and what would be right.</param>
public sealed record RowProblem(long Row, string? Field, string? Value, string Reason);

/// <summary>What an import did. A bad row loses nothing else; the same file again changes nothing.</summary>
/// <param name="DryRun">True when the rows were only checked: inserted, updated and unchanged are 0 then.</param>
/// <param name="Accepted">Rows that could be used.</param>
/// <param name="Inserted">Accepted rows whose interval had no figures yet.</param>
/// <param name="Updated">Accepted rows that replaced other figures of their interval: the last import wins, whole rows.</param>
/// <param name="Unchanged">Accepted rows that said what was known.</param>
/// <param name="Rejected">Rows that could not be used.</param>
/// <param name="Rejections">The first 1,000 of them in file order.</param>
/// <param name="Truncated">True when there are more rejections than are listed.</param>
/// <param name="Warned">Accepted rows with a doubt: more contacts handled than offered.</param>
/// <param name="Warnings">The first 100 of them.</param>
/// <param name="UnknownColumns">Columns (or JSON properties) that were passed over, at most 100.</param>
/// <param name="SeriesCreated">Pairs of queue and hub that had no series yet (would be created, in a dry run).</param>
public sealed record VolumeImportReport(
    bool DryRun,
    long Accepted,
    long Inserted,
    long Updated,
    long Unchanged,
    long Rejected,
    IReadOnlyList<RowProblem> Rejections,
    bool Truncated,
    long Warned,
    IReadOnlyList<RowProblem> Warnings,
    IReadOnlyList<string> UnknownColumns,
    int SeriesCreated);

/// <summary>How to take rows.</summary>
/// <param name="IntervalMinutes">Interval of series that the rows create: 5, 10, 15, 20, 30, 60, or 1440 for local days; 30 when absent. An existing series
/// keeps its own.</param>
/// <param name="DryRun">True checks the rows and stores nothing.</param>
public sealed record VolumeImportParameters([FromQuery(Name = "intervalMinutes")] int IntervalMinutes = 30, [FromQuery(Name = "dryRun")] bool DryRun = false);
