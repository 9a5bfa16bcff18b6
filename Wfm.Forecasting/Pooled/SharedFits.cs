using System.Collections.Concurrent;
using Wfm.Forecasting.Models;

namespace Wfm.Forecasting.Pooled;

/// <summary>A model of one series that fits every stretch of it once, however many ask.</summary>
/// <param name="model">The model.</param>
internal sealed class SharedFits(IForecastModel model) : IForecastModel
{
    private readonly ConcurrentDictionary<int, IFittedModel> _fits = [];

    public string Name => model.Name;

    public bool IsRefitted => model.IsRefitted;

    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => model.MinimumLength(seasonLengths);

    /// <param name="y">The series up to an origin: of one length there is one.</param>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths) =>
        _fits.TryGetValue(y.Length, out var known) ? known : _fits[y.Length] = model.Fit(y, seasonLengths);

    public IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths) => model.Resume(parameters, y, seasonLengths);
}
