using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Staffing;

/// <summary>The steady state of M/M/N+M, solved by integrals instead of by summing states: the cost does not grow with N.</summary>
/// <remarks>
/// Time is in units of AHT, A the offered load, δ = AHT ÷ mean patience. The virtual wait V of a contact has density ∝ e^h(t) beyond 0, with
/// h(t) = A(1 − e^(−δt))/δ − N·t, which is concave; Σ over queue states of the birth–death weights is J = N·∫₀^∞ e^h(t) dt, and so
/// P(wait) = J ÷ (1/B − 1 + J). A contact that meets V is answered with probability e^(−δV). h is taken relative to its maximum, so that an
/// overload with patient callers (J beyond 1e308) loses no digits.
/// Source: A. Mandelbaum, S. Zeltyn, “Service engineering in action: the Palm/Erlang-A queue” (2007), §§ 4–5; F. Baccelli, G. Hebuterne (1981).
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct ImpatientQueue
{
    private const double Drop = 42; // e^−42 = 6e-19 of the maximum is left out
    private const int Panels = 4;

    private readonly double _agents, _delta, _mode, _rate, _left, _right, _mass;

    public ImpatientQueue(double load, double agents, double ahtSeconds, double patienceSeconds)
    {
        _agents = agents;
        _delta = ahtSeconds / patienceSeconds;
        _mode = load > agents ? Math.Log(load / agents) / _delta : 0;
        _rate = Math.Min(load, agents); // A·e^(−δ·mode)
        (_left, _right) = Support();
        var (mass, missed, waited) = Integrate(_right);
        _mass = mass;
        var peak = load > agents ? (load - agents) / _delta - agents * _mode : 0; // h at its maximum
        var inverse = ErlangB.Inverse(load, agents);
        var idle = (inverse - 1) * Math.Exp(-peak - Math.Log(agents * mass)); // P(no wait) ÷ P(wait)
        Waiting = 1 / (1 + idle);
        Occupancy = Math.Min(1, load / agents / (1 + 1 / idle) + Waiting * (1 - Math.Exp(-peak) / (agents * mass)));
        Abandonment = Waiting * missed / mass;
        AnsweredWait = Abandonment < 1 ? Waiting * waited / mass / (1 - Abandonment) : double.PositiveInfinity;
    }

    /// <summary>Probability that a contact finds every agent busy.</summary>
    public double Waiting { get; }

    /// <summary>Share of offered contacts that leave before they are answered.</summary>
    public double Abandonment { get; }

    /// <summary>Share of the agents that is busy: A·P(no wait)/N + P(wait)·(1 − 1/J).</summary>
    /// <remarks>Equal to A·(1 − abandonment)/N by ∫h′e^h = −1, without the difference of near equals that costs half the digits in a deep overload.</remarks>
    public double Occupancy { get; }

    /// <summary>Mean wait of answered contacts, in AHT.</summary>
    public double AnsweredWait { get; }

    /// <summary>Share of offered contacts answered within t (in AHT).</summary>
    public double AnsweredWithin(double t)
    {
        var end = Math.Min(t - _mode, _right);
        if (end <= _left) return 1 - Waiting;
        var (mass, missed, _) = Integrate(end);
        return 1 - Waiting + Waiting * (mass - missed) / _mass;
    }

    /// <summary>Share of offered contacts that wait longer than t (in AHT), answered or not.</summary>
    public double WaitingLongerThan(double t)
    {
        var end = Math.Min(t - _mode, _right);
        var within = end <= _left ? 0 : Integrate(end).Mass / _mass;
        return Waiting * Math.Max(0, 1 - within) * Math.Exp(-_delta * t);
    }

    /// <summary>∫e^h, ∫(1 − e^(−δt))e^h and ∫t·e^(−δt)·e^h from the left of the support to the mode + <paramref name="end"/>.</summary>
    /// <remarks>Panels are a share of the support, but short beside the patience until e^(−δt) has died out (very impatient callers).</remarks>
    private (double Mass, double Missed, double Waited) Integrate(double end)
    {
        var (mass, missed, waited) = (0.0, 0.0, 0.0);
        var longest = (_right - _left) / Panels;
        var nodes = GaussLegendre.Nodes;
        var weights = GaussLegendre.Weights;
        for (double start = _left, width; start < end; start += width)
        {
            width = Math.Min(longest, 1.5 / _delta + Math.Max(0, start));
            if (start + 1.01 * width > end) width = end - start;
            var half = width / 2;
            for (var i = 0; i < nodes.Length; i++)
            {
                var u = start + half + half * nodes[i];
                var t = _mode + u;
                var rise = Gone(_delta * u);
                var gone = _mode == 0 ? rise : Gone(_delta * t);
                var weight = half * weights[i] * Math.Exp(_rate * rise / _delta - _agents * u);
                mass += weight;
                missed += weight * gone;
                waited += weight * (1 - gone) * t;
            }
            if (width <= 0 || start + width <= start) break;
        }
        return (mass, missed, waited);
    }

    /// <summary>Where h is within <see cref="Drop"/> of its maximum, relative to the mode; Newton's method from the outside of a concave function.</summary>
    private (double Left, double Right) Support()
    {
        var (slope, curvature) = (_agents - _rate, _rate * _delta);
        var right = 2 * Drop / (slope + Math.Sqrt(slope * slope + 2 * Drop * curvature));
        for (var i = 0; i < 4; i++) right = Newton(right);
        if (_mode == 0) return (0, right);
        var left = -Math.Sqrt(2 * Drop / curvature);
        for (var i = 0; i < 2; i++) left = Newton(left);
        return (Math.Max(-_mode, left), right);
    }

    private double Newton(double u)
    {
        var gone = Gone(_delta * u);
        return u - (_rate * gone / _delta - _agents * u + Drop) / (_rate * (1 - gone) - _agents);
    }

    /// <summary>1 − e^(−y), also for small y.</summary>
    private static double Gone(double y) => Math.Abs(y) > 0.05 ? 1 - Math.Exp(-y)
        : y * (1 - y / 2 * (1 - y / 3 * (1 - y / 4 * (1 - y / 5 * (1 - y / 6 * (1 - y / 7 * (1 - y / 8)))))));
}
