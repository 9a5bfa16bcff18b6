using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Maximum likelihood estimation of one member of the ETS family.</summary>
internal static class EtsEstimator
{
    private const double Least = 1e-4;

    public static EtsFit Estimate(double[] x, EtsForm form, int seasonLength, bool refineStates, double unit)
    {
        var m = form.Season == EtsComponent.None ? 1 : seasonLength;
        var start = EtsStart.States(x, form, m);
        var layout = new Layout(form, m, refineStates);
        var point = layout.Pack(start);
        var steps = layout.Steps(start, x);
        var scratch = start.Clone();
        var evaluations = refineStates ? Math.Min(4000, 300 * point.Length) : 40 * point.Length;
        NelderMead.Minimize(
            candidate => layout.Unpack(candidate, start, scratch) ? scratch.Run(x) : double.PositiveInfinity, point, steps, evaluations, 1e-9);
        layout.Unpack(point, start, scratch);
        var fitted = scratch.Clone();
        var likelihood = scratch.Run(x);
        return new EtsFit(fitted, scratch, unit, likelihood, layout.Parameters, x.Length);
    }

    /// <summary>Where each parameter lies in the vector the optimiser moves.</summary>
    private sealed class Layout(EtsForm form, int m, bool states)
    {
        private readonly bool _trend = form.Trend != EtsComponent.None;
        private readonly bool _season = form.Season != EtsComponent.None;

        /// <summary>Free parameters as AIC counts them: smoothing, starting states and variance.</summary>
        public int Parameters => 1 + (_trend ? 1 : 0) + (_season ? 1 : 0) + (form.Damped ? 1 : 0) + 1 + (_trend ? 1 : 0) + (_season ? m - 1 : 0) + 1;

        public double[] Pack(EtsState start)
        {
            // R's starting values of the smoothing parameters.
            var alpha = Least + (0.2 * (0.9999 - Least) / m);
            var beta = Least + (0.1 * (Math.Min(0.9999, alpha) - Least));
            var gamma = Math.Max(Least + (0.05 * (1 - alpha - Least)), Least);
            var point = new List<double> { alpha };
            Add(_trend, beta);
            Add(_season, gamma);
            Add(form.Damped, 0.8 + (0.99 * 0.18));
            if (states)
            {
                point.Add(start.Level);
                Add(_trend, start.Slope);
                point.AddRange(_season ? start.Season[..^1] : []);
            }

            return [.. point];

            void Add(bool has, double value)
            {
                if (has)
                {
                    point.Add(value);
                }
            }
        }

        public double[] Steps(EtsState start, double[] x)
        {
            var spread = Math.Max(Statistics.RobustDeviation(x, Statistics.Median(x)), 1e-3);
            var smoothing = 1 + (_trend ? 1 : 0) + (_season ? 1 : 0);
            var steps = new List<double>();
            steps.AddRange(Enumerable.Repeat(0.1, smoothing));
            steps.AddRange(form.Damped ? [-0.05] : []);
            if (states)
            {
                steps.Add(0.1 * spread);
                steps.AddRange(_trend ? [0.1 * Math.Max(Math.Abs(start.Slope), 0.01 * spread)] : []);
                steps.AddRange(Enumerable.Repeat(form.Season == EtsComponent.Multiplicative ? 0.05 : 0.1 * spread, _season ? m - 1 : 0));
            }

            return [.. steps];
        }

        /// <summary>Writes a vector into a state; <see langword="false"/> outside the bounds.</summary>
        public bool Unpack(ReadOnlySpan<double> point, EtsState start, EtsState state)
        {
            var next = 0;
            state.Alpha = point[next++];
            state.Beta = _trend ? point[next++] : 0;
            state.Gamma = _season ? point[next++] : 0;
            state.Phi = form.Damped ? point[next++] : 1;
            if (!(state.Alpha is >= Least and <= 0.9999) || (_trend && !(state.Beta >= Least && state.Beta <= state.Alpha))
                || (_season && !(state.Gamma >= Least && state.Gamma <= 1 - state.Alpha)) || (form.Damped && !(state.Phi is >= 0.8 and <= 0.98)))
            {
                return false;
            }

            state.Phase = start.Phase;
            state.Level = states ? point[next++] : start.Level;
            state.Slope = states && _trend ? point[next++] : start.Slope;
            if (!_season)
            {
                return true;
            }

            if (!states)
            {
                start.Season.CopyTo(state.Season, 0);
                return true;
            }

            // The last seasonal state follows from the others: they sum to 0, or to m.
            var rest = form.Season == EtsComponent.Additive ? 0.0 : m;
            for (var i = 0; i < m - 1; i++)
            {
                state.Season[i] = point[next++];
                rest -= state.Season[i];
            }

            state.Season[m - 1] = rest;
            return form.Season == EtsComponent.Additive || state.Season.All(s => s > 0);
        }
    }
}
