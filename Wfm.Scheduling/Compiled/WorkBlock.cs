namespace Wfm.Scheduling.Compiled;

/// <summary>A stretch of work between two breaks of a shift, in elapsed minutes after its start.</summary>
internal readonly record struct WorkBlock(short From, short To)
{
    /// <summary>Most blocks of a shift that may serve two groups: a bit each.</summary>
    public const int Most = 8;

    public int Minutes => To - From;

    /// <summary>The blocks that breaks in order of time leave of a shift.</summary>
    /// <param name="breaks">The breaks.</param>
    /// <param name="minutes">Elapsed length of the shift.</param>
    public static WorkBlock[] Of(BreakPlacement[] breaks, int minutes)
    {
        var (blocks, at) = (new List<WorkBlock>(), 0);
        foreach (var pause in breaks)
        {
            if (pause.From > at) blocks.Add(new WorkBlock((short)at, pause.From));
            at = pause.From + pause.Length;
        }

        if (minutes > at) blocks.Add(new WorkBlock((short)at, (short)minutes));
        return [.. blocks];
    }
}
