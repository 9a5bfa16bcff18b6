namespace Wfm.Scheduling.Solving;

/// <summary>The ways in which a shift may serve two groups by itself: which of its blocks serve the other, and the break patterns that rules leave to
/// that.</summary>
internal sealed class MixedShifts
{
    private readonly int[][] _patterns;

    /// <param name="patterns">Legal break patterns in order, by choice of blocks, a bit each.</param>
    /// <param name="count">Break patterns of the shift.</param>
    public MixedShifts(int[][] patterns, int count)
    {
        _patterns = patterns;
        Blocks = [.. Enumerable.Range(0, patterns.Length).Where(b => patterns[b].Length > 0).Select(b => (byte)b)];
        Legal = [.. Enumerable.Range(0, count).Select(p => Blocks.Where(b => Array.BinarySearch(patterns[b], p) >= 0).ToArray())];
    }

    public static MixedShifts None { get; } = new([], 0);

    /// <summary>The choices of blocks that leave a pattern.</summary>
    public byte[] Blocks { get; }

    /// <summary>The choices of blocks of each pattern.</summary>
    public byte[][] Legal { get; }

    public bool IsEmpty => Blocks.Length == 0;

    /// <summary>The break patterns of a choice of blocks, in order.</summary>
    public int[] Patterns(int blocks) => blocks < _patterns.Length ? _patterns[blocks] : [];
}
