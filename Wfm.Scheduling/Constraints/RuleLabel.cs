using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Constraints;

/// <summary>A rule seen day by day along one agent's roster: what the dynamic programme carries on instead of looking back.</summary>
/// <remarks>
/// A rule has a state (a small integer, joined with those of the other rules), or a count that only grows within the period or the ISO week, or
/// both. The state holds all the future needs to know; two rosters with equal states and counts may be continued in the same ways. Only what a
/// shift is by itself (template, start, end, work) is read, not its group nor where its breaks lie.
/// </remarks>
internal abstract class RuleLabel
{
    /// <summary>The answer of <see cref="Next"/> for a day that breaks the rule.</summary>
    public const int Broken = -1;

    /// <summary>What is counted, or <see langword="null"/>.</summary>
    public virtual LabelCount? Count => null;

    /// <summary>State before the first day of the period.</summary>
    /// <param name="days">The agent's days, of which those before the period are read.</param>
    public virtual int Start(ReadOnlySpan<DayCell> days) => 0;

    /// <summary>Counted before the first day of the period.</summary>
    public virtual int Counted(ReadOnlySpan<DayCell> days) => 0;

    /// <summary>What the fixed days after the period add to the count: of a weekly one, in the week of the last day. The maximum there has to leave room for
    /// it.</summary>
    public virtual int CountedAfter(ReadOnlySpan<DayCell> days) => 0;

    /// <summary>What the rule reads of a day, 0 or more. Days with equal actions are the same to it.</summary>
    public abstract int Action(int row, in DayCell cell);

    /// <summary>State after a day, <see cref="Broken"/> when the rule forbids it.</summary>
    public virtual int Next(int state, int row, int action) => 0;

    /// <summary>What a day adds to the count, 0 or more.</summary>
    public virtual int Amount(int state, int row, int action) => 0;

    /// <summary>Whether the period may end in a state: the fixed days after it must not break the rule on account of a day in it.</summary>
    /// <param name="state">State after the last day of the period.</param>
    /// <param name="days">The agent's days, of which those after the period are read.</param>
    public virtual bool Ends(int state, ReadOnlySpan<DayCell> days) => true;

    /// <summary>Rows of the same kind continue equal states and actions equally.</summary>
    public virtual int RowKind(int row) => 0;
}

/// <summary>The limits of a count.</summary>
/// <param name="Minimum">Least at the end of the period; 0 for none.</param>
/// <param name="Maximum">Most at the end of a row; <see cref="long.MaxValue"/> for no limit there.</param>
/// <param name="IsWeekly">Counts anew from the first day of every week.</param>
internal sealed record LabelCount(long Minimum, Func<int, long> Maximum, bool IsWeekly)
{
    public static LabelCount AtMost(long maximum) => new(0, _ => maximum, IsWeekly: false);

    /// <summary>At most so much in every week of which some rows bind.</summary>
    public static LabelCount AtMostWeekly(long maximum, Func<int, bool> binds) => new(0, row => binds(row) ? maximum : long.MaxValue, IsWeekly: true);

    public static LabelCount AtLeast(long minimum) => new(minimum, _ => long.MaxValue, IsWeekly: false);
}

/// <summary>Counts working minutes.</summary>
internal sealed class WorkLabel(LabelCount count, Func<ReadOnlySpan<DayCell>, int> counted, Func<ReadOnlySpan<DayCell>, int>? countedAfter = null) : RuleLabel
{
    public override LabelCount Count => count;

    public override int Counted(ReadOnlySpan<DayCell> days) => counted(days);

    public override int CountedAfter(ReadOnlySpan<DayCell> days) => countedAfter?.Invoke(days) ?? 0;

    public override int Action(int row, in DayCell cell) => cell.Work;

    public override int Amount(int state, int row, int action) => action;
}

/// <summary>Lets no run of days of a kind that holds a day of the period grow beyond a length on a day on which it is in force.</summary>
internal sealed class MaximumRunLabel(int most, RosterCalendar calendar, Func<int, bool> binds, Func<int, DayCell, bool> belongs) : RuleLabel
{
    public override int Start(ReadOnlySpan<DayCell> days)
    {
        var run = 0;
        while (run < most && run < calendar.Offset && belongs(calendar.Offset - 1 - run, days[calendar.Offset - 1 - run]))
        {
            run++;
        }

        return run;
    }

    public override int Action(int row, in DayCell cell) => belongs(row, cell) ? 1 : 0;

    public override int Next(int state, int row, int action) => action == 0 ? 0 : state < most ? state + 1 : binds(row) ? Broken : most;

    public override bool Ends(int state, ReadOnlySpan<DayCell> days)
    {
        for (var row = calendar.End; row < days.Length && state > 0 && belongs(row, days[row]); row++)
        {
            if (state == most && binds(row)) return false;
            state = Math.Min(state + 1, most);
        }

        return true;
    }

    public override int RowKind(int row) => binds(row) ? 1 : 0;
}

/// <summary>Lets no run of working or of free days end before it has a length. Runs cut by the edge of what is known pass.</summary>
internal sealed class MinimumRunLabel(bool working, int least, RosterCalendar calendar) : RuleLabel
{
    // The length up to the least; 0 outside a run.
    public override int Start(ReadOnlySpan<DayCell> days)
    {
        var row = calendar.Offset;
        while (row > 0 && days[row - 1].IsWorking == working)
        {
            row--;
        }

        return row == calendar.Offset && row > 0 ? 0 : row <= calendar.Known ? least : Math.Min(least, calendar.Offset - row);
    }

    public override int Action(int row, in DayCell cell) => cell.IsWorking == working ? 1 : 0;

    public override int Next(int state, int row, int action) => action == 1 ? (row <= calendar.Known ? least : Math.Min(state + 1, least))
        : state > 0 && state < least ? Broken : 0;

    // A run that begins right after the period was cut short by its last day.
    public override bool Ends(int state, ReadOnlySpan<DayCell> days)
    {
        var row = calendar.End;
        for (; row < days.Length && days[row].IsWorking == working; row++)
        {
            state++;
        }

        return state == 0 || state >= least || row == days.Length;
    }

    public override int RowKind(int row) => row <= calendar.Known ? 1 : 0;
}
