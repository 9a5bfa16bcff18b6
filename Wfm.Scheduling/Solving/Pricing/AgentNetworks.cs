using System.Globalization;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>The rule network of every agent; agents alike share one.</summary>
internal sealed class AgentNetworks
{
    private readonly CompiledProblem _compiled;
    private readonly RuleNetwork[] _ofAgent;
    private readonly bool[] _isComplete;

    public AgentNetworks(CompiledProblem compiled)
    {
        _compiled = compiled;
        _ofAgent = new RuleNetwork[compiled.Agents];
        _isComplete = new bool[compiled.Agents];
        var labels = compiled.RuleSets.Select(Labels).ToArray();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var agent = 0; agent < compiled.Agents; agent++)
        {
            var set = compiled.RuleSetOf[agent];
            var key = Key(agent, set, labels[set].Labels);
            if (!known.TryGetValue(key, out var same))
            {
                known.Add(key, same = agent);
                _ofAgent[agent] = Build(agent, labels[set].Labels);
                _isComplete[agent] = labels[set].IsComplete && _ofAgent[agent].Counts.IsComplete;
            }

            (_ofAgent[agent], _isComplete[agent]) = (_ofAgent[same], _isComplete[same]);
            Stride = Math.Max(Stride, _ofAgent[agent].Kinds.Max(k => k.Options));
        }
    }

    /// <summary>Most options of a row.</summary>
    public int Stride { get; }

    public RuleNetwork Of(int agent) => _ofAgent[agent];

    /// <summary>Whether the network knows every rule of the agent; if not, its rosters have to be checked and its bounds are of a relaxation.</summary>
    public bool IsComplete(int agent) => _isComplete[agent];

    private static (RuleLabel[] Labels, bool IsComplete) Labels(RuleSet rules)
    {
        var labels = rules.All.Where(r => !r.IsPerShift).Select(r => r.Labels()).ToArray();
        return ([.. labels.SelectMany(l => l ?? [])], Array.TrueForAll(labels, l => l is not null));
    }

    private string Key(int agent, int set, RuleLabel[] labels)
    {
        var days = Days(agent);
        var key = new System.Text.StringBuilder().Append(set);
        foreach (var label in labels)
        {
            key.Append(CultureInfo.InvariantCulture, $",{label.Start(days)}/{label.Counted(days)}/{label.CountedAfter(days)}");
        }

        for (var row = _compiled.Calendar.Offset; row < days.Length; row++)
        {
            if (row >= _compiled.Calendar.End && days[row].IsWorking)
                key.Append(CultureInfo.InvariantCulture, $"|{row}:{days[row].Start}-{days[row].End}/{days[row].Template}");
            else if (days[row].IsWorking)
                key.Append(CultureInfo.InvariantCulture, $"|{row}:{days[row].Variant}");
            if (days[row].Leave == default) continue;
            var off = new DayCell { Leave = days[row].Leave };
            foreach (var label in labels)
            {
                key.Append(CultureInfo.InvariantCulture, $"|{row}/{label.Action(row, off)}");
            }
        }

        return key.ToString();
    }

    private ReadOnlySpan<DayCell> Days(int agent) => _compiled.Start.Cells.AsSpan(agent * _compiled.Calendar.Rows, _compiled.Calendar.Rows);

    private RuleNetwork Build(int agent, RuleLabel[] labels)
    {
        var days = Days(agent).ToArray();
        var sizes = Array.ConvertAll(labels, label => Size(label, days));
        return new RuleNetwork(_compiled, labels, days, new PackedCounts(labels, sizes, days, _compiled.Calendar));
    }

    // Largest amount of a day, and the divisor of all amounts.
    private (int Largest, int Divisor) Size(RuleLabel label, DayCell[] days)
    {
        var (largest, divisor) = (0, label.Counted(days));
        for (var row = _compiled.Calendar.Offset; row < _compiled.Calendar.End; row++)
        {
            Take(row, days[row]);
            foreach (var variant in _compiled.Shifts.DayVariants[row])
            {
                Take(row, _compiled.Plain(variant) with { Leave = days[row].Leave });
            }
        }

        return (largest, Math.Max(1, divisor));

        void Take(int row, DayCell cell)
        {
            var amount = label.Amount(0, row, label.Action(row, cell));
            (largest, divisor) = (Math.Max(largest, amount), Gcd(divisor, amount));
        }
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
