using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of shifts of a template in the period; 0 forbids the template.</summary>
internal sealed class MaximumShifts : AgentRule
{
    private readonly int[] _maximum;

    public MaximumShifts(LabourRule rule, RuleContext context)
        : base(rule, context)
    {
        _maximum = new int[context.Shifts.TemplateCount];
        Array.Fill(_maximum, int.MaxValue);
        foreach (var limit in rule.Parameters.Templates!)
        {
            _maximum[context.Shifts.Template(limit.Template, Code)] = limit.Count;
        }
    }

    /// <inheritdoc/>
    public override bool ForbidsShifts => true;

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() =>
    [
        new TemplateLabel(Enumerable.Range(0, _maximum.Length).Where(t => _maximum[t] == 0).ToHashSet(), 0),
        .. Enumerable.Range(0, _maximum.Length).Where(t => _maximum[t] > 0 && _maximum[t] < Calendar.Days).Select(t => new TemplateLabel([t], _maximum[t])),
    ];

    /// <inheritdoc/>
    /// <returns>Shifts above the maxima.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        Span<int> counts = stackalloc int[_maximum.Length];
        counts.Clear();
        long total = 0;
        for (var row = Calendar.Offset; row < days.Length; row++)
        {
            var template = days[row].Template;
            if (days[row].IsWorking && template >= 0 && ++counts[template] > _maximum[template] && InForce(row)) total++;
        }

        for (var template = 0; sink is not null && template < counts.Length; template++)
        {
            if (counts[template] <= _maximum[template]) continue;
            sink.Add(this, Calendar.Offset, days.Length - 1, counts[template] - _maximum[template], "shifts",
                $"{counts[template]} shifts of {Context.Shifts.TemplateCode(template)} in the period; at most {_maximum[template]} are allowed.");
        }

        return total;
    }

    private sealed class TemplateLabel(HashSet<int> templates, int most) : RuleLabel
    {
        public override LabelCount? Count { get; } = most == 0 ? null : LabelCount.AtMost(most);

        public override int Action(int row, in DayCell cell) => cell.IsWorking && templates.Contains(cell.Template) ? 1 : 0;

        public override int Next(int state, int row, int action) => action == 1 && most == 0 ? Broken : 0;

        public override int Amount(int state, int row, int action) => action;
    }
}
