using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Api.Telemetry;

namespace Wfm.Api.Features.Forecasts.Stored;

/// <summary>The age of the forecast that each hub serves, read from the store every half minute: a night that fails shows here.</summary>
internal sealed class ForecastAges : PeriodicStoreWork
{
    private readonly IServiceScopeFactory _scopes;
    private readonly Served _served;

    public ForecastAges(IMeterFactory meters, IServiceScopeFactory scopes, IClock clock, ILogger<ForecastAges> logger) : base(TimeSpan.FromSeconds(30), logger)
    {
        (_scopes, _served) = (scopes, new Served(clock));
        meters.Create(WfmMetrics.Name)
            .CreateObservableGauge("forecast.age.seconds", _served.Observe, "s", "Time since the served forecast of the hub was made");
    }

    protected override Task Work(CancellationToken cancellationToken) => Read(cancellationToken);

    internal async Task Read(CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var served = await db.Forecasts.Where(f => f.State == PublicationState.Published)
            .Join(db.Hubs, f => f.HubId, h => h.Id, (f, h) => new { h.Code, f.CreatedAt }).ToListAsync(cancellationToken);
        _served.Latest = [.. served.Select(s => (s.Code, s.CreatedAt))];
    }

    /// <summary>Apart from the worker: the exporter keeps every instrument for as long as the process lives, and with it what it observes.</summary>
    private sealed class Served(IClock clock)
    {
        public IReadOnlyList<(string Hub, Instant CreatedAt)> Latest { get; set; } = [];

        public IEnumerable<Measurement<double>> Observe() => Latest.Select(s =>
            new Measurement<double>((clock.GetCurrentInstant() - s.CreatedAt).TotalSeconds, new KeyValuePair<string, object?>("hub", s.Hub)));
    }
}
