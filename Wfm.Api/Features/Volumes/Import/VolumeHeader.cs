using Wfm.Api.Http;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>Where the columns of a CSV stand, and what the file calls them.</summary>
internal sealed class VolumeHeader
{
    /// <summary>The short header of exports that know no hubs, and what its columns are.</summary>
    private static readonly Dictionary<string, string> Short = new(StringComparer.Ordinal)
    {
        ["series_id"] = VolumeColumns.Queue,
        ["timestamp"] = VolumeColumns.IntervalStart,
        ["count"] = VolumeColumns.Offered,
    };

    private static readonly string[] RequiredOfShort = [VolumeColumns.IntervalStart, VolumeColumns.Queue, VolumeColumns.Offered];

    private readonly int[] _columns = [.. Enumerable.Repeat(-1, VolumeColumns.All.Length)];
    private readonly bool _isShort;

    /// <param name="headers">As they stand in the file.</param>
    /// <param name="notes">Receives the columns that are passed over.</param>
    /// <param name="mayBeShort">Whether <c>series_id,timestamp,count</c> will do as well.</param>
    /// <exception cref="ProblemException">A column is missing or there twice.</exception>
    public VolumeHeader(IReadOnlyList<string> headers, ImportNotes notes, bool mayBeShort)
    {
        string[] names = [.. headers.Select(h => h.Trim().ToLowerInvariant())];
        _isShort = mayBeShort && names.Contains("series_id");
        for (var i = 0; i < names.Length; i++)
        {
            var column = Array.IndexOf(VolumeColumns.All, _isShort ? Short.GetValueOrDefault(names[i], names[i]) : names[i]);
            if (column < 0)
            {
                notes.UnknownColumn(headers[i].Trim());
            }
            else if (_columns[column] >= 0)
            {
                throw ProblemException.Semantic(names[i], $"The column '{names[i]}' is there twice.");
            }
            else
            {
                _columns[column] = i;
            }
        }

        string[] missing =
        [
            .. (_isShort ? RequiredOfShort : VolumeColumns.Required).Where(name => _columns[Array.IndexOf(VolumeColumns.All, name)] < 0).Select(NameOf),
        ];
        if (missing.Length > 0)
        {
            var known =
                $"The columns are {string.Join(", ", VolumeColumns.All)}, in any order; the first four are "
                    + $"needed{(mayBeShort ? ". Or give series_id, timestamp, count" : "")}.";
            throw new ProblemException(
                StatusCodes.Status422UnprocessableEntity, $"The header misses {string.Join(", ", missing)}. {known}",
                missing.ToDictionary(name => name, name => new[] { $"The column '{name}' is missing." }));
        }
    }

    /// <summary>Whether the file has no hubs.</summary>
    public bool IsWithoutHubs => _columns[Array.IndexOf(VolumeColumns.All, VolumeColumns.Hub)] < 0;

    /// <summary>Position of a column by its place in <see cref="VolumeColumns.All"/>; −1 where it is absent.</summary>
    public int this[int column] => _columns[column];

    /// <summary>What the file calls a column.</summary>
    public string NameOf(string column) => _isShort ? Short.FirstOrDefault(s => s.Value == column).Key ?? column : column;
}
