namespace Wfm.Scheduling.Allocation.Programme;

/// <summary>The rows of a programme: which row stands for what.</summary>
internal sealed class AllocationRows
{
    private const double Nudge = 1e-5; // against ties: far below a head
    private readonly List<int> _limits = [];
    private readonly List<double> _right = [];
    private readonly List<double> _shifted = [];
    private readonly Dictionary<(int Line, string Hub), int> _cells = [];
    private readonly Dictionary<PresenceKey, int> _presence = [];
    private readonly Dictionary<(string Hub, int Interval), int> _seats = [];
    private readonly Dictionary<string, int> _nights = new(StringComparer.Ordinal);
    private readonly int[] _kinds;

    /// <param name="problem">The problem.</param>
    /// <param name="part">What of it.</param>
    /// <param name="seats">Hubs whose seats are watched.</param>
    /// <param name="isSplit">Whether every hub has a constant share.</param>
    public AllocationRows(AllocationProblem problem, AllocationPart part, IReadOnlyCollection<string> seats, bool isSplit)
    {
        Part = part;
        _kinds = new int[problem.Kinds.Count];
        foreach (var line in part.Lines)
        {
            foreach (var hub in part.HubsOf(line, isSplit))
            {
                _cells.Add((line, hub), _right.Count);
                AddNeeds(isSplit && hub.Length > 0 ? new double[problem.Span.Count] : problem.Lines[line].Heads);
            }
        }

        foreach (var (key, heads) in part.Presence(isSplit))
        {
            _presence.Add(key, _right.Count);
            AddNeeds(key.Hub.Length > 0 ? new double[problem.Span.Count] : heads);
        }

        foreach (var kind in part.Kinds)
        {
            _kinds[kind] = _right.Count;
            AddLimit(problem.Kinds[kind].MaximumHours);
            AddLimit(problem.Kinds[kind].MaximumShifts);
            foreach (var moment in problem.Kinds[kind].Moments)
            {
                AddLimit(moment);
            }
        }

        foreach (var hub in problem.Hubs.Where(h => seats.Contains(h.Code) && part.Hubs.Contains(h.Code)))
        {
            for (var t = 0; t < problem.Span.Count; t++)
            {
                _seats.Add((hub.Code, t), AddLimit(hub.Seats!.Value));
            }
        }

        foreach (var hub in problem.Hubs.Where(h => h.MaximumNightHours is not null && part.Hubs.Contains(h.Code)))
        {
            _nights.Add(hub.Code, _right.Count);
            AddLimit(hub.MaximumNightHours!.Value);
        }

        if (problem.MaximumNightHours is not { } most) return;
        _nights.Add("", _right.Count);
        AddLimit(most);
    }

    public AllocationPart Part { get; }

    public int Count => _right.Count;

    /// <summary>Rows whose left side is at most the right.</summary>
    public IEnumerable<int> Limits => _limits;

    public IReadOnlyDictionary<(int Line, string Hub), int> Cells => _cells;

    public IReadOnlyDictionary<PresenceKey, int> PresenceCells => _presence;

    /// <summary>Right-hand side as it is meant.</summary>
    public double[] Right => [.. _right];

    /// <summary>Right-hand side as it is solved: a little more need and a little less room, each by another amount.</summary>
    public double[] Shifted => [.. _shifted];

    public int Hours(int kind) => _kinds[kind];

    public int Shifts(int kind) => _kinds[kind] + 1;

    public int Moment(int kind, int moment) => _kinds[kind] + 2 + moment;

    public int? Seats(string hub, int interval) => _seats.TryGetValue((hub, interval), out var row) ? row : null;

    /// <summary>Row of a hub's cap on night hours, of all hubs' with an empty code.</summary>
    public int? Nights(string hub) => _nights.TryGetValue(hub, out var row) ? row : null;

    /// <summary>First row of the cells a hub's people serve of a line.</summary>
    public int Cell(int line, string hub) => _cells.TryGetValue((line, ""), out var row) ? row : _cells[(line, hub)];

    /// <summary>First row of the presence a hub's people add to.</summary>
    public int? Presence(AllocationLine line, string hub) =>
        _presence.TryGetValue(new PresenceKey(line.Group, line.Hub, ""), out var row)
        || _presence.TryGetValue(new PresenceKey(line.Group, line.Hub, hub), out row) ? row : null;

    /// <summary>A row whose left side is at most a limit.</summary>
    public int AddLimit(double limit)
    {
        _limits.Add(_right.Count);
        return Add(limit, limit > 0 ? -Math.Min(limit / 2, Shift()) : Shift());
    }

    /// <summary>A row whose left side is a value.</summary>
    public int AddEqual(double value) => Add(value, 0);

    private void AddNeeds(double[] needs)
    {
        foreach (var need in needs)
        {
            Add(need, Shift());
        }
    }

    private int Add(double right, double shift)
    {
        _right.Add(right);
        _shifted.Add(right + shift);
        return _right.Count - 1;
    }

    private double Shift() => Nudge * (0.5 + (_right.Count * 7919L % 104729 / 209458.0));
}
