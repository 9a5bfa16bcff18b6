using System.Runtime.InteropServices;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;

namespace Wfm.Scheduling.Solving;

/// <summary>The sums that the rules on the whole period ask for: of every agent, and of every agent in the move under trial.</summary>
internal sealed class PeriodSums
{
    private readonly CompiledProblem _compiled;
    private readonly SearchRule[][] _rules;
    private readonly int _width;
    private readonly int[] _kept;
    private readonly int[] _moved;

    /// <param name="compiled">The problem.</param>
    /// <param name="parts">Most agents' parts of a move.</param>
    public PeriodSums(CompiledProblem compiled, int parts)
    {
        _compiled = compiled;
        _rules = SearchRule.Of(compiled, set => [.. set.All.OfType<PeriodRule>()], static _ => 0);
        _width = _rules.Length == 0 ? 0 : _rules.Max(rules => rules.Sum(r => r.OfPeriod!.Sums));
        (_kept, _moved) = (new int[compiled.Agents * _width], new int[parts * _width]);
    }

    /// <summary>Whether there is nothing to sum up.</summary>
    public bool IsEmpty => _width == 0;

    /// <summary>Sums of an agent as the roster stands.</summary>
    public ReadOnlySpan<int> Kept(int agent) => _kept.AsSpan(agent * _width, _width);

    /// <summary>Sums of the agent of a part of the move, as the move would leave them.</summary>
    public ReadOnlySpan<int> Moved(int part) => _moved.AsSpan(part * _width, _width);

    /// <summary>Sums an agent's days up from scratch.</summary>
    public void Reckon(int agent, ReadOnlySpan<DayCell> days)
    {
        var sums = _kept.AsSpan(agent * _width, _width);
        sums.Clear();
        Count(agent, days, _compiled.Calendar.Offset, _compiled.Calendar.End - 1, 1, sums);
    }

    /// <summary>Starts a part of a move from how its agent stands.</summary>
    public void Begin(int part, int agent) => Kept(agent).CopyTo(_moved.AsSpan(part * _width, _width));

    /// <summary>Adds the rows of a part (1), or takes them away (−1).</summary>
    public void Count(int part, int agent, ReadOnlySpan<DayCell> days, int first, int last, int sign) =>
        Count(agent, days, first, last, sign, _moved.AsSpan(part * _width, _width));

    /// <summary>Keeps a part.</summary>
    public void Keep(int part, int agent) => Moved(part).CopyTo(_kept.AsSpan(agent * _width, _width));

    private void Count(int agent, ReadOnlySpan<DayCell> days, int first, int last, int sign, Span<int> sums)
    {
        foreach (ref readonly var rule in _rules[_compiled.RuleSetOf[agent]].AsSpan())
        {
            rule.OfPeriod!.Count(days, first, last, sign, sums.Slice(rule.FirstSum, rule.OfPeriod.Sums));
        }
    }
}

/// <summary>A rule as the search asks for it: about the days around a move, or about the sums of the period.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Price">Price of a unit of its breach.</param>
/// <param name="OfPeriod">The rule, if it reads sums.</param>
/// <param name="FirstSum">Where its sums begin among those of its rule set.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SearchRule(AgentRule Rule, double Price, PeriodRule? OfPeriod, int FirstSum)
{
    public long Breach(ReadOnlySpan<DayCell> days, int first, int last, ReadOnlySpan<int> sums) =>
        OfPeriod is null ? Rule.Penalize(days, first, last) : OfPeriod.Breach(sums.Slice(FirstSum, OfPeriod.Sums));

    /// <summary>Some rules of every rule set.</summary>
    public static SearchRule[][] Of(CompiledProblem compiled, Func<RuleSet, AgentRule[]> chosen, Func<AgentRule, double> price)
    {
        return [.. compiled.RuleSets.Select(set =>
        {
            var of = set.All.OfType<PeriodRule>().ToArray();
            return chosen(set).Select(r => new SearchRule(r, price(r), r as PeriodRule, of.TakeWhile(o => o != r).Sum(o => o.Sums))).ToArray();
        })];
    }
}
