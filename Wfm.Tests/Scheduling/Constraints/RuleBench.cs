using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Constraints;

/// <summary>Puts shifts on an agent's days and asks one rule.</summary>
internal sealed class RuleBench
{
    private readonly CompiledProblem _compiled;
    private readonly AgentRule _rule;
    private readonly DayCell[] _days;

    public RuleBench(string kind, RuleParameters parameters, int days = 14, string zone = "UTC", LocalDate? start = null, params OutsideShift[] surroundings)
    {
        ShiftTemplate[] templates =
        [
            RosterProblems.Template("day", 0, 23, 8),
            RosterProblems.Template("long", 0, 23, 12),
            RosterProblems.Template("meal", 0, 23, 9, RosterProblems.Meal(30, 4, 5)),
            RosterProblems.Template("six", 0, 23, 6),
            RosterProblems.Template("quarters", 0, 23, 8, RosterProblems.Pause(15, 2), RosterProblems.Pause(15, 5)),
            RosterProblems.Template("german", 0, 23, 10, RosterProblems.Pause(30, 3), RosterProblems.Pause(15, 6)),
            RosterProblems.Template(
                "ending", 0, 23, 8, new BreakRule(ActivityKinds.Wellness, Duration.FromHours(1), Duration.FromHours(7), Duration.FromHours(7), Paid: true)),
        ];
        var first = start ?? RosterProblems.Monday;
        DemandLine[] demand =
        [
            RosterProblems.Demand("chat", days, _ => 0, zone: zone, start: first),
            new("severe", RosterProblems.Demand("s", days, _ => 0, zone: zone, start: first).Heads, 1, 4),
        ];
        _compiled = new CompiledProblem(RosterProblems.Hub([RosterProblems.Agent("A", null, "chat", "severe")], templates, demand, days,
            RosterProblems.Policy(RosterProblems.Rule(kind, parameters)), surroundings, zone: zone, start: first));
        _rule = Array.Find(_compiled.RuleSets[0].All, r => r.Code == kind)!;
        _days = [.. _compiled.Start.Cells];
    }

    /// <summary>A shift on a day of the period; pattern counts the ways to place its breaks.</summary>
    public RuleBench On(int day, int hour, string template = "day", string group = "chat", int pattern = 0)
    {
        var row = day + _compiled.Calendar.Offset;
        var index = _compiled.Shifts.Template(template, "test");
        _days[row] = _compiled.Cell(_compiled.Shifts.At(index, hour, row), group == "chat" ? 0 : 1, pattern);
        return this;
    }

    public RuleBench On(IEnumerable<int> days, int hour, string template = "day", string group = "chat")
    {
        foreach (var day in days)
        {
            On(day, hour, template, group);
        }

        return this;
    }

    /// <summary>Leave that averages leave out.</summary>
    public RuleBench Away(IEnumerable<int> days)
    {
        foreach (var day in days)
        {
            _days[day + _compiled.Calendar.Offset] = new DayCell { Leave = new DayLeave(0, isAway: true, neutral: 2016) };
        }

        return this;
    }

    /// <summary>The breach over the whole period, checked against its explanation and against the empty window.</summary>
    public double Breach()
    {
        var violations = new List<Violation>();
        var total = _rule.Penalize(_days, _compiled.Calendar.Offset, _compiled.Calendar.End - 1, new ViolationSink("A", _compiled.Calendar, violations));
        (total > 0).Should().Be(violations.Count > 0);
        foreach (var violation in violations)
        {
            violation.Source.Should().Be("test law §1");
            violation.Message.Should().NotBeEmpty();
            violation.Amount.Should().BePositive();
        }

        return violations.Sum(v => v.Amount);
    }
}
