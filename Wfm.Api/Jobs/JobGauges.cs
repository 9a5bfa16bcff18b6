using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Api.Telemetry;

namespace Wfm.Api.Jobs;

/// <summary>Queue depth, jobs at work and the age of the oldest that waits, by the workers they are for; counted in the store every ten seconds.</summary>
internal sealed class JobGauges : PeriodicStoreWork
{
    private readonly IServiceScopeFactory _scopes;
    private readonly JobHandlers _handlers;
    private readonly IClock _clock;
    private readonly Readings _readings;

    public JobGauges(
        IMeterFactory meters, IServiceScopeFactory scopes, JobHandlers handlers, [FromKeyedServices(JobClock.Key)] IClock clock, ILogger<JobGauges> logger)
        : base(TimeSpan.FromSeconds(10), logger)
    {
        (_scopes, _handlers, _clock, _readings) = (scopes, handlers, clock, new Readings(clock));
        _readings.ShowIn(meters.Create(WfmMetrics.Name));
    }

    protected override Task Work(CancellationToken cancellationToken) => Count(cancellationToken);

    internal async Task Count(CancellationToken cancellationToken)
    {
        var now = _clock.GetCurrentInstant();
        await using var scope = _scopes.CreateAsyncScope();
        var open = await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Jobs
            .Where(j => j.ParentId == null && (j.State == JobState.Queued || j.State == JobState.Running))
            .GroupBy(j => new { j.Kind, j.State, Later = j.RetryAt > now })
            .Select(g => new { g.Key.Kind, g.Key.State, g.Key.Later, Count = g.Count(), Oldest = g.Min(j => j.RequestedAt) }).ToListAsync(cancellationToken);
        _readings.Latest =
        [
            .. Enum.GetValues<JobPriority>().Select(priority =>
            {
                var own = open.Where(o => _handlers.PriorityOf(o.Kind) == priority).ToList();
                var waiting = own.Where(o => o.State == JobState.Queued && !o.Later).Select(o => (Instant?)o.Oldest);
                return new Reading(
                    priority, own.Where(o => o.State == JobState.Queued).Sum(o => o.Count), own.Where(o => o.State == JobState.Running).Sum(o => o.Count),
                    waiting.Min());
            }),
        ];
    }

    /// <summary>Apart from the worker: the exporter keeps every instrument for as long as the process lives, and with it what it observes.</summary>
    private sealed class Readings(IClock clock)
    {
        public IReadOnlyList<Reading> Latest { get; set; } = [];

        public void ShowIn(Meter meter)
        {
            meter.CreateObservableGauge("jobs.queued", () => Observe(r => r.Queued), "{job}", "Jobs that wait for a worker");
            meter.CreateObservableGauge("jobs.running", () => Observe(r => r.Running), "{job}", "Jobs with a worker");
            meter.CreateObservableGauge(
                "jobs.oldest.seconds", () => Observe(r => r.Oldest is { } since ? Math.Max(0, (clock.GetCurrentInstant() - since).TotalSeconds) : 0), "s",
                "How long the oldest job that may run has waited");
        }

        private IEnumerable<Measurement<double>> Observe(Func<Reading, double> value) => Latest.Select(r =>
            new Measurement<double>(value(r), new KeyValuePair<string, object?>("priority", r.Priority.ToString().ToLowerInvariant())));
    }

    private sealed record Reading(JobPriority Priority, int Queued, int Running, Instant? Oldest);
}
