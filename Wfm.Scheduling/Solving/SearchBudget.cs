namespace Wfm.Scheduling.Solving;

/// <summary>How much of its limits one searching thread has used: of its work, or of the time, whichever is further.</summary>
/// <remarks>With neither limit near, the plan is spread over a stretch that suits the problem and what comes after goes on as the last part did.</remarks>
internal sealed class SearchBudget(SolveLimits limits, long cells, CancellationToken cancellationToken)
{
    /// <summary>Arcs of the dynamic programme that take as long as a move of the annealing.</summary>
    private const int ArcsPerMove = 32;

    private const long StretchPerCell = 100_000;
    private readonly long _share = limits.MaximumMoves / limits.Threads;

    /// <summary>Work of the thread, in moves.</summary>
    public long Moves { get; set; }

    public bool IsEndless => !IsTimed && _share / StretchPerCell > cells * 8;

    /// <summary>Whether there is a time limit.</summary>
    public bool IsTimed => limits.Seconds is not null;

    /// <summary>Moves over which the search is planned.</summary>
    public long Planned => IsEndless ? StretchPerCell * cells : _share;

    /// <summary>Moves left.</summary>
    public long Left => _share - Moves;

    /// <summary>Fraction used of the limits, or of the first stretch.</summary>
    public double Used => Math.Max(limits.TimeUsed, (double)Moves / Math.Max(1, Planned));

    public bool IsSpent => Moves >= _share || IsStopped;

    /// <summary>Whether the caller or the time ends the search; a first roster is built whatever the work limit.</summary>
    public bool IsStopped => cancellationToken.IsCancellationRequested || limits.TimeUsed >= 1;

    /// <summary>Counts work on dynamic and linear programmes, in arcs, as moves; a step is one at least.</summary>
    public void Charge(long arcs) => Moves += 1 + (arcs / ArcsPerMove);

    /// <summary>Whether a part of the plan that ends at a fraction is over.</summary>
    public bool IsOver(double end) => IsSpent || Used >= end;
}
