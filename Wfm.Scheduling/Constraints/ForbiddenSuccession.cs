using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>Templates that must not start on the local day after another. Only neighbouring days count.</summary>
internal sealed class ForbiddenSuccession : AgentRule
{
    private readonly bool[] _forbidden;
    private readonly int _templates;

    /// <summary>What a policy says of it.</summary>
    public static RuleDefinition Definition { get; } = new(
        "forbiddenSuccession", "Shift templates that must not start on the day after another.",
        [],
        (rule, context) => new ForbiddenSuccession(rule, context))
    {
        Unit = "shifts",
        DaysAround = _ => 1,
        NamesTemplates = true,
    };

    public ForbiddenSuccession(LabourRule rule, RuleContext context)
        : base(rule, context)
    {
        _templates = context.Shifts.TemplateCount;
        _forbidden = new bool[_templates * _templates];
        foreach (var succession in rule.Parameters.Successions)
        {
            foreach (var follower in succession.Followers)
            {
                _forbidden[(context.Shifts.Template(succession.Template, Code) * _templates) + context.Shifts.Template(follower, Code)] = true;
            }
        }
    }

    /// <inheritdoc/>
    protected override bool LabelsKnowDates => true;

    /// <inheritdoc/>
    public override bool Remember(PastNumbers past)
    {
        past.Add((days, row) => row > 0 && days[row - 1].IsWorking ? days[row - 1].Template + 1 : -1);
        return true;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<RuleLabel> Compile() => [new SuccessionLabel(this)];

    /// <inheritdoc/>
    /// <returns>Forbidden pairs of days.</returns>
    public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
    {
        long total = 0;
        for (var row = Math.Max(1, first); row <= Math.Min(days.Length - 1, last + 1); row++)
        {
            if (!days[row].IsWorking || !days[row - 1].IsWorking) continue;
            var (earlier, later) = (days[row - 1].Template, days[row].Template);
            if (earlier < 0 || later < 0 || !_forbidden[(earlier * _templates) + later] || !InForce(row)) continue;
            total++;
            sink?.Add(this, row - 1, row, 1,
                $"{Context.Shifts.TemplateCode(later)} on {Calendar.Date(row)} follows {Context.Shifts.TemplateCode(earlier)}, which is not allowed.");
        }

        return total;
    }

    // Templates that forbid and are forbidden alike are one kind; 0 is a day off and whatever has no template.
    private sealed class SuccessionLabel(ForbiddenSuccession rule) : RuleLabel
    {
        private readonly int[] _kinds = Kinds(rule);

        public override int Start(ReadOnlySpan<DayCell> days) => rule.Calendar.Offset == 0 ? 0 : Action(0, days[rule.Calendar.Offset - 1]);

        public override int Action(int row, in DayCell cell) => cell.IsWorking && cell.Template >= 0 ? _kinds[cell.Template] + 1 : 0;

        public override int Next(int state, int row, int action) =>
            state > 0 && action > 0 && rule.InForce(row) && rule._forbidden[((state - 1) * rule._templates) + action - 1] ? Broken : action;

        public override bool Ends(int state, ReadOnlySpan<DayCell> days) =>
            rule.Calendar.End == days.Length || Next(state, rule.Calendar.End, Action(rule.Calendar.End, days[rule.Calendar.End])) != Broken;

        public override int RowKind(int row) => rule.InForce(row) ? 1 : 0;

        // The first template of the same kind stands for it.
        private static int[] Kinds(ForbiddenSuccession rule)
        {
            var n = rule._templates;
            return [.. Enumerable.Range(0, n).Select(t => Enumerable.Range(0, t + 1).First(other => Enumerable.Range(0, n).All(k =>
                rule._forbidden[(t * n) + k] == rule._forbidden[(other * n) + k] && rule._forbidden[(k * n) + t] == rule._forbidden[(k * n) + other])))];
        }
    }
}
