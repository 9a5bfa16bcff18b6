namespace Wfm.Forecasting.Pooled;

/// <summary>How trees are boosted; the defaults are the customary values.</summary>
internal sealed record BoostingOptions
{
    /// <summary>Splits from the root to a leaf.</summary>
    public int Depth { get; init; } = 5;

    /// <summary>Most trees.</summary>
    public int Trees { get; init; } = 150;

    /// <summary>Share of a tree's answer that is taken.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Share of the rows each tree sees: stochastic gradient boosting (Friedman, 2002).</summary>
    public double RowShare { get; init; } = 0.3;

    /// <summary>Trees without progress on the rows held back before training stops.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Rows of mean weight a leaf needs at least, and by as many is its answer pulled toward 0.</summary>
    public double LeafRows { get; init; } = 20;

    /// <summary>Seed of the rows each tree sees.</summary>
    public int Seed { get; init; } = 1;
}
