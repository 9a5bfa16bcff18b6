using System.Globalization;

namespace Wfm.Scheduling.Capacity;

/// <summary>One run of the search for classes, with the regular FTE of every path kept up to date.</summary>
internal sealed class HireSearch
{
    private readonly CapacityScenario _scenario;
    private readonly HireByGoal _goal;
    private readonly HireLifetimes _lifetimes;
    private readonly double[][] _regular;
    private readonly double[][] _output;
    private readonly int[] _hired;
    private readonly int _needed;
    private CancellationToken _cancellation;

    public HireSearch(CapacityScenario scenario, HireByGoal goal, double[][] regular, HireLifetimes lifetimes)
    {
        (_scenario, _goal, _lifetimes) = (scenario, goal, lifetimes);
        _regular = [.. regular.Select(path => (double[])path.Clone())];
        _output = [.. Enumerable.Range(0, scenario.Weeks).Select(s => CapacitySimulation.OutputOf(scenario, s))];
        _hired = new int[scenario.Weeks];
        _needed = (int)Math.Ceiling(goal.Level * regular.Length - 1e-9);
    }

    /// <summary>Weeks below the level.</summary>
    public int[] Uncovered { get; private set; } = [];

    /// <summary>People hired.</summary>
    public int People => _hired.Sum();

    /// <summary>Sum of their start weeks: more is later.</summary>
    public long StartWeeks => _hired.Select((heads, week) => (long)heads * week).Sum();

    /// <summary>Hires for each week in order, with a head start on the ramp, then drops and delays whom it can.</summary>
    public HireSearch Run(int headStart, CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken;
        for (var w = 0; w < _scenario.Weeks; w++)
        {
            while (!Covered(w) && StartFor(w, headStart) is { } start) Change(start, +1);
        }
        Uncovered = [.. Enumerable.Range(0, _scenario.Weeks).Where(w => !Covered(w))];
        for (var s = 0; s < _hired.Length; s++)
        {
            while (_hired[s] > 0 && Try(s, null)) { }
        }
        while (DelaySomebody()) { }
        return this;
    }

    public Cohort[] Classes() =>
    [
        .. Enumerable.Range(0, _hired.Length).Where(s => _hired[s] > 0)
            .Select(s => Cohort.Hired(string.Create(CultureInfo.InvariantCulture, $"class of week {s}"), _hired[s], s, _goal.ExposureFactor)),
    ];

    private bool Covered(int week)
    {
        var covered = 0;
        for (var p = 0; p < _regular.Length; p++)
        {
            if (CapacitySimulation.Covers(_scenario, p, week, _regular[p][week])) covered++;
        }
        return covered >= _needed;
    }

    /// <summary>The latest week with room whose people are past the head start; failing that, the latest whose people do anything.</summary>
    private int? StartFor(int week, int headStart)
    {
        for (var head = headStart; ; head = 0)
        {
            for (var s = week - _scenario.TrainingWeeks - head; s >= _goal.LeadWeeks; s--)
            {
                if (_hired[s] < _goal.ClassSize && _output[s][week - s] > 0) return s;
            }
            if (head == 0) return null;
        }
    }

    private bool DelaySomebody()
    {
        for (var s = _hired.Length - 2; s >= 0; s--)
        {
            if (_hired[s] > 0 && _hired[s + 1] < _goal.ClassSize && Try(s, s + 1)) return true;
        }
        return false;
    }

    /// <summary>Takes one person out of a class and into another (null: into none) if every covered week stays covered.</summary>
    private bool Try(int from, int? to)
    {
        Change(from, -1);
        if (to is { } added) Change(added, +1);
        for (var w = from; w < _scenario.Weeks; w++)
        {
            if (Covered(w) || Array.BinarySearch(Uncovered, w) >= 0) continue;
            if (to is { } back) Change(back, -1);
            Change(from, +1);
            return false;
        }
        return true;
    }

    private void Change(int start, int sign)
    {
        _cancellation.ThrowIfCancellationRequested();
        var lifetimes = _lifetimes.Of(start, sign > 0 ? _hired[start] : _hired[start] - 1);
        _hired[start] += sign;
        var output = _output[start];
        for (var p = 0; p < _regular.Length; p++)
        {
            var path = _regular[p].AsSpan(start, lifetimes[p]);
            for (var k = _scenario.TrainingWeeks; k < path.Length; k++) path[k] += sign * output[k];
        }
    }
}
