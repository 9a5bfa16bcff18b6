namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>A lower bound on the cost of every roster that gets better round by round.</summary>
internal interface ICoverBound
{
    /// <summary>The best bound so far.</summary>
    double Value { get; }

    /// <summary>Nothing more is to be expected of further rounds.</summary>
    bool IsDone { get; }

    /// <summary>Arcs walked since the start: the measure of work.</summary>
    long Work { get; }

    /// <summary>One round.</summary>
    /// <param name="upper">Cost of a roster that is known.</param>
    void Round(double upper);
}
