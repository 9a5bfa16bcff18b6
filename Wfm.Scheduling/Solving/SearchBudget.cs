namespace Wfm.Scheduling.Solving;

/// <summary>How much of its limit one searching thread has used, by the caller's clock or by its work.</summary>
/// <remarks>With neither limit near, the plan is spread over a stretch that suits the problem and what comes after goes on as the last part did.</remarks>
internal sealed class SearchBudget(SolverOptions options, long cells, CancellationToken cancellationToken)
{
    /// <summary>Arcs of the dynamic programme that take as long as a move of the annealing.</summary>
    private const int ArcsPerMove = 32;

    private const long StretchPerCell = 100_000;
    private readonly long _share = options.MaximumMoves / options.Threads;

    /// <summary>Work of the thread, in moves.</summary>
    public long Moves { get; set; }

    public bool IsEndless => options.TimeUsed is null && _share / StretchPerCell > cells * 8;

    /// <summary>Whether the caller's clock counts rather than the work.</summary>
    public bool IsTimed => options.TimeUsed is not null;

    /// <summary>Moves over which the search is planned.</summary>
    public long Planned => IsEndless ? StretchPerCell * cells : _share;

    /// <summary>Moves left.</summary>
    public long Left => _share - Moves;

    /// <summary>Fraction used of the limit, or of the first stretch.</summary>
    public double Used => options.TimeUsed is { } clock ? clock() : (double)Moves / Math.Max(1, Planned);

    public bool IsSpent => cancellationToken.IsCancellationRequested || Moves >= _share;

    /// <summary>Counts work on dynamic and linear programmes, in arcs, as moves; a step is one at least.</summary>
    public void Charge(long arcs) => Moves += 1 + (arcs / ArcsPerMove);

    /// <summary>Whether a part of the plan that ends at a fraction is over.</summary>
    public bool IsOver(double end) => IsSpent || Used >= end;
}
