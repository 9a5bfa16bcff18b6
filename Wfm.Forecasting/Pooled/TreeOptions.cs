namespace Wfm.Forecasting.Pooled;

/// <summary>How trees are boosted.</summary>
internal sealed record TreeOptions
{
    /// <summary>Trees.</summary>
    public int Trees { get; init; } = 200;

    /// <summary>Most leaves of a tree.</summary>
    public int Leaves { get; init; } = 31;

    /// <summary>Share of a tree's answer that is taken.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Rows a leaf needs at least.</summary>
    public int LeafRows { get; init; } = 100;

    /// <summary>Share of the features that each tree may look at.</summary>
    public double FeatureShare { get; init; } = 0.8;

    /// <summary>Seed.</summary>
    public int Seed { get; init; } = 1;
}
