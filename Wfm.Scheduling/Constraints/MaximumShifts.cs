using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A maximum of shifts of a template on the days of the period on which the rule is in force; 0 forbids the template.</summary>
internal sealed class MaximumShifts : PeriodRule
{
    private readonly int[] _maximum;

    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "maximumShifts", "Shifts of a template in the period of a roster.",
        [],
        (rule, context) => new MaximumShifts(rule, context))
    {
        Unit = "shifts",
        NamesTemplates = true,
    };

    public MaximumShifts(LabourRule rule, RuleContext context)
        : base(rule, context)
    {
        _maximum = new int[context.Shifts.TemplateCount];
        Array.Fill(_maximum, int.MaxValue);
        foreach (var limit in rule.Parameters.Templates)
        {
            _maximum[context.Shifts.Template(limit.Template, Code)] = limit.Count;
        }
    }

    /// <inheritdoc/>
    public override bool ForbidsShifts => true;

    /// <inheritdoc/>
    /// <remarks>A sum for each template.</remarks>
    public override int Sums => _maximum.Length;

    /// <inheritdoc/>
    public override void Count(ReadOnlySpan<DayCell> days, int first, int last, int sign, Span<int> sums)
    {
        for (var row = first; row <= last; row++)
        {
            ref readonly var day = ref days[row];
            if (day.IsWorking && day.Template >= 0 && InForce(row)) sums[day.Template] += sign;
        }
    }

    /// <inheritdoc/>
    /// <returns>Shifts above the maxima.</returns>
    public override long Breach(ReadOnlySpan<int> sums)
    {
        long total = 0;
        for (var template = 0; template < sums.Length; template++)
        {
            total += Math.Max(0, sums[template] - _maximum[template]);
        }

        return total;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() =>
    [
        new TemplateLabel(Enumerable.Range(0, _maximum.Length).Where(t => _maximum[t] == 0).ToHashSet(), 0),
        .. Enumerable.Range(0, _maximum.Length).Where(t => _maximum[t] > 0 && _maximum[t] < Calendar.Days).Select(t => new TemplateLabel([t], _maximum[t])),
    ];

    /// <inheritdoc/>
    protected override bool Matters(int sum) => _maximum[sum] < int.MaxValue;

    /// <inheritdoc/>
    protected override void Tell(ReadOnlySpan<int> sums, ViolationSink sink)
    {
        for (var template = 0; template < sums.Length; template++)
        {
            if (sums[template] <= _maximum[template]) continue;
            Add(sink, sums[template] - _maximum[template],
                $"{sums[template]} shifts of {Context.Shifts.TemplateCode(template)} in the period; at most {_maximum[template]} are allowed.");
        }
    }

    private sealed class TemplateLabel(HashSet<int> templates, int most) : RuleLabel
    {
        public override LabelCount? Count { get; } = most == 0 ? null : LabelCount.AtMost(most);

        public override int Action(int row, in DayCell cell) => cell.IsWorking && templates.Contains(cell.Template) ? 1 : 0;

        public override int Next(int state, int row, int action) => action == 1 && most == 0 ? Broken : 0;

        public override int Amount(int state, int row, int action) => action;
    }
}
