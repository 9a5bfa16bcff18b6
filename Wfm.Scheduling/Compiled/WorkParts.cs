namespace Wfm.Scheduling.Compiled;

/// <summary>What is done on which group when on a day, in order, in minutes of the calendar: of a shift that is fixed as far as it is known, of any other block
/// by block.</summary>
internal ref struct WorkParts
{
    private readonly ReadOnlySpan<WorkBlock> _blocks;
    private readonly ReadOnlySpan<(int From, int To, int Group)> _fixed;
    private readonly DayCell _cell;
    private int _at;

    public WorkParts(in DayCell cell, ReadOnlySpan<WorkBlock> blocks)
    {
        (_cell, _at) = (cell, -1);
        _blocks = blocks;
    }

    public WorkParts(FixedWork work)
    {
        _fixed = work.Parts;
        _at = -1;
    }

    public readonly (int From, int To, int Group) Current =>
        _fixed.Length > 0 ? _fixed[_at] : (_cell.Start + _blocks[_at].From, _cell.Start + _blocks[_at].To, _cell.GroupOf(_at));

    public readonly WorkParts GetEnumerator() => this;

    public bool MoveNext() => ++_at < Math.Max(_blocks.Length, _fixed.Length);
}
