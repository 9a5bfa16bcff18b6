namespace Wfm.Api.Features.Volumes.Import;

/// <summary>Which intervals of a series a file has brought already, and in which line.</summary>
/// <remarks>
/// Four bytes an interval in pages of 32: about 6 bytes a row where a series is dense, 190 where each series has one row. A bit would be smaller
/// still but could not name the line that a planner has to look at.
/// </remarks>
internal sealed class SeenIntervals
{
    private const int PageBits = 5;

    private readonly Dictionary<long, uint[]> _pages = [];
    private long _lastPage = long.MinValue;
    private uint[] _last = [];

    /// <summary>Marks an interval; the line that brought it before, 0 for none.</summary>
    /// <param name="slot">Number of the interval on the grid of its series, from any origin.</param>
    public long FirstLine(long slot, long line)
    {
        var page = slot >> PageBits;
        if (page != _lastPage)
        {
            if (!_pages.TryGetValue(page, out var found))
            {
                _pages.Add(page, found = new uint[1 << PageBits]);
            }

            (_lastPage, _last) = (page, found);
        }

        ref var first = ref _last[slot & ((1 << PageBits) - 1)];
        if (first != 0)
        {
            return first;
        }

        first = checked((uint)line); // a body of 2 GiB has fewer lines
        return 0;
    }
}
