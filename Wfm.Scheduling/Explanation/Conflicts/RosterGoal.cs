using NodaTime;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>Something asked of one agent's days, as an amount to be reached.</summary>
internal abstract class RosterGoal
{
    /// <summary>What pinned days and those around the period give.</summary>
    public abstract long Given(CompiledProblem compiled, AgentChoices choices);

    /// <summary>What the best break placement of a shift gives.</summary>
    public abstract long Worth(CompiledProblem compiled, int variant, int group, int[] patterns);

    /// <summary>Whether a shift that starts on a row can give anything.</summary>
    public abstract bool Touches(CompiledProblem compiled, int row);
}

/// <summary>Nothing is asked but that the days be legal.</summary>
internal sealed class NoGoal : RosterGoal
{
    /// <inheritdoc/>
    public override long Given(CompiledProblem compiled, AgentChoices choices) => 0;

    /// <inheritdoc/>
    public override long Worth(CompiledProblem compiled, int variant, int group, int[] patterns) => 0;

    /// <inheritdoc/>
    public override bool Touches(CompiledProblem compiled, int row) => false;
}

/// <summary>Minutes of working time that start in a run of local dates.</summary>
internal sealed class WorkedMinutes(LocalDate from, LocalDate to) : RosterGoal
{
    /// <inheritdoc/>
    public override long Given(CompiledProblem compiled, AgentChoices choices)
    {
        long sum = 0;
        for (var row = 0; row < compiled.Calendar.Rows; row++)
        {
            if (Touches(compiled, row)) sum += choices.Cells[row].Work;
        }

        return sum;
    }

    /// <inheritdoc/>
    public override long Worth(CompiledProblem compiled, int variant, int group, int[] patterns) =>
        Touches(compiled, compiled.Shifts[variant].Row) ? compiled.Shifts[variant].Work : 0;

    /// <inheritdoc/>
    public override bool Touches(CompiledProblem compiled, int row) => compiled.Calendar.Date(row) is var date && date >= from && date <= to;
}
