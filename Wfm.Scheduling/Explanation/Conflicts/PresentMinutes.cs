using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>Minutes × 100 of people on a group in the intervals of a stretch that need a minimum presence.</summary>
/// <remarks>In no interval more counts than is needed there, so that people who are superfluous at noon do not hide who is missing at night.
/// What pinned days and nights from before the period give is counted once, in <see cref="FixedMinutes"/>.</remarks>
internal sealed class PresentMinutes : RosterGoal
{
    private readonly int _line;
    private readonly int _first;
    private readonly long[] _needs;

    /// <param name="line">Index of the group.</param>
    /// <param name="first">First interval.</param>
    /// <param name="needs">Minutes × 100 needed in it and those that follow.</param>
    public PresentMinutes(int line, int first, long[] needs)
    {
        (_line, _first, _needs) = (line, first, needs);
    }

    /// <summary>Minutes × 100 of people a group needs, interval by interval.</summary>
    public static long[] Needs(CompiledProblem compiled, int line, int first, int last)
    {
        // Rounded in favour of the possible: a need downwards, what is given upwards. The period may cut its last interval short.
        var (calendar, presence) = (compiled.Calendar, compiled.Problem.Demand[line].MinimumPresence!);
        return [.. Enumerable.Range(first, last - first + 1).Select(i =>
            (long)Math.Floor(presence[i] * 100 * Math.Min(calendar.IntervalMinutes, calendar.Midnight(calendar.End) - (i * calendar.IntervalMinutes))))];
    }

    /// <summary>What pinned days and nights from before the period give.</summary>
    public static long FixedMinutes(CompiledProblem compiled, int line, int first, long[] needs)
    {
        long sum = 0;
        for (var i = 0; i < needs.Length; i++)
        {
            sum += Math.Min(needs[i], (long)Math.Ceiling(compiled.Start.Covered.People[(line * compiled.Costs.Stride) + first + i]));
        }

        return sum;
    }

    /// <inheritdoc/>
    public override long Given(CompiledProblem compiled, AgentChoices choices) => 0;

    /// <inheritdoc/>
    public override long Worth(CompiledProblem compiled, int variant, int group, int[] patterns)
    {
        ref readonly var shift = ref compiled.Shifts[variant];
        if (group != _line || shift.FirstInterval >= _first + _needs.Length || shift.FirstInterval + shift.ProfileLength <= _first) return 0;
        long best = 0;
        foreach (var pattern in patterns)
        {
            var worked = compiled.Shifts.Profiles.AsSpan(shift.Profile + (pattern * shift.ProfileLength), shift.ProfileLength);
            long sum = 0;
            for (var i = Math.Max(0, shift.FirstInterval - _first); i < _needs.Length && _first + i < shift.FirstInterval + worked.Length; i++)
            {
                sum += Math.Min(_needs[i], (long)Math.Ceiling(worked[_first + i - shift.FirstInterval] * 100));
            }

            best = Math.Max(best, sum);
        }

        return best;
    }

    /// <inheritdoc/>
    public override bool Touches(CompiledProblem compiled, int row) => // a shift lasts up to a day
        compiled.Calendar.Midnight(row) < (_first + _needs.Length) * compiled.Calendar.IntervalMinutes
        && compiled.Calendar.Midnight(row + 1) + 1440 > _first * compiled.Calendar.IntervalMinutes;
}
