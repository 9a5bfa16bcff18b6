using Wfm.Forecasting;
using Wfm.Forecasting.Accuracy;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Scores forecasts of the last horizons of a training set: where choices are made, so that the test set only measures.</summary>
internal sealed class HoldoutScore(int season)
{
    private readonly ModelTable _models = new();
    private int _count;
    private double _smape;
    private double _mase;
    private double _msis;
    private double _covered;
    private double _covered80;
    private double _covered50;
    private double _promised;

    /// <summary>Adds a forecast of what followed a history.</summary>
    public void Add(double[] history, double[] actual, SeriesForecast forecast)
    {
        var scale = Mase.Scale(history, season);
        var (low, high) = (forecast.Quantile(0.025), forecast.Quantile(0.975));
        _count++;
        _smape += Smape.Of(actual, forecast.Mean);
        _mase += Measures.Mase(actual, forecast.Mean, scale);
        _msis += Msis.Of(actual, low, high, 0.95, scale);
        _covered += Measures.Coverage(actual, low, high);
        _covered80 += Measures.Coverage(actual, forecast.Quantile(0.1), forecast.Quantile(0.9));
        _covered50 += Measures.Coverage(actual, forecast.Quantile(0.25), forecast.Quantile(0.75));
        _promised += forecast.Backtest.Overall?.Coverage95 ?? 0;
        _models.Add(forecast);
    }

    public void Print()
    {
        Console.WriteLine(
            $"holdout: sMAPE={_smape / _count:0.000} MASE={_mase / _count:0.0000} MSIS={_msis / _count:0.000} coverage 50/80/95="
                + $"{_covered50 / _count:0.0000}/{_covered80 / _count:0.0000}/{_covered / _count:0.0000} "
                + $"(95 in its own back-test {_promised / _count:0.0000})");
        _models.Print();
    }
}
