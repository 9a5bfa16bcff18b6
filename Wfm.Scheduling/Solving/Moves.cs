using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Solving;

/// <summary>Proposes the moves of the local search: each writes its changes into the state, or gives up.</summary>
internal sealed class Moves(CompiledProblem compiled, RosterState state, Targets targets)
{
    private const int DaysPerWeek = 7;

    private readonly int _offset = compiled.Calendar.Offset;
    private readonly int _end = compiled.Calendar.End;
    private readonly int _rows = compiled.Calendar.Rows;
    private readonly EjectionChains _chains = new(compiled, state, targets);
    private readonly Kind[] _table = Table(compiled);

    public Moves(CompiledProblem compiled, RosterState state)
        : this(compiled, state, new Targets(compiled, state))
    {
    }

    private enum Kind
    {
        Change,
        Fill,
        Roll,
        Target,
        Chain,
        Nudge,
        Redo,
        MoveDay,
        Exchange,
        CounterExchange,
        Align,
        Block,
        Weekend,
    }

    /// <summary>Proposes one move.</summary>
    /// <returns>False when the drawn move makes no sense here.</returns>
    public bool Propose(ref RosterRandom random)
    {
        state.Begin();
        var agent = random.Below(compiled.Agents);
        var row = _offset + random.Below(compiled.Calendar.Days);
        return _table[random.Below(_table.Length)] switch
        {
            Kind.Change => Change(ref random, agent, row),
            Kind.Fill => Fill(ref random, agent, row),
            Kind.Roll => Roll(ref random, agent, row),
            Kind.Target => targets.Propose(ref random),
            Kind.Chain => _chains.Propose(ref random),
            Kind.Nudge => Nudge(ref random, agent, row),
            Kind.Redo => Redo(ref random, agent, row),
            Kind.MoveDay => MoveDay(ref random, agent, row),
            Kind.Exchange => Exchange(ref random, agent, row, 1 + random.Below(random.Below(4) == 0 ? 7 : 3)),
            Kind.CounterExchange => CounterExchange(ref random, agent, row),
            Kind.Align => Align(ref random, agent, row),
            Kind.Weekend => Weekend(ref random, agent),
            _ => random.Below(2) == 0 ? targets.Regroup(ref random) : Block(ref random, agent, row),
        };
    }

    // Shares of the moves, found by trial on made-up hubs and public instances; kinds that cannot change anything in this problem are left out.
    private static Kind[] Table(CompiledProblem compiled)
    {
        var byShifts = Enumerable.Range(0, compiled.Costs.Groups).All(compiled.CountsShifts);
        var nudges = Array.Exists(compiled.Shifts.StartCounts, c => c > 1);
        var redoes = Array.Exists(compiled.Shifts.Patterns, p => p.Length > 1) || compiled.Problem.Templates.Any(t => t.Groups is not { Count: 1 });
        return
        [
            .. Enumerable.Repeat(Kind.Change, 10), .. Enumerable.Repeat(Kind.Fill, 6), .. Enumerable.Repeat(Kind.Roll, 4),
            .. Enumerable.Repeat(Kind.Target, 12),
            .. Enumerable.Repeat(Kind.Chain, byShifts ? 2 : 0), .. Enumerable.Repeat(Kind.Nudge, nudges ? 12 : 0),
            .. Enumerable.Repeat(Kind.Redo, redoes ? 12 : 0), .. Enumerable.Repeat(Kind.MoveDay, 8), .. Enumerable.Repeat(Kind.Exchange, 16),
            .. Enumerable.Repeat(Kind.CounterExchange, 10), .. Enumerable.Repeat(Kind.Align, 10),
            .. Enumerable.Repeat(Kind.Block, compiled.Eligibility.MixesAny ? 12 : 0),
            .. Enumerable.Repeat(Kind.Weekend, compiled.Goals.WeighWeekends && compiled.Calendar.WholeWeekends.Length > 0 ? 12 : 0),
        ];
    }

    /// <summary>Another shift on the day, or none.</summary>
    private bool Change(ref RosterRandom random, int agent, int row)
    {
        var variants = compiled.Eligibility.On(agent, row);
        if (variants.Length == 0) return false;
        var cell = default(DayCell);
        if ((!state.At(agent, row).IsWorking || random.Below(4) > 0)
            && !CellChoice.Draw(compiled, ref random, agent, variants[random.Below(variants.Length)], out cell)) return false;
        state.Set(agent, row, cell);
        return true;
    }

    /// <summary>The same shift a few steps earlier or later.</summary>
    private bool Nudge(ref RosterRandom random, int agent, int row)
    {
        var model = state.At(agent, row);
        if (!IsFree(agent, row) || model.Variant <= 0) return false;
        var variant = compiled.Shifts[model.Variant];
        var steps = compiled.Shifts.StartCounts[variant.Template];
        if (steps < 2) return Redo(ref random, agent, row);
        var index = variant.StartIndex + (1 + random.Below(random.Below(2) == 0 ? 1 : 4)) * (random.Below(2) == 0 ? 1 : -1);
        if (index < 0 || index >= steps) return false;
        if (!CellChoice.DrawSimilar(compiled, ref random, agent, compiled.Shifts.At(variant.Template, index, row), model, out var cell)) return false;
        state.Set(agent, row, cell);
        return true;
    }

    /// <summary>The same shift with other breaks or in another group.</summary>
    private bool Redo(ref RosterRandom random, int agent, int row)
    {
        var model = state.At(agent, row);
        if (!IsFree(agent, row) || model.Variant <= 0) return false;
        var drawn = random.Below(2) == 0
            ? CellChoice.Rebreak(compiled, ref random, agent, model, out var cell)
            : CellChoice.Draw(compiled, ref random, agent, model.Variant, out cell);
        if (!drawn || cell.IsSame(model)) return false;
        state.Set(agent, row, cell);
        return true;
    }

    /// <summary>A block between two breaks serves another group.</summary>
    private bool Block(ref RosterRandom random, int agent, int row)
    {
        var model = state.At(agent, row);
        if (!IsFree(agent, row) || model.Variant <= 0) return false;
        var groups = compiled.Skills.GroupsOn(agent, model.Template);
        var blocks = compiled.Shifts.BlocksOf(model).Length;
        if (groups.Length < 2 || blocks < 2) return false;
        if (!CellChoice.Regroup(compiled, ref random, agent, model, random.Below(blocks), groups[random.Below(groups.Length)], out var cell)) return false;
        state.Set(agent, row, cell);
        return true;
    }

    /// <summary>Two days of one agent change places.</summary>
    private bool MoveDay(ref RosterRandom random, int agent, int row)
    {
        var other = row + (1 + random.Below(random.Below(3) == 0 ? 13 : 6)) * (random.Below(2) == 0 ? 1 : -1);
        if (other < _offset || other >= _end) return false;
        var (a, b) = (state.At(agent, row), state.At(agent, other));
        if (!a.IsWorking && !b.IsWorking) return false;
        if (!Transfer(ref random, a, agent, other, out var there) || !Transfer(ref random, b, agent, row, out var here)) return false;
        state.Set(agent, row, here);
        state.Set(agent, other, there);
        return IsFree(agent, row) && IsFree(agent, other);
    }

    /// <summary>A run of days takes one shift, or becomes free.</summary>
    private bool Fill(ref RosterRandom random, int agent, int row)
    {
        var variants = compiled.Eligibility.On(agent, row);
        var model = default(DayCell);
        if (variants.Length == 0) return false;
        if (random.Below(3) > 0 && !CellChoice.Draw(compiled, ref random, agent, variants[random.Below(variants.Length)], out model)) return false;
        var end = Math.Min(row + 2 + random.Below(4), _end);
        for (var day = row; day < end; day++)
        {
            if (!IsFree(agent, day) || !Transfer(ref random, model, agent, day, out var cell)) return false;
            state.Set(agent, day, cell);
        }

        return true;
    }

    /// <summary>A window of days slides by one: its last day comes first, or its first last.</summary>
    private bool Roll(ref RosterRandom random, int agent, int row)
    {
        var length = 3 + random.Below(8);
        if (row + length > _end) return false;
        var by = random.Below(2) == 0 ? 1 : length - 1;
        for (var k = 0; k < length; k++)
        {
            if (!IsFree(agent, row + k) || !Transfer(ref random, state.At(agent, row + k), agent, row + ((k + by) % length), out var cell)) return false;
            state.Set(agent, row + ((k + by) % length), cell);
        }

        return true;
    }

    /// <summary>Two agents exchange a run of days.</summary>
    private bool Exchange(ref RosterRandom random, int agent, int row, int length)
    {
        var partner = random.Below(compiled.Agents);
        if (partner == agent) return false;
        var end = Math.Min(row + length, _end);
        var any = false;
        for (var day = row; day < end; day++)
        {
            if (!IsFree(agent, day) || !IsFree(partner, day)) return false;
            any |= state.At(agent, day).Variant != state.At(partner, day).Variant;
        }

        return any && Give(ref random, partner, agent, row, end) && Give(ref random, agent, partner, row, end);
    }

    /// <summary>Two agents exchange a working day for a working day on another date: both keep their hours.</summary>
    private bool CounterExchange(ref RosterRandom random, int agent, int row)
    {
        var partner = random.Below(compiled.Agents);
        var other = row + (1 + random.Below(6)) * (random.Below(2) == 0 ? 1 : -1);
        if (partner == agent || other < _offset || other >= _end) return false;
        if (state.At(agent, row).IsWorking == state.At(partner, row).IsWorking || state.At(agent, other).IsWorking == state.At(partner, other).IsWorking)
            return false;
        if (!IsFree(agent, row) || !IsFree(partner, row) || !IsFree(agent, other) || !IsFree(partner, other)) return false;
        return Give(ref random, partner, agent, row, row + 1) && Give(ref random, partner, agent, other, other + 1)
            && Give(ref random, agent, partner, row, row + 1) && Give(ref random, agent, partner, other, other + 1);
    }

    /// <summary>A worked weekend goes to somebody who has it free, who gives as many days of that week or the next, or all of them, in return.</summary>
    private bool Weekend(ref RosterRandom random, int agent)
    {
        var weekends = compiled.Calendar.WholeWeekends;
        var (from, to) = weekends[random.Below(weekends.Length)];
        var partner = random.Below(compiled.Agents);
        if (partner == agent || Worked(agent, from, to) is var owed && owed == 0 || Worked(partner, from, to) > 0) return false;
        var (first, last) = random.Below(4) > 0 ? (Math.Max(_offset, to - DaysPerWeek), to) : (from, Math.Min(_end, from + DaysPerWeek));
        var all = random.Below(3) == 0;
        Span<bool> given = stackalloc bool[last - first];
        var begin = random.Below(last - first); // days that lie together more often than not
        for (var k = 0; k < given.Length; k++)
        {
            var at = (begin + k) % given.Length;
            var day = first + at;
            var isOwed = owed > 0 && (day < from || day >= to) && !state.At(agent, day).IsWorking && state.At(partner, day).IsWorking;
            if (isOwed) owed--;
            given[at] = all || isOwed || (day >= from && day < to);
            if (given[at] && (!IsFree(agent, day) || !IsFree(partner, day))) return false;
        }

        return (all || owed == 0) && Give(ref random, partner, agent, first, given) && Give(ref random, agent, partner, first, given);
    }

    /// <summary>A run of working days takes the shift of one of them.</summary>
    private bool Align(ref RosterRandom random, int agent, int row)
    {
        var model = state.At(agent, row);
        if (model.Variant <= 0 || !IsFree(agent, row)) return false;
        var variants = compiled.Eligibility.On(agent, row);
        if (random.Below(2) == 0 && !CellChoice.Draw(compiled, ref random, agent, variants[random.Below(variants.Length)], out model)) return false;
        var end = Math.Min(row + 1 + random.Below(5), _end);
        for (var day = row; day < end; day++)
        {
            if (!state.At(agent, day).IsWorking) continue;
            if (!IsFree(agent, day) || !Transfer(ref random, model, agent, day, out var cell)) return false;
            state.Set(agent, day, cell);
        }

        return true;
    }

    private int Worked(int agent, int row, int end)
    {
        var worked = 0;
        for (; row < end; row++)
        {
            if (state.At(agent, row).IsWorking) worked++;
        }

        return worked;
    }

    private bool Give(ref RosterRandom random, int from, int to, int first, ReadOnlySpan<bool> days)
    {
        for (var k = 0; k < days.Length; k++)
        {
            if (days[k] && !Give(ref random, from, to, first + k, first + k + 1)) return false;
        }

        return true;
    }

    private bool Give(ref RosterRandom random, int from, int to, int row, int end)
    {
        for (var day = row; day < end; day++)
        {
            var model = state.At(from, day);
            var cell = default(DayCell);
            if (model.IsWorking && !CellChoice.DrawSimilar(compiled, ref random, to, model.Variant, model, out cell)) return false;
            state.Set(to, day, cell);
        }

        return true;
    }

    private bool Transfer(ref RosterRandom random, DayCell model, int agent, int row, out DayCell cell)
    {
        cell = default;
        if (!model.IsWorking) return true;
        if (model.Variant < 0 || model.Variant >= compiled.Shifts.FirstPinned) return false;
        var shift = compiled.Shifts[model.Variant];
        var variant = shift.Row == row ? model.Variant : compiled.Shifts.At(shift.Template, shift.StartIndex, row);
        return variant > 0 && CellChoice.DrawSimilar(compiled, ref random, agent, variant, model, out cell);
    }

    private bool IsFree(int agent, int row) => !compiled.Start.Pinned[(agent * _rows) + row];
}
