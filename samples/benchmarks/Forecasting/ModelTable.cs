using Wfm.Forecasting;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>What the models of many forecasts weighed, and how they did in the forecasts' own back-tests.</summary>
internal sealed class ModelTable
{
    private readonly SortedDictionary<string, (double Weight, double Wape, int Gated)> _models = new(StringComparer.Ordinal);
    private int _forecasts;

    public void Add(SeriesForecast forecast)
    {
        _forecasts++;
        foreach (var model in forecast.Models)
        {
            var sum = _models.GetValueOrDefault(model.Model);
            _models[model.Model] = (sum.Weight + model.Weight, sum.Wape + (model.BacktestWape ?? 0), sum.Gated + (model.GatedBecause is null ? 0 : 1));
        }
    }

    public void Print()
    {
        foreach (var (name, sum) in _models)
        {
            Console.WriteLine(
                $"  {name,-32} weight {sum.Weight / _forecasts:0.000}  back-test WAPE {100 * sum.Wape / _forecasts,6:0.00} %  gated {sum.Gated} of "
                    + $"{_forecasts}");
        }
    }
}
