using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Repair;

/// <summary>Proposes the moves of a repair: around the gaps that the change opened and around the days that differ already, nowhere else.</summary>
internal sealed class RepairMoves
{
    private readonly CompiledProblem _compiled;
    private readonly RepairState _state;
    private readonly Closeness _closeness;
    private readonly OpenedGaps _gaps;
    private readonly int[] _involved;
    private readonly int _earliest;
    private readonly int _offset;
    private readonly int _end;
    private readonly int _rows;

    /// <param name="compiled">The problem after the change.</param>
    /// <param name="state">The roster.</param>
    /// <param name="closeness">What was published.</param>
    /// <param name="gaps">Where heads are missing.</param>
    /// <param name="from">No shift is begun before it.</param>
    public RepairMoves(CompiledProblem compiled, RepairState state, Closeness closeness, OpenedGaps gaps, Instant? from)
    {
        (_compiled, _state, _closeness, _gaps) = (compiled, state, closeness, gaps);
        (_offset, _end, _rows) = (compiled.Calendar.Offset, compiled.Calendar.End, compiled.Calendar.Rows);
        _earliest = from is { } moment ? (int)Math.Ceiling((moment - compiled.Calendar.Origin).TotalMinutes) : int.MinValue;
        _involved = [.. Enumerable.Range(0, compiled.Agents).Where(closeness.IsInvolved)];
    }

    /// <summary>Proposes one move.</summary>
    /// <returns>False when the drawn move makes no sense here.</returns>
    public bool Propose(ref RosterRandom random)
    {
        _state.Begin();
        return random.Below(20) switch
        {
            < 9 => Cover(ref random),
            < 12 => Regroup(ref random),
            < 14 => HandOver(ref random),
            < 16 => Vary(ref random),
            < 18 => Involved(ref random),
            _ => Revert(ref random),
        };
    }

    /// <summary>Somebody skilled takes a shift over a gap, for the day's own shift or for another day of the week, or on top.</summary>
    private bool Cover(ref RosterRandom random)
    {
        var (group, interval) = Gap(ref random);
        if (group < 0 || _compiled.Skills.Skilled[group] is not { Length: > 0 } skilled) return false;
        var agent = skilled[random.Below(skilled.Length)];
        var row = Math.Max(_offset, _gaps.Row(interval) - (random.Below(4) == 0 ? 1 : 0));
        if (!GapMoves.Cover(_compiled, ref random, agent, row, group, interval, _earliest, out var cell)) return false;
        var wasFree = !_state.At(agent, row).IsWorking;
        _state.Set(agent, row, cell);
        if (wasFree && random.Below(2) == 0) GiveUp(ref random, agent, row);
        return true;
    }

    /// <summary>Somebody at work then changes to the group of the gap, until the next break where a shift may serve two.</summary>
    private bool Regroup(ref RosterRandom random)
    {
        var (group, interval) = Gap(ref random);
        if (group < 0 || _compiled.Skills.Skilled[group] is not { Length: > 0 } skilled) return false;
        var (row, minute) = (_gaps.Row(interval), interval * _compiled.Calendar.IntervalMinutes);
        for (var look = 0; look < GapMoves.Looks; look++)
        {
            var agent = skilled[random.Below(skilled.Length)];
            ref readonly var model = ref _state.At(agent, row);
            if (!IsFree(agent, row) || model.Variant <= 0 || model.Start > minute || model.End <= minute) continue;
            if (model.GroupOf(Math.Max(0, _compiled.Shifts.BlockAt(model, minute))) == group) continue;
            if (!GapMoves.Lend(_compiled, ref random, agent, model, group, interval, out var cell)
                && !GapMoves.InGroup(_compiled, ref random, agent, model.Variant, group, _earliest, out cell)) return false;
            _state.Set(agent, row, cell);
            return true;
        }

        return false;
    }

    /// <summary>A changed shift goes to somebody else, and its holder back to what was published.</summary>
    private bool HandOver(ref RosterRandom random)
    {
        if (!Differing(ref random, out var agent, out var row) || !CanRevert(agent, row)) return false;
        var model = _state.At(agent, row);
        var other = random.Below(_compiled.Agents);
        if (other != agent && random.Below(2) == 0) return HandOverWeek(ref random, agent, other, row);
        if (!model.IsWorking || other == agent || !IsFree(other, row) || _state.At(other, row).Variant == model.Variant) return false;
        if (!CellChoice.DrawSimilar(_compiled, ref random, other, model.Variant, model, out var cell)) return false;
        _state.Set(agent, row, _closeness.Published(agent, row));
        _state.Set(other, row, cell);
        if (_closeness.Published(other, row).IsWorking || random.Below(2) == 0) return true;
        GiveUp(ref random, other, row);
        return true;
    }

    // All changed shifts of a week at once: a weekend that is taken whole goes whole.
    private bool HandOverWeek(ref RosterRandom random, int agent, int other, int row)
    {
        var (from, to) = _compiled.Calendar.OpenDays(_compiled.Calendar.Week(row));
        for (var day = from; day < to; day++)
        {
            if (IsChanged(agent, day)) _state.Set(agent, day, _closeness.Published(agent, day));
        }

        var any = false;
        for (var day = from; day < to; day++)
        {
            if (!IsChanged(agent, day)) continue;
            ref readonly var model = ref _state.At(agent, day);
            if (!IsFree(other, day) || _state.At(other, day).IsWorking) return false;
            if (!CellChoice.DrawSimilar(_compiled, ref random, other, model.Variant, model, out var cell)) return false;
            _state.Set(other, day, cell);
            any = true;
        }

        return any;
    }

    private bool IsChanged(int agent, int row) =>
        _state.At(agent, row).IsWorking && _closeness.Differs(agent, row, _state.At(agent, row)) && CanRevert(agent, row);

    /// <summary>A changed day, or one near it, takes another shift, other breaks, or becomes free.</summary>
    private bool Vary(ref RosterRandom random)
    {
        if (!Differing(ref random, out var agent, out var row)) return false;
        return random.Below(3) == 0 ? Breaks(ref random, agent, row) : Redraw(ref random, agent, Near(ref random, row));
    }

    /// <summary>Somebody who is part of the change takes another shift, or a day off.</summary>
    private bool Involved(ref RosterRandom random)
    {
        if (_involved.Length == 0) return false;
        var agent = _involved[random.Below(_involved.Length)];
        return Redraw(ref random, agent, _offset + random.Below(_compiled.Calendar.Days));
    }

    /// <summary>A changed day, or all changed days of its agent in the week, go back to what was published.</summary>
    private bool Revert(ref RosterRandom random)
    {
        if (!Differing(ref random, out var agent, out var row)) return false;
        if (random.Below(2) == 0)
        {
            if (!CanRevert(agent, row)) return false;
            _state.Set(agent, row, _closeness.Published(agent, row));
            return true;
        }

        var any = false;
        var (from, to) = _compiled.Calendar.OpenDays(_compiled.Calendar.Week(row));
        for (var day = from; day < to; day++)
        {
            if (!_closeness.Differs(agent, day, _state.At(agent, day)) || !CanRevert(agent, day)) continue;
            _state.Set(agent, day, _closeness.Published(agent, day));
            any = true;
        }

        return any;
    }

    /// <summary>True when the published day may still stand.</summary>
    public bool CanRevert(int agent, int row)
    {
        ref readonly var was = ref _closeness.Published(agent, row);
        return IsFree(agent, row) && (!was.IsWorking
            || (was.Variant > 0 && _compiled.Eligibility.IsAllowed(agent, was.Variant)
                && Array.IndexOf(_compiled.Eligibility.Patterns(agent, was), (int)was.Pattern) >= 0));
    }

    private bool Breaks(ref RosterRandom random, int agent, int row)
    {
        var model = _state.At(agent, row);
        if (!IsFree(agent, row) || model.Variant <= 0) return false;
        if (!CellChoice.Rebreak(_compiled, ref random, agent, model, out var cell) || cell.Pattern == model.Pattern) return false;
        _state.Set(agent, row, cell);
        return true;
    }

    private bool Redraw(ref RosterRandom random, int agent, int row)
    {
        var variants = _compiled.Eligibility.On(agent, row);
        if (variants.Length == 0) return false;
        var cell = default(DayCell);
        if (!_state.At(agent, row).IsWorking || random.Below(3) > 0)
        {
            var variant = variants[random.Below(variants.Length)];
            if (_compiled.Shifts[variant].Start < _earliest || !CellChoice.Draw(_compiled, ref random, agent, variant, out cell)) return false;
        }

        _state.Set(agent, row, cell);
        return true;
    }

    // One working day of the same week becomes free, so that the hours stay as they are.
    private void GiveUp(ref RosterRandom random, int agent, int row)
    {
        if (GapMoves.GivenUp(_compiled, ref random, _state.Days(agent), agent, row) is var other and >= 0) _state.Set(agent, other, default);
    }

    private (int Group, int Interval) Gap(ref RosterRandom random)
    {
        for (var look = 0; look < GapMoves.Looks && _gaps.Count > 0; look++)
        {
            var (group, interval) = _gaps[random.Below(_gaps.Count)];
            var at = (group * _compiled.Costs.Stride) + interval;
            if (_compiled.Costs.Required[at] > _state.Scheduled(at)) return (group, interval);
        }

        return (-1, 0);
    }

    private bool Differing(ref RosterRandom random, out int agent, out int row)
    {
        var differing = _state.Differing;
        (agent, row) = (0, 0);
        if (differing.Length == 0) return false;
        (agent, row) = Math.DivRem(differing[random.Below(differing.Length)], _rows);
        return true;
    }

    private int Near(ref RosterRandom random, int row) => Math.Clamp(row + random.Below(7) - 3, _offset, _end - 1);

    private bool IsFree(int agent, int row) => !_compiled.Start.Pinned[(agent * _rows) + row];
}
