using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Explanation;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Rostering;

/// <summary>A roster and everything needed to judge it.</summary>
/// <param name="Shifts">The shifts, pinned ones included, ordered by agent as in the problem and by start.</param>
/// <param name="Score">The soft cost in parts.</param>
/// <param name="Coverage">Required and scheduled heads per group and interval.</param>
/// <param name="Violations">What could not be kept: contract or period minima that stay unmet, with the reason, and breaches that pinned shifts
/// bring with them. The solver's own shifts break no rule.</param>
/// <param name="Uncovered">Where heads are missing or work is late and why nobody covers them, the worst first.</param>
/// <param name="StopReason">Why the search ended.</param>
/// <param name="Moves">Moves tried.</param>
/// <param name="Seed">The seed it was made with.</param>
public sealed record RosterResult(
    IReadOnlyList<RosterShift> Shifts, RosterScore Score, IReadOnlyList<CoverageLine> Coverage, IReadOnlyList<Violation> Violations,
    IReadOnlyList<UncoveredInterval> Uncovered, StopReason StopReason, long Moves, int Seed)
{
    /// <summary>What happens to deferrable work, per group and deadline class.</summary>
    public IReadOnlyList<DeferrableCoverage> Deferrable { get; init; } = [];

    /// <summary>How it can be lived with.</summary>
    public required ErgonomicFigures Ergonomics { get; init; }

    /// <summary>No roster that keeps every rule costs less, in the currency of the score; 0 when no better bound is known.</summary>
    public double Bound { get; init; }

    /// <summary>Fraction of the cost by which it may still be too high, 0 to 1. A roster that misses a minimum can cost less than the bound; its gap is
    /// 0.</summary>
    public double Gap => Scorecard.GapOf(Score.Total, Bound);

    /// <summary>What the relaxation behind the bound leaves uncovered; <see langword="null"/> when there was none of this kind.</summary>
    public RelaxedCoverage? Relaxed { get; init; }

    /// <summary>Shift templates that no shift could be made of, with the rule that forbids them.</summary>
    public IReadOnlyList<ExcludedTemplate> Excluded { get; init; } = [];

    /// <summary>For what is unmet or broken and provably cannot be otherwise: the smallest set of facts behind it. What is missing here was not found,
    /// or not shown to be impossible within the work limit.</summary>
    public IReadOnlyList<RosterConflict> Conflicts { get; init; } = [];
}

/// <summary>Heads of one group over the period.</summary>
/// <param name="Group">The group.</param>
/// <param name="Required">Heads required per interval for immediate work, as in the demand.</param>
/// <param name="Scheduled">Heads at work per interval, by the part of the interval they work and their proficiency.</param>
/// <param name="Superfluous">Heads per interval beyond what immediate work and minimum presence need and without deferrable work to do. The spare time of a
/// group that serves another's band counts there.</param>
/// <param name="People">People at work per interval, by the part of the interval they work: what minimum presence and most heads are told in.</param>
public sealed record CoverageLine(string Group, double[] Required, double[] Scheduled, double[] Superfluous, double[] People);

/// <summary>A template left out for a contract.</summary>
/// <param name="Contract">Code of the contract.</param>
/// <param name="Template">Code of the template.</param>
/// <param name="Reason">The rule that forbids it, in words.</param>
public sealed record ExcludedTemplate(string Contract, string Template, string Reason);
