using System.Diagnostics.Metrics;
using Prometheus;

namespace Wfm.Api.Telemetry;

/// <summary>The metrics of this host as Prometheus reads them. Two hosts in one process share what they count, not what they observe.</summary>
internal sealed class PrometheusText : IDisposable
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1); // the most there is: what is silent for longer begins anew

    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly IDisposable _listening;

    public PrometheusText(IMeterFactory meters) => _listening = MeterAdapter.StartListening(
        new MeterAdapterOptions
        {
            Registry = _registry,
            MetricFactory = Prometheus.Metrics.WithCustomRegistry(_registry),
            MetricsExpireAfter = Forgotten,
            InstrumentFilterPredicate = instrument => WfmMetrics.Meters.Contains(instrument.Meter.Name)
                && (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, meters)),
            ResolveHistogramBuckets = instrument => instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } boundaries } ? [.. boundaries]
                : MeterAdapterOptions.DefaultHistogramBuckets,
        });

    public Task Write(Stream to, CancellationToken cancellationToken) => _registry.CollectAndExportAsTextAsync(to, cancellationToken);

    public void Dispose() => _listening.Dispose();
}
