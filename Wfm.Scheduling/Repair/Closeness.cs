using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Repair;

/// <summary>How far a roster is from the published one, in units of <see cref="Money"/>; kept up to date by the days that change.</summary>
internal sealed class Closeness
{
    private readonly DayCell[] _published;
    private readonly bool[] _forced;
    private readonly bool[] _involved;
    private readonly double[] _factors;
    private readonly int[] _changedDays;
    private readonly int _rows;
    private readonly double _activity;
    private readonly double _moved;
    private readonly double _freed;
    private readonly double _dayOff;
    private readonly double _person;

    /// <param name="compiled">The problem after the change.</param>
    /// <param name="cells">What was published.</param>
    /// <param name="involved">Agents who are part of the change.</param>
    /// <param name="options">Costs, and the moment from which notice is counted.</param>
    public Closeness(CompiledProblem compiled, PublishedCells cells, bool[] involved, RepairOptions options)
    {
        (_published, _involved, _rows) = (cells.Published, involved, compiled.Calendar.Rows);
        _forced = new bool[_published.Length];
        foreach (var dropped in cells.Dropped)
        {
            _forced[(dropped.Agent * _rows) + dropped.Row] = true;
        }

        var costs = options.Costs;
        (_activity, _moved, _freed) = (Money.Of(costs.ActivityCost), Money.Of(costs.MovedCost), Money.Of(costs.FreedCost));
        (_dayOff, _person) = (Money.Of(costs.DayOffCost), Money.Of(costs.PersonCost));
        var noticeEnds = options.From?.InZone(compiled.Calendar.Zone).Date.PlusDays(costs.NoticeDays) ?? LocalDate.MinIsoValue;
        _factors = [.. Enumerable.Range(0, _rows).Select(row => compiled.Calendar.Date(row) < noticeEnds ? costs.NoticeFactor : 1)];
        _changedDays = new int[involved.Length];
    }

    /// <summary>Cost of all differences.</summary>
    public double Total { get; private set; }

    public bool IsInvolved(int agent) => _involved[agent];

    public ref readonly DayCell Published(int agent, int row) => ref _published[(agent * _rows) + row];

    public bool Differs(int agent, int row, in DayCell cell) => !cell.IsSame(_published[(agent * _rows) + row]);

    /// <summary>Cost of a day that holds a cell. A shift that cannot stay costs nothing to take away, and nothing more than a move to replace.</summary>
    public double Of(int agent, int row, in DayCell cell)
    {
        ref readonly var was = ref _published[(agent * _rows) + row];
        if (cell.IsSame(was)) return 0;
        if (!cell.IsWorking) return _forced[(agent * _rows) + row] ? 0 : Priced(_freed, row);
        if (!was.IsWorking) return Priced(_dayOff, row);
        return Priced(cell.Start == was.Start && cell.End == was.End ? _activity : _moved, row);
    }

    /// <summary>Cost of the people changed, when the changed days of one agent grow by a number.</summary>
    public double PersonChange(int agent, int days)
    {
        if (_involved[agent]) return 0;
        var (before, after) = (_changedDays[agent] > 0, _changedDays[agent] + days > 0);
        return before == after ? 0 : after ? _person : -_person;
    }

    public void Accept(double change) => Total += change;

    public void AcceptDays(int agent, int days) => _changedDays[agent] += days;

    /// <summary>Counts from scratch.</summary>
    public void Recount(ReadOnlySpan<DayCell> cells)
    {
        (Total, var days) = (0, _changedDays);
        Array.Clear(days);
        for (var at = 0; at < cells.Length; at++)
        {
            var (agent, row) = (at / _rows, at % _rows);
            if (!Differs(agent, row, cells[at])) continue;
            Total += Of(agent, row, cells[at]) + PersonChange(agent, 1);
            days[agent]++;
        }
    }

    private double Priced(double cost, int row) => Math.Round(cost * _factors[row]);
}
