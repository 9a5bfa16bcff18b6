using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Constraints;

/// <summary>Collects the breaches of one agent's roster in words.</summary>
internal sealed class ViolationSink(string agentId, RosterCalendar calendar, ICollection<Violation> violations)
{
    public void Add(AgentRule rule, int firstRow, int lastRow, double amount, string message) => violations.Add(
        new Violation(agentId, rule.Kind, calendar.Date(firstRow), calendar.Date(lastRow), amount, rule.Kind.Unit, message, rule.Source)
        {
            Text = rule.Text,
            Limits = rule.Limits,
            Authority = rule.Authority,
        });
}
