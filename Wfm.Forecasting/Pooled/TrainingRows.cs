namespace Wfm.Forecasting.Pooled;

/// <summary>Rows to train on, by the first of several cut-offs that lies behind them.</summary>
internal sealed class TrainingRows
{
    private readonly List<float>[] _features;
    private readonly List<float>[] _targets;

    /// <param name="width">Features in a row.</param>
    /// <param name="cutOffs">Number of cut-offs.</param>
    public TrainingRows(int width, int cutOffs)
    {
        Width = width;
        _features = [.. Enumerable.Range(0, cutOffs).Select(_ => new List<float>())];
        _targets = [.. Enumerable.Range(0, cutOffs).Select(_ => new List<float>())];
    }

    /// <summary>Features in a row.</summary>
    public int Width { get; }

    /// <summary>Adds a row.</summary>
    /// <param name="cutOff">The first cut-off that the target lies before.</param>
    public void Add(int cutOff, ReadOnlySpan<float> row, float target)
    {
        _features[cutOff].AddRange(row);
        _targets[cutOff].Add(target);
    }

    /// <summary>Rows of several draws, of one shape, one after another.</summary>
    public static TrainingRows Joined(IReadOnlyList<TrainingRows> draws)
    {
        var all = new TrainingRows(draws[0].Width, draws[0]._targets.Length);
        foreach (var drawn in draws)
        {
            for (var c = 0; c < all._targets.Length; c++)
            {
                all._features[c].AddRange(drawn._features[c]);
                all._targets[c].AddRange(drawn._targets[c]);
            }
        }

        return all;
    }

    /// <summary>All that lies before a cut-off.</summary>
    public (float[] Features, float[] Targets) Until(int cutOff) =>
        ([.. _features.Take(cutOff + 1).SelectMany(rows => rows)], [.. _targets.Take(cutOff + 1).SelectMany(targets => targets)]);
}
