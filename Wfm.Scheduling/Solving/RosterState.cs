using System.Runtime.InteropServices;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Solving;

/// <summary>A day that a move sets.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct DayChange
{
    public int Agent;
    public int Row;
    public DayCell Cell;
}

/// <summary>A roster under search: cells, coverage and cost, kept up to date by changes of a few days.</summary>
/// <remarks>Unless the settings price them, caps are never broken further than the pinned days break them; floors may be, at a price.</remarks>
internal sealed class RosterState
{
    private const int MostChanges = 64;

    private readonly CompiledProblem _compiled;
    private readonly ShiftVariant[] _variants;
    private readonly double[] _profiles;
    private readonly Coverage _coverage;
    private readonly DayChange[] _changes;
    private readonly double[] _illegal;
    private readonly double[] _illegalChange;
    private readonly bool[] _brokenByPins;
    private readonly bool _keepsCaps;
    private readonly SearchRule[][] _caps;
    private readonly SearchRule[][] _priced;
    private readonly PeriodSums _sums;
    private readonly double[] _main;
    private readonly double[] _other;
    private readonly int _rows;
    private readonly int _stride;
    private int _count;
    private bool _isSummed;

    public RosterState(CompiledProblem compiled, SearchSettings? settings = null)
    {
        settings ??= SearchSettings.For(compiled);
        _keepsCaps = double.IsInfinity(settings.Cap);
        _caps = SearchRule.Of(compiled, set => set.Caps, Price);
        _priced = SearchRule.Of(compiled, set => _keepsCaps ? set.Floors : [.. set.Floors, .. set.Caps], Price);
        _compiled = compiled;
        _variants = [.. Enumerable.Range(0, compiled.Shifts.Count).Select(v => compiled.Shifts[v])];
        _profiles = compiled.Shifts.Profiles;
        (_main, _other) = (new double[compiled.Shifts.LongestProfile], new double[compiled.Shifts.LongestProfile]);
        (_rows, _stride) = (compiled.Calendar.Rows, compiled.Costs.Stride);
        _coverage = new Coverage(compiled.Costs);
        _changes = new DayChange[Math.Max(MostChanges, _rows)];
        _illegalChange = new double[_changes.Length];
        _sums = new PeriodSums(compiled, _changes.Length);
        _coverage.Start(compiled.Start.Covered);
        Cells = [.. compiled.Start.Cells];
        _brokenByPins = [.. Enumerable.Range(0, compiled.Agents).Select(a =>
            Array.Exists(compiled.Rules(a).Caps, r => r.Penalize(Days(a), compiled.Calendar.Offset, compiled.Calendar.End - 1) > 0))];
        _illegal = new double[compiled.Agents];
        Reckon();

        double Price(AgentRule rule) => Math.Round((rule.IsFloor ? settings.Floor : settings.Cap) * compiled.Costs.TypicalShift / rule.UnitsPerStep);
    }

    public DayCell[] Cells { get; }

    public Coverage Coverage => _coverage;

    /// <summary>Soft cost plus the price of broken floors, in units of <see cref="Money"/>.</summary>
    public double Cost { get; private set; }

    /// <summary>Part of the cost that is the price of broken rules.</summary>
    public double Illegal { get; private set; }

    /// <summary>Change of cost of the last move that kept the caps.</summary>
    public double LastDelta { get; private set; }

    public ReadOnlySpan<DayCell> Days(int agent) => Cells.AsSpan(agent * _rows, _rows);

    public ref readonly DayCell At(int agent, int row) => ref Cells[(agent * _rows) + row];

    /// <summary>Takes an agent's shifts out of the coverage (−1), to price its days as if it were not there, and puts them back (1).</summary>
    public void Lift(int agent, double sign)
    {
        foreach (ref readonly var cell in Days(agent)[_compiled.Calendar.Offset.._compiled.Calendar.End])
        {
            Add(agent, cell, sign);
        }
    }

    /// <summary>The changes applied last, now holding what stood there before.</summary>
    public ReadOnlySpan<DayChange> Applied => _changes.AsSpan(0, _count);

    /// <summary>Starts a new move.</summary>
    public void Begin() => _count = 0;

    /// <summary>Adds a day to the move; the days of an agent must follow one another.</summary>
    public void Set(int agent, int row, in DayCell cell) =>
        _changes[_count++] = new DayChange { Agent = agent, Row = row, Cell = _compiled.Start.Place((agent * _rows) + row, cell) };

    /// <summary>Applies the move when it keeps every cap and its cost does not rise above the threshold.</summary>
    /// <remarks>
    /// What is cheap and often says no comes first: caps that must hold, then the soft cost. The price of rules is last, because a move of
    /// agents who break nothing can only add to it. A threshold of minus infinity asks for the cost alone and always prices the rules.
    /// </remarks>
    /// <returns>False when it was refused; the state is then as before.</returns>
    public bool Try(double threshold)
    {
        Swap();
        _isSummed = _sums.IsEmpty;
        if (_keepsCaps && !KeepsCaps())
        {
            Swap();
            LastDelta = double.PositiveInfinity;
            return false;
        }

        var delta = Soft() + Cover() + _coverage.BandChange();
        Swap();
        delta -= Soft();
        Swap();
        LastDelta = delta;
        if (double.IsNegativeInfinity(threshold) || delta <= threshold || BreaksRules())
        {
            LastDelta = delta + IllegalChange();
            if (LastDelta <= threshold)
            {
                Accept();
                return true;
            }
        }

        Swap();
        Cover();
        _coverage.DropBands();
        return false;
    }

    /// <summary>Gives an agent other days, whatever they cost; pinned days stay.</summary>
    public void Put(int agent, ReadOnlySpan<DayCell> days)
    {
        Begin();
        for (var row = _compiled.Calendar.Offset; row < _compiled.Calendar.End; row++)
        {
            if (_compiled.Start.Pinned[(agent * _rows) + row]) continue;
            if (days[row].IsWorking || At(agent, row).IsWorking) Set(agent, row, days[row]);
        }

        Try(double.PositiveInfinity);
    }

    /// <summary>The first cap that the move would break, and nothing else; for explanations.</summary>
    public AgentRule? FirstBrokenCap()
    {
        Swap();
        AgentRule? broken = null;
        for (var i = 0; broken is null && i < _count;)
        {
            var (end, first, last) = Part(i);
            var agent = _changes[i].Agent;
            broken = Array.Find(_compiled.Rules(agent).Caps, r => r.Penalize(Days(agent), first, last) > 0);
            i = end;
        }

        Swap();
        return broken;
    }

    /// <summary>Cost from scratch.</summary>
    public double Recount()
    {
        var total = _coverage.Recount().Total;
        for (var agent = 0; agent < _compiled.Agents; agent++)
        {
            total += Score(agent).Total + IllegalCost(agent);
        }

        return total;
    }

    public AgentScore Score(int agent) => _compiled.Goals.Score(agent, Days(agent), _compiled.Calendar.Offset, _compiled.Calendar.End - 1);

    /// <summary>What all agents' days cost by themselves.</summary>
    public AgentScore AgentScores() => Enumerable.Range(0, _compiled.Agents).Aggregate(default(AgentScore), (sum, a) => sum + Score(a));

    /// <summary>Price of an agent's broken rules.</summary>
    public double IllegalCost(int agent) =>
        _priced[_compiled.RuleSetOf[agent]].Sum(r => r.Price * r.Rule.Penalize(Days(agent), _compiled.Calendar.Offset, _compiled.Calendar.End - 1));

    /// <summary>Puts back cells saved before and counts anew.</summary>
    public void Restore(DayCell[] cells)
    {
        cells.CopyTo(Cells, 0);
        _coverage.Start(_compiled.Start.Covered);
        for (var at = 0; at < Cells.Length; at++)
        {
            if (Cells[at].Variant > 0) Add(at / _rows, Cells[at], 1);
        }

        Reckon();
    }

    /// <summary>Puts other cells in, with what they cover.</summary>
    public void Restore(DayCell[] cells, Covered covered)
    {
        cells.CopyTo(Cells, 0);
        _coverage.Start(covered);
        Reckon();
    }

    private void Reckon()
    {
        _coverage.Rebuild();
        for (var agent = 0; agent < _compiled.Agents; agent++)
        {
            _sums.Reckon(agent, Days(agent));
            _illegal[agent] = IllegalCost(agent);
        }

        (Cost, Illegal) = (Recount(), _illegal.Sum());
    }

    private void Swap()
    {
        for (var i = 0; i < _count; i++)
        {
            ref var change = ref _changes[i];
            ref var cell = ref Cells[(change.Agent * _rows) + change.Row];
            (cell, change.Cell) = (change.Cell, cell);
        }
    }

    private bool KeepsCaps()
    {
        SumUp();
        for (var i = 0; i < _count;)
        {
            var (end, first, last) = Part(i);
            var agent = _changes[i].Agent;
            var days = Days(agent);
            foreach (ref readonly var rule in _caps[_compiled.RuleSetOf[agent]].AsSpan())
            {
                var breach = rule.Breach(days, first, last, _sums.Moved(i));
                if (breach > 0 && (!_brokenByPins[agent] || breach > Before(rule, agent, first, last))) return false;
            }

            i = end;
        }

        return true;
    }

    private long Before(in SearchRule rule, int agent, int first, int last)
    {
        Swap();
        var breach = rule.Breach(Days(agent), first, last, _sums.Kept(agent));
        Swap();
        return breach;
    }

    private double Soft()
    {
        var total = 0.0;
        for (var i = 0; i < _count;)
        {
            var (end, first, last) = Part(i);
            total += _compiled.Goals.Score(_changes[i].Agent, Days(_changes[i].Agent), first, last).Total;
            i = end;
        }

        return total;
    }

    private bool BreaksRules()
    {
        for (var i = 0; i < _count; i++)
        {
            if (_illegal[_changes[i].Agent] > 0) return true;
        }

        return false;
    }

    // Sums of the period as the move would leave them: asked for late, because most moves are refused before.
    private void SumUp()
    {
        if (_isSummed) return;
        _isSummed = true;
        for (var i = 0; i < _count; i = Part(i).End)
        {
            _sums.Begin(i, _changes[i].Agent);
        }

        CountParts(1);
        Swap();
        CountParts(-1);
        Swap();
    }

    private void CountParts(int sign)
    {
        for (var i = 0; i < _count;)
        {
            var (end, first, last) = Part(i);
            _sums.Count(i, _changes[i].Agent, Days(_changes[i].Agent), first, last, sign);
            i = end;
        }
    }

    // Change of the price of broken rules, noted per agent for the case that the move is accepted.
    private double IllegalChange()
    {
        SumUp();
        var total = 0.0;
        for (var i = 0; i < _count;)
        {
            var (end, first, last) = Part(i);
            var agent = _changes[i].Agent;
            var change = Broken(agent, first, last, _sums.Moved(i));
            if (_illegal[agent] > 0)
            {
                Swap();
                change -= Broken(agent, first, last, _sums.Kept(agent));
                Swap();
            }

            _illegalChange[i] = change;
            total += change;
            i = end;
        }

        return total;
    }

    private void Accept()
    {
        _coverage.KeepBands();
        Cost += LastDelta;
        for (var i = 0; i < _count; i = Part(i).End)
        {
            if (!_sums.IsEmpty) _sums.Keep(i, _changes[i].Agent);
            _illegal[_changes[i].Agent] += _illegalChange[i];
            Illegal += _illegalChange[i];
        }
    }

    private double Broken(int agent, int first, int last, ReadOnlySpan<int> sums)
    {
        var total = 0.0;
        foreach (ref readonly var rule in _priced[_compiled.RuleSetOf[agent]].AsSpan())
        {
            total += rule.Breach(Days(agent), first, last, sums) * rule.Price;
        }

        return total;
    }

    // The changes hold the old cells, the state the new ones.
    private double Cover()
    {
        var delta = 0.0;
        for (var i = 0; i < _count; i++)
        {
            ref var change = ref _changes[i];
            delta += Add(change.Agent, change.Cell, -1);
            delta += Add(change.Agent, Cells[(change.Agent * _rows) + change.Row], 1);
        }

        return delta;
    }

    private double Add(int agent, in DayCell cell, double sign)
    {
        if (cell.Variant <= 0) return 0;
        ref readonly var shift = ref _variants[cell.Variant];
        if (shift.ProfileLength == 0) return 0;
        var percent = _compiled.Skills.Percent(agent, cell.Group) * sign;
        if (_compiled.CountsShifts(cell.Group)) return _coverage.Add((cell.Group * _stride) + shift.FirstInterval, CompiledProblem.OneHead, percent);
        var profile = _profiles.AsSpan(shift.Profile + (cell.Pattern * shift.ProfileLength), shift.ProfileLength);
        if (cell.Blocks != 0) return AddBlocks(agent, cell, profile, sign);
        return _coverage.Add((cell.Group * _stride) + shift.FirstInterval, profile, percent);
    }

    private double AddBlocks(int agent, in DayCell cell, ReadOnlySpan<double> profile, double sign)
    {
        var main = _main.AsSpan(0, profile.Length);
        var other = _other.AsSpan(0, profile.Length);
        _compiled.Shifts.Split(cell, main, other);
        var first = _variants[cell.Variant].FirstInterval;
        return _coverage.AddPart((cell.Group * _stride) + first, main, _compiled.Skills.Percent(agent, cell.Group) * sign)
            + _coverage.AddPart((cell.Other * _stride) + first, other, _compiled.Skills.Percent(agent, cell.Other) * sign)
            + _coverage.AddSeat(first, profile, sign);
    }

    // The changes of one agent from i on: where they end and the rows they span.
    private (int End, int First, int Last) Part(int i)
    {
        var (agent, first, last) = (_changes[i].Agent, _changes[i].Row, _changes[i].Row);
        for (i++; i < _count && _changes[i].Agent == agent; i++)
        {
            first = Math.Min(first, _changes[i].Row);
            last = Math.Max(last, _changes[i].Row);
        }

        return (i, first, last);
    }
}
