using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>Templates that must not start on the local day after another. Only neighbouring days count.</summary>
internal sealed class ForbiddenSuccession : AgentRule
{
    private readonly bool[] _forbidden;
    private readonly int _templates;

    public ForbiddenSuccession(LabourRule rule, RuleContext context)
        : base(rule, context)
    {
        _templates = context.Shifts.TemplateCount;
        _forbidden = new bool[_templates * _templates];
        foreach (var succession in rule.Parameters.Successions!)
        {
            foreach (var follower in succession.Followers)
            {
                _forbidden[(context.Shifts.Template(succession.Template, Code) * _templates) + context.Shifts.Template(follower, Code)] = true;
            }
        }
    }

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
            sink?.Add(this, row - 1, row, 1, "shifts",
                $"{Context.Shifts.TemplateCode(later)} on {Calendar.Date(row)} follows {Context.Shifts.TemplateCode(earlier)}, which is not allowed.");
        }

        return total;
    }
}
