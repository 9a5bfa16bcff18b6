using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Solving.Columns;

/// <summary>The linear programme that mixes known rosters of each agent so that demand is covered at least cost (Dantzig and Wolfe 1960).</summary>
/// <remarks>
/// A row for every place of coverage that costs anything, in heads, and one for every agent, whose rosters share a weight of 1. What is missing or too much at
/// a place are columns too, one for each slope of its cost.
/// </remarks>
internal sealed class RestrictedMaster
{
    private const int MostRows = 1_600;

    private readonly CompiledProblem _compiled;
    private readonly Simplex _programme;
    private readonly int[] _places;
    private readonly int[] _rowOf;
    private readonly double[] _head;
    private readonly double[] _right;
    private readonly int[] _agentRow;
    private readonly List<RosterColumn?> _columns = [];
    private readonly List<RosterColumn>[] _ofAgent;

    /// <param name="compiled">The problem.</param>
    /// <param name="start">A roster of each agent for whom others are to be found.</param>
    /// <param name="scheduled">What all others and the fixed shifts cover.</param>
    public RestrictedMaster(CompiledProblem compiled, RosterColumn[] start, double[] scheduled)
    {
        var agents = Array.ConvertAll(start, c => c.Agent);
        (_compiled, Agents) = (compiled, agents);
        var costs = compiled.Costs;
        _places = [.. Places(costs)];
        _rowOf = new int[costs.Required.Length];
        _agentRow = new int[compiled.Agents];
        _ofAgent = new List<RosterColumn>[compiled.Agents];
        Array.Fill(_rowOf, -1);
        Array.Fill(_agentRow, -1);
        _right = new double[_places.Length + agents.Length];
        _head = new double[_places.Length];
        for (var row = 0; row < _places.Length; row++)
        {
            var k = _places[row];
            _head[row] = CoverageCosts.HeadUnits(compiled.Problem.Demand[k / costs.Stride], compiled.Calendar);
            (_rowOf[k], _right[row]) = (row, (costs.Required[k] - scheduled[k]) / _head[row]);
        }

        for (var i = 0; i < agents.Length; i++)
        {
            (_agentRow[agents[i]], _right[_places.Length + i], _ofAgent[agents[i]]) = (_places.Length + i, 1, []);
        }

        var missing = Missing(start);
        _programme = new Simplex(_right, compiled.Costs.TypicalShift);
        var slacks = Enumerable.Range(0, _places.Length).Select(row => Slacks(row, missing[row] < 0)).ToArray();
        foreach (var column in start)
        {
            Add(column);
        }

        _programme.Start([.. slacks, .. agents.Select(a => _ofAgent[a][0].Id)]);
    }

    /// <summary>A copy that goes its own way.</summary>
    public RestrictedMaster(RestrictedMaster other)
    {
        (_compiled, Agents, _places, _rowOf, _head) = (other._compiled, other.Agents, other._places, other._rowOf, other._head);
        (_right, _agentRow, _programme) = (other._right, other._agentRow, new Simplex(other._programme));
        (_columns, _ofAgent) = ([.. other._columns], Array.ConvertAll(other._ofAgent, c => c is null ? null! : new List<RosterColumn>(c)));
    }

    /// <summary>Whether the programme of all agents is small enough for its inverse to be kept.</summary>
    public static bool Suits(CompiledProblem compiled) => Places(compiled.Costs).Count() + compiled.Agents <= MostRows;

    public int[] Agents { get; }

    /// <summary>Work in units of a thousand multiplications.</summary>
    public long Work => _programme.Work;

    /// <summary>Cost of the best mix after a solve.</summary>
    public double Value => _programme.Objective(_right);

    /// <summary>Rosters of an agent in the programme.</summary>
    public IReadOnlyList<RosterColumn> Of(int agent) => _ofAgent[agent];

    /// <summary>Adds a roster unless it is there; one that was set aside comes back.</summary>
    public bool Add(RosterColumn column)
    {
        if (_ofAgent[column.Agent].Find(c => c.IsLike(column)) is { } known) return _programme.Bar(known.Id, isOut: false);
        var (rows, entries) = Entries(column);
        var own = column with { Id = _programme.Add(column.Cost, double.PositiveInfinity, rows, entries) };
        while (_columns.Count <= own.Id)
        {
            _columns.Add(null);
        }

        _columns[own.Id] = own;
        _ofAgent[column.Agent].Add(own);
        return true;
    }

    public bool Solve(int most) => _programme.Solve(most);

    /// <summary>Prices of coverage after a solve: what one more unit costs.</summary>
    public void Prices(double[] prices)
    {
        Array.Clear(prices);
        for (var row = 0; row < _places.Length; row++)
        {
            prices[_places[row]] = -_programme.Duals[row] / _head[row];
        }
    }

    /// <summary>What a roster would save, below zero, at the prices of the last solve.</summary>
    public double Reduced(RosterColumn column)
    {
        var (rows, entries) = Entries(column);
        return _programme.Reduced(column.Cost, rows, entries);
    }

    /// <summary>Cost of the cheapest roster known of an agent at prices of coverage.</summary>
    public double Cheapest(int agent, double[] prices) => _ofAgent[agent].Min(c => c.CostAt(prices));

    /// <summary>The rosters of the mix and their weights.</summary>
    public IEnumerable<(RosterColumn Column, double Weight)> Mix()
    {
        for (var row = 0; row < _right.Length; row++)
        {
            var (id, weight) = _programme.Basic(row);
            if (id < _columns.Count && _columns[id] is { } column && weight > 1e-4) yield return (column, weight);
        }
    }

    /// <summary>Leaves an agent no other roster of those known.</summary>
    public void Fix(RosterColumn column)
    {
        foreach (var other in _ofAgent[column.Agent])
        {
            _programme.Bar(other.Id, isOut: other.Id != column.Id);
        }
    }

    /// <summary>Keeps the present mix, and who is fixed, for <see cref="Recall"/>.</summary>
    public void Remember() => _programme.Remember();

    /// <summary>Goes back to the mix remembered; no roster may have been added since.</summary>
    public void Recall() => _programme.Recall();

    /// <summary>Sets rosters aside that would cost so much more than those of the mix, to keep the programme small.</summary>
    public void Narrow(double most)
    {
        foreach (var column in Agents.SelectMany(a => _ofAgent[a]))
        {
            if (_programme.Reduced(column.Id) > most) _programme.Bar(column.Id, isOut: true);
        }
    }

    private static IEnumerable<int> Places(CoverageCosts costs) =>
        Enumerable.Range(0, costs.Required.Length).Where(k => costs.Under[k] + costs.DeepUnder[k] + costs.RelaxedMinimumUnder[k] + costs.Over[k] > 0);

    private (int[] Rows, double[] Entries) Entries(RosterColumn column)
    {
        var rows = new List<int>(column.Cover.Length + 1);
        var entries = new List<double>(column.Cover.Length + 1);
        for (var i = 0; i < column.Cover.Length; i++)
        {
            var row = _rowOf[column.Cover[i]];
            if (row < 0) continue;
            rows.Add(row);
            entries.Add(column.Amounts[i] / _head[row]);
        }

        rows.Add(_agentRow[column.Agent]);
        entries.Add(1);
        return ([.. rows], [.. entries]);
    }

    // Missing heads by the slopes of their cost, the last without bound, and superfluous ones; the column to start from.
    private int Slacks(int row, bool isOver)
    {
        var (costs, k, head) = (_compiled.Costs, _places[row], _head[row]);
        var over = _programme.Add(costs.Over[k] * head, double.PositiveInfinity, [row], [-1]);
        var kinks = new[]
        {
            (At: costs.Required[k], Slope: costs.Under[k]),
            (At: costs.Deep[k], Slope: costs.DeepUnder[k]),
            (At: costs.RelaxedMinimum[k], Slope: costs.RelaxedMinimumUnder[k]),
        }
            .Where(x => x.Slope > 0).OrderByDescending(x => x.At).ToArray();
        var (slope, missing) = (0.0, over);
        if (kinks.Length == 0 || kinks[0].At < costs.Required[k])
            missing = _programme.Add(0, kinks.Length == 0 ? double.PositiveInfinity : (costs.Required[k] - kinks[0].At) / head, [row], [1]);
        for (var i = 0; i < kinks.Length; i++)
        {
            slope += kinks[i].Slope;
            var length = i + 1 < kinks.Length ? (kinks[i].At - kinks[i + 1].At) / head : double.PositiveInfinity;
            if (length > 0) missing = _programme.Add(slope * head, length, [row], [1]);
        }

        return isOver ? over : missing;
    }

    // Heads missing, below zero superfluous, when each agent works the first roster.
    private double[] Missing(RosterColumn[] start)
    {
        var missing = (double[])_right.Clone();
        foreach (var column in start)
        {
            for (var i = 0; i < column.Cover.Length; i++)
            {
                var row = _rowOf[column.Cover[i]];
                if (row >= 0) missing[row] -= column.Amounts[i] / _head[row];
            }
        }

        return missing;
    }
}
