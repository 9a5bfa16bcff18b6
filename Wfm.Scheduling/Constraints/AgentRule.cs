using System.Collections.Frozen;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>A hard rule on one agent's days. One body gives the number the search reads and the reasons a planner reads, so they cannot disagree.</summary>
internal abstract class AgentRule
{
    private readonly bool[] _inForce;

    protected AgentRule(LabourRule rule, RuleContext context)
        : this(rule.Kind, rule.Source, context)
    {
        (Text, Limits, Authority) = (rule.Text, rule.Parameters.Numbers, rule.Authority);
        var from = rule.ValidFrom ?? NodaTime.LocalDate.MinIsoValue;
        var to = rule.ValidTo ?? NodaTime.LocalDate.MaxIsoValue;
        for (var row = 0; row < _inForce.Length; row++)
        {
            _inForce[row] = context.Calendar.Date(row) >= from && context.Calendar.Date(row) <= to;
        }
    }

    protected AgentRule(RuleKind kind, string source, RuleContext context)
    {
        (Kind, Text, Source, Context, Authority) = (kind, kind.Text, source, context, (kind as GivenRule)?.Authority);
        _inForce = new bool[Calendar.Rows];
        Array.Fill(_inForce, true);
    }

    public RuleKind Kind { get; }

    public string Code => Kind.Code;

    /// <summary>The rule in words.</summary>
    public string Text { get; }

    public string Source { get; }

    /// <summary>Whose rule it is; <see langword="null"/> for what is always so.</summary>
    public RuleAuthority? Authority { get; }

    /// <summary>Its numbers by name; none for a rule that every problem or contract has.</summary>
    public IReadOnlyDictionary<string, double> Limits { get; } = FrozenDictionary<string, double>.Empty;

    /// <summary>A cap can only be broken by adding work: an empty roster keeps it, and the search never leaves it. A floor asks for work
    /// (or for not interrupting it), so the search may pass through a breach at a price.</summary>
    public virtual bool IsFloor => false;

    /// <summary>True when the rule looks at a shift by itself: forbidden shifts are then left out before the search.</summary>
    public virtual bool IsPerShift => false;

    /// <summary>True when a shift may break the rule by itself: such shifts are left out before the search too.</summary>
    public virtual bool ForbidsShifts => IsPerShift;

    /// <summary>True for a rule on a shift by itself that reads where its breaks lie, and nothing of when it starts.</summary>
    public virtual bool ReadsBreaks => false;

    /// <summary>How a rule on a shift by itself sees work on a group: groups with equal numbers are the same to it.</summary>
    public virtual double Sees(int group) => 0;

    /// <summary>Units of a breach that weigh as much as one missing day.</summary>
    public virtual int UnitsPerStep => 1;

    protected RuleContext Context { get; }

    protected RosterCalendar Calendar => Context.Calendar;

    /// <summary>Breach of everything the given rows can influence, the same set of days whatever stands in those rows.</summary>
    /// <param name="days">The agent's days, those outside the period included; when they end earlier, what follows is not known.</param>
    /// <param name="first">First row that may have changed, in the period.</param>
    /// <param name="last">Last row that may have changed, in the period.</param>
    /// <param name="sink">Takes the breaches in words; <see langword="null"/> in the search.</param>
    /// <returns>0 when the rule holds, else the size of the breach in the rule's unit.</returns>
    public abstract long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null);

    public bool InForce(int row) => _inForce[row];

    /// <summary>Whether there is a day on which the rule can bind; a rule without one is none of the problem's.</summary>
    public virtual bool IsEverInForce => InForce(0, Calendar.Rows);

    /// <summary>Whether the rule is in force on any of some rows; what is limited by the week binds in every week with such a day.</summary>
    public bool InForce(int from, int to) => _inForce.AsSpan(from..to).Contains(true);

    /// <summary>Whether the rule is in force on a day of a row's week.</summary>
    protected bool BindsInWeekOf(int row) => Calendar.Week(row) is var week && InForce(Calendar.WeekStart(week), Calendar.WeekEnd(week));

    /// <summary>On how many of some rows the rule is in force.</summary>
    protected int DaysInForce(int from, int to) => _inForce.AsSpan(from..to).Count(true);

    /// <summary>The rule as labels of the dynamic programme. <see langword="null"/> when it cannot be told day by day: the programme then leaves it
    /// out, which keeps bounds valid, and the search checks what comes of it.</summary>
    public IReadOnlyList<RuleLabel>? Labels()
    {
        var days = _inForce.AsSpan(Calendar.Offset);
        return !days.Contains(true) ? [] : days.Contains(false) && !LabelsKnowDates ? null : Compile();
    }

    /// <summary>Adds what the rule has to know of an agent's days so far to judge those to come.</summary>
    /// <returns>False when it cannot say so in numbers.</returns>
    public virtual bool Remember(PastNumbers past) => IsPerShift;

    /// <summary>Whether the labels mind on which days the rule is in force; those of the others are left out when it is not in force on every day.</summary>
    protected virtual bool LabelsKnowDates => false;

    /// <summary>The labels of the rule.</summary>
    protected virtual IReadOnlyList<RuleLabel>? Compile() => null;
}
