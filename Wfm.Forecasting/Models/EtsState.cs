namespace Wfm.Forecasting.Models;

/// <summary>Smoothing parameters and the state of an ETS model.</summary>
/// <param name="form">Member of the family.</param>
/// <param name="seasonLength">m; 1 without a season.</param>
internal sealed class EtsState(EtsForm form, int seasonLength)
{
    public double Alpha { get; set; }

    public double Beta { get; set; }

    public double Gamma { get; set; }

    public double Phi { get; set; } = 1;

    public double Level { get; set; }

    public double Slope { get; set; }

    /// <summary>Seasonal states in a ring; empty without a season.</summary>
    public double[] Season { get; private set; } = form.Season == EtsComponent.None ? [] : new double[seasonLength];

    /// <summary>Slot of <see cref="Season"/> that the next observation meets.</summary>
    public int Phase { get; set; }

    public EtsForm Form => form;

    /// <summary>Form, parameters and states as numbers to be stored.</summary>
    public double[] ToArray() =>
    [
        (int)form.Error, (int)form.Trend, (int)form.Season, form.Damped ? 1 : 0, seasonLength, Alpha, Beta, Gamma, Phi, Level, Slope, Phase, .. Season,
    ];

    /// <summary>The state that <see cref="ToArray"/> stored.</summary>
    public static EtsState From(ReadOnlySpan<double> stored)
    {
        var form = new EtsForm((EtsComponent)stored[0], (EtsComponent)stored[1], (EtsComponent)stored[2], stored[3] != 0);
        var state = new EtsState(form, (int)stored[4])
        {
            Alpha = stored[5],
            Beta = stored[6],
            Gamma = stored[7],
            Phi = stored[8],
            Level = stored[9],
            Slope = stored[10],
            Phase = (int)stored[11],
        };
        stored[12..].CopyTo(state.Season);
        return state;
    }

    /// <summary>The same parameters and states with an additive error.</summary>
    public EtsState WithAdditiveError()
    {
        var stored = ToArray();
        stored[0] = (int)EtsComponent.Additive;
        return From(stored);
    }

    public EtsState Clone()
    {
        var copy = (EtsState)MemberwiseClone();
        copy.Season = [.. Season];
        return copy;
    }

    /// <summary>Runs the recursions over observations and leaves the state after the last.</summary>
    /// <param name="y">Observations.</param>
    /// <returns>
    /// n·log Σe² (+ 2·Σ log|ŷ| for multiplicative errors): minus twice the log-likelihood but for a constant, as in R; infinite where a
    /// multiplicative model leaves its domain.
    /// </returns>
    public double Run(ReadOnlySpan<double> y)
    {
        var multiplicative = form.Error == EtsComponent.Multiplicative;
        var seasonal = form.Season;
        var (level, slope, phase) = (Level, Slope, Phase);
        var (squares, logs) = (0.0, 0.0);
        foreach (var value in y)
        {
            var trend = level + (Phi * slope);
            var season = seasonal == EtsComponent.None ? 0 : Season[phase];
            var fitted = seasonal switch
            {
                EtsComponent.Additive => trend + season,
                EtsComponent.Multiplicative => trend * season,
                _ => trend,
            };
            var error = value - fitted;
            if (multiplicative)
            {
                if (!(fitted > 0))
                {
                    return double.PositiveInfinity;
                }

                squares += error / fitted * (error / fitted);
                logs += Math.Log(fitted);
            }
            else
            {
                squares += error * error;
            }

            // R's recursions: p is the observation without its season, q the level and slope before it.
            var p = seasonal switch
            {
                EtsComponent.Additive => value - season,
                EtsComponent.Multiplicative => Math.Abs(season) < 1e-10 ? 1e10 : value / season,
                _ => value,
            };
            var before = level;
            level = trend + (Alpha * (p - trend));
            if (form.Trend != EtsComponent.None)
            {
                var step = level - before;
                slope = (Phi * slope) + (Beta / Alpha * (step - (Phi * slope)));
            }

            if (seasonal != EtsComponent.None)
            {
                var t = seasonal == EtsComponent.Additive ? value - trend : Math.Abs(trend) < 1e-10 ? 1e10 : value / trend;
                Season[phase] = season + (Gamma * (t - season));
                phase = phase + 1 == Season.Length ? 0 : phase + 1;
            }
        }

        (Level, Slope, Phase) = (level, slope, phase);
        var likelihood = (y.Length * Math.Log(Math.Max(squares, 1e-300))) + (2 * logs);
        return double.IsFinite(likelihood) ? likelihood : double.PositiveInfinity;
    }

    /// <summary>Point forecasts from the state.</summary>
    public void Forecast(Span<double> mean)
    {
        var (trend, damping) = (Level, Phi);
        for (var h = 0; h < mean.Length; h++)
        {
            if (form.Trend != EtsComponent.None)
            {
                trend += damping * Slope;
                damping *= Phi;
            }

            mean[h] = form.Season switch
            {
                EtsComponent.Additive => trend + Season[(Phase + h) % Season.Length],
                EtsComponent.Multiplicative => trend * Season[(Phase + h) % Season.Length],
                _ => trend,
            };
        }
    }
}
