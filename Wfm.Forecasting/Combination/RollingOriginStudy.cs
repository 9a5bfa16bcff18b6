using Wfm.Forecasting.Models;

namespace Wfm.Forecasting.Combination;

/// <summary>What each model would have forecast at each rolling origin.</summary>
/// <param name="Plan">The origins.</param>
/// <param name="Forecasts">By model, origin and step; <see langword="null"/> for a model that could not be fitted at the first origin.</param>
internal sealed record RollingOriginStudy(OriginPlan Plan, double[][]?[] Forecasts)
{
    /// <summary>Runs models over origins.</summary>
    /// <remarks>Parameters are learned once, at the first origin, and carried along: later origins only bring the state up to date, but for models that
    /// cost little to fit (<see cref="IForecastModel.IsRefitted"/>). Nothing after an origin is ever seen before it.</remarks>
    /// <param name="models">The models.</param>
    /// <param name="seen">By origin: what models see of what is known there.</param>
    /// <param name="seasonLengths">Season lengths, ascending.</param>
    /// <param name="plan">The origins.</param>
    /// <param name="cancellationToken">Looked at before each model.</param>
    public static RollingOriginStudy Run(
        IReadOnlyList<IForecastModel> models, double[][] seen, ReadOnlySpan<int> seasonLengths, OriginPlan plan, CancellationToken cancellationToken)
    {
        var forecasts = new double[][]?[models.Count];
        for (var m = 0; m < models.Count && plan.Origins.Length > 0; m++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (plan.Origins[0] < models[m].MinimumLength(seasonLengths))
            {
                continue;
            }

            var rows = new double[plan.Origins.Length][];
            var fitted = models[m].Fit(seen[0], seasonLengths);
            var parameters = fitted.Parameters;
            for (var k = 0; k < rows.Length; k++)
            {
                fitted = k == 0 ? fitted
                    : models[m].IsRefitted ? models[m].Fit(seen[k], seasonLengths)
                    : models[m].Resume(parameters, seen[k], seasonLengths);
                rows[k] = fitted.Forecast(plan.Horizon);
            }

            forecasts[m] = rows;
        }

        return new RollingOriginStudy(plan, forecasts);
    }
}
