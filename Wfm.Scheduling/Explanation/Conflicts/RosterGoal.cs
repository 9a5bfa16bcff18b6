using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>Something asked of one agent's days, as an amount to be reached.</summary>
internal abstract class RosterGoal
{
    /// <summary>What history and pinned days give.</summary>
    public abstract long Given(CompiledProblem compiled);

    /// <summary>What the best break placement of a shift gives.</summary>
    public abstract long Worth(CompiledProblem compiled, int variant, int group);
}

/// <summary>Nothing is asked but that the days be legal.</summary>
internal sealed class NoGoal : RosterGoal
{
    /// <inheritdoc/>
    public override long Given(CompiledProblem compiled) => 0;

    /// <inheritdoc/>
    public override long Worth(CompiledProblem compiled, int variant, int group) => 0;
}

/// <summary>Minutes of working time that start in a run of local dates.</summary>
internal sealed class WorkedMinutes(LocalDate from, LocalDate to) : RosterGoal
{
    /// <inheritdoc/>
    public override long Given(CompiledProblem compiled)
    {
        long sum = 0;
        for (var row = 0; row < compiled.Calendar.Rows; row++)
        {
            if (Counts(compiled, row)) sum += compiled.Start.Cells[row].Work;
        }

        return sum;
    }

    /// <inheritdoc/>
    public override long Worth(CompiledProblem compiled, int variant, int group) =>
        Counts(compiled, compiled.Shifts[variant].Row) ? compiled.Shifts[variant].Work : 0;

    private bool Counts(CompiledProblem compiled, int row) => compiled.Calendar.Date(row) is var date && date >= from && date <= to;
}

/// <summary>Minutes × percent of proficiency on a group in the intervals of a stretch that need a minimum presence.</summary>
/// <remarks>In no interval more counts than is needed there, so that people who are superfluous at noon do not hide who is missing at night.</remarks>
internal sealed class PresentMinutes(int line, int first, int last) : RosterGoal
{
    /// <summary>What all agents together have to reach.</summary>
    public long Need(RosterProblem problem)
    {
        long sum = 0;
        for (var i = first; i <= last; i++)
        {
            sum += NeedAt(problem, i);
        }

        return sum;
    }

    /// <inheritdoc/>
    public override long Given(CompiledProblem compiled)
    {
        long sum = 0;
        for (var i = first; i <= last; i++)
        {
            sum += Math.Min(NeedAt(compiled.Problem, i), (long)Math.Ceiling(compiled.Start.Scheduled[(line * compiled.Costs.Stride) + i]));
        }

        return sum;
    }

    /// <inheritdoc/>
    public override long Worth(CompiledProblem compiled, int variant, int group)
    {
        ref readonly var shift = ref compiled.Shifts[variant];
        if (group != line || shift.FirstInterval > last || shift.FirstInterval + shift.ProfileLength <= first) return 0;
        long best = 0;
        foreach (var pattern in compiled.Eligibility.Patterns(0, variant, group))
        {
            best = Math.Max(best, Present(compiled, shift, pattern));
        }

        return best;
    }

    private long Present(CompiledProblem compiled, in ShiftVariant shift, int pattern)
    {
        long sum = 0;
        var percent = compiled.Skills.Percent(0, line);
        for (var k = Math.Max(0, first - shift.FirstInterval); k < shift.ProfileLength && shift.FirstInterval + k <= last; k++)
        {
            var minutes = compiled.Shifts.Profiles[shift.Profile + (pattern * shift.ProfileLength) + k];
            sum += Math.Min(NeedAt(compiled.Problem, shift.FirstInterval + k), (long)Math.Ceiling(minutes * percent));
        }

        return sum;
    }

    // Rounded in favour of the possible: a need downwards, what is given upwards. The period may cut its last interval short.
    private long NeedAt(RosterProblem problem, int interval)
    {
        var end = problem.Zone.AtStartOfDay(problem.Start.PlusDays(problem.Days)).ToInstant();
        var minutes = Math.Min(problem.Interval.TotalMinutes, (end - problem.Origin).TotalMinutes - (interval * problem.Interval.TotalMinutes));
        return (long)Math.Floor(problem.Demand[line].MinimumPresence![interval] * minutes * 100);
    }
}
