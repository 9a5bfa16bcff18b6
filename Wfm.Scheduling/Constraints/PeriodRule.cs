using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A rule on sums over the whole period, which the search keeps up as days change instead of adding up the period for every move.</summary>
internal abstract class PeriodRule(LabourRule rule, RuleContext context) : AgentRule(rule, context)
{
    /// <inheritdoc/>
    public sealed override bool IsEverInForce => InForce(Calendar.Offset, Calendar.End);

    /// <summary>How many sums there are.</summary>
    public virtual int Sums => 1;

    /// <summary>Adds everything to the sums that some rows can influence (the weekend of a Sunday too), so that a change of the rows is what they give after it
    /// less what they gave before.</summary>
    /// <param name="days">The agent's days, those outside the period included.</param>
    /// <param name="first">First row, in the period.</param>
    /// <param name="last">Last row.</param>
    /// <param name="sign">1, or -1 to take it away.</param>
    /// <param name="sums">The sums.</param>
    public abstract void Count(ReadOnlySpan<DayCell> days, int first, int last, int sign, Span<int> sums);

    /// <summary>The size of the breach that sums over the whole period mean; 0 when the rule holds.</summary>
    public abstract long Breach(ReadOnlySpan<int> sums);

    /// <inheritdoc/>
    public sealed override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        Span<int> sums = stackalloc int[Sums];
        sums.Clear();
        Count(days, Calendar.Offset, Calendar.End - 1, 1, sums);
        var breach = Breach(sums);
        if (breach > 0 && sink is not null) Tell(sums, sink);
        return breach;
    }

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        for (var i = 0; i < Sums; i++)
        {
            var sum = i;
            if (Matters(sum)) past.Add((days, row) => Before(days, row)[sum]);
        }

        return true;
    }

    /// <summary>Whether the rule looks at one of its sums.</summary>
    protected virtual bool Matters(int sum) => true;

    private int[] Before(DayCell[] days, int row)
    {
        var sums = new int[Sums];
        if (row > Calendar.Offset) Count(days, Calendar.Offset, row - 1, 1, sums);
        return sums;
    }

    /// <summary>The breach in words.</summary>
    protected abstract void Tell(ReadOnlySpan<int> sums, ViolationSink sink);

    /// <summary>Notes a breach of the whole period.</summary>
    protected void Add(ViolationSink sink, long amount, string message) =>
        sink.Add(this, Calendar.Offset, Calendar.End - 1, amount, message);
}
