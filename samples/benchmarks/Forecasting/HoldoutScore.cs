using Wfm.Forecasting;
using Wfm.Forecasting.Accuracy;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Scores forecasts of the last horizon of a training set: where choices are made, so that the test set only measures.</summary>
internal static class HoldoutScore
{
    public static void Print(
        (string Id, double[] Values)[] train, (string Id, double[] Values)[] all, SeriesForecast[] forecasts, int season)
    {
        var (smape, mase, msis, covered, covered80, covered50, promised) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        var n = train.Length;
        var models = new ModelTable();
        for (var i = 0; i < n; i++)
        {
            var actual = all[i].Values[train[i].Values.Length..];
            var scale = Mase.Scale(train[i].Values, season);
            var (low, high) = (forecasts[i].Quantile(0.025), forecasts[i].Quantile(0.975));
            smape += Smape.Of(actual, forecasts[i].Mean) / n;
            mase += Measures.Mase(actual, forecasts[i].Mean, scale) / n;
            msis += Msis.Of(actual, low, high, 0.95, scale) / n;
            covered += Measures.Coverage(actual, low, high) / n;
            covered80 += Measures.Coverage(actual, forecasts[i].Quantile(0.1), forecasts[i].Quantile(0.9)) / n;
            covered50 += Measures.Coverage(actual, forecasts[i].Quantile(0.25), forecasts[i].Quantile(0.75)) / n;
            promised += forecasts[i].Backtest.Overall.Coverage95 / n;
            models.Add(forecasts[i]);
        }

        Console.WriteLine(
            $"holdout: sMAPE={smape:0.000} MASE={mase:0.0000} MSIS={msis:0.000} coverage 50/80/95={covered50:0.0000}/{covered80:0.0000}/{covered:0.0000} "
                + $"(95 in its own back-test {promised:0.0000})");
        models.Print();
    }
}
