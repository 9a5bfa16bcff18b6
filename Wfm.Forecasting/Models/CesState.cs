namespace Wfm.Forecasting.Models;

/// <summary>States of complex exponential smoothing and their recursions, forwards and backwards in time.</summary>
/// <param name="form">How the season enters.</param>
/// <param name="m">Season length; 1 for none.</param>
internal sealed class CesState(CesSeason form, int m)
{
    private double _level;
    private double _potential;
    private double[] _seasonLevel = new double[m]; // by time modulo m
    private double[] _seasonPotential = new double[m];
    private int _length;

    public CesState Clone()
    {
        var copy = (CesState)MemberwiseClone();
        (copy._seasonLevel, copy._seasonPotential) = ([.. _seasonLevel], [.. _seasonPotential]);
        return copy;
    }

    /// <summary>The states after a series.</summary>
    public static CesState After(double[] x, CesSeason form, int m, double[] smoothing)
    {
        var state = new CesState(form, m);
        state.Backcast(x, smoothing);
        return state;
    }

    /// <summary>Whether past observations lose weight with time: the roots of the errors' recursion lie inside the unit circle, part by part.</summary>
    public static bool IsStable(CesSeason form, ReadOnlySpan<double> p) =>
        Stable(p[0], p[1]) && (form != CesSeason.Full || Stable(p[2], p[3])) && (form != CesSeason.Partial || p[2] is >= 0 and <= 1);

    /// <summary>Runs forwards, backwards for the starting states, and forwards again; the sum of squared errors of the last run.</summary>
    public double Backcast(double[] x, ReadOnlySpan<double> p)
    {
        Start(x);
        Run(x, p, backwards: false);
        Run(x, p, backwards: true);
        var loss = Run(x, p, backwards: false);
        _length = x.Length;
        return double.IsFinite(loss) ? loss : double.PositiveInfinity;
    }

    /// <summary>Goes on without errors; the states are used up.</summary>
    public void Forecast(Span<double> mean, ReadOnlySpan<double> p, double low, double high)
    {
        for (var h = 0; h < mean.Length; h++)
        {
            // A value out of bounds is not fed back, so it bends nothing; one that is not a number cannot be clamped.
            var value = Step(0, (_length + h) % m, p, known: false);
            mean[h] = double.IsNaN(value) ? low : Math.Clamp(value, low, high);
        }
    }

    private static bool Stable(double a0, double a1)
    {
        var a = 1 - a0;
        var (trace, determinant) = ((2 * a) + a1, (a * a) + a + (a1 * a1) - a1);
        return Math.Abs(determinant) < 1 && Math.Abs(trace) < 1 + determinant;
    }

    /// <summary>Level and season of the first cycle; potentials near what a constant series would have, as the authors' package starts.</summary>
    private void Start(double[] x)
    {
        var head = x.AsSpan(0, Math.Min(m, x.Length));
        var mean = form == CesSeason.Simple ? 0 : Numerics.Statistics.Mean(head);
        (_level, _potential) = (mean, mean / 1.1);
        for (var phase = 0; phase < head.Length; phase++)
        {
            _seasonLevel[phase] = form == CesSeason.None ? 0 : head[phase] - mean;
            _seasonPotential[phase] = _seasonLevel[phase] / 1.1;
        }
    }

    private double Run(double[] x, ReadOnlySpan<double> p, bool backwards)
    {
        var loss = 0.0;
        var phase = backwards ? (x.Length - 1) % m : 0;
        for (var i = 0; i < x.Length; i++)
        {
            var value = x[backwards ? x.Length - 1 - i : i];
            var error = value - Step(value, phase, p, known: true);
            loss += error * error;
            phase = backwards ? (phase == 0 ? m - 1 : phase - 1) : (phase + 1 == m ? 0 : phase + 1);
        }

        return loss;
    }

    /// <summary>One step: the forecast, after which the states know the observation, or go on without.</summary>
    private double Step(double value, int phase, ReadOnlySpan<double> p, bool known)
    {
        var fitted = form switch
        {
            CesSeason.None => _level,
            CesSeason.Simple => _seasonLevel[phase],
            _ => _level + _seasonLevel[phase],
        };
        var error = known ? value - fitted : 0;
        if (form != CesSeason.Simple)
        {
            (_level, _potential) = Move(_level, _potential, p[0], p[1], error);
        }

        if (form == CesSeason.Partial)
        {
            _seasonLevel[phase] += p[2] * error;
        }
        else if (form != CesSeason.None)
        {
            var at = form == CesSeason.Full ? 2 : 0;
            (_seasonLevel[phase], _seasonPotential[phase]) = Move(_seasonLevel[phase], _seasonPotential[phase], p[at], p[at + 1], error);
        }

        return fitted;
    }

    private static (double Level, double Potential) Move(double level, double potential, double a0, double a1, double error) =>
        (level - ((1 - a1) * potential) + ((a0 - a1) * error), level + ((1 - a0) * potential) + ((a0 + a1) * error));
}
