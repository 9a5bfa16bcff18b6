using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Tests.Architecture;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Telemetry;

public sealed partial class MetricsTests
{
    private WfmServer _server = null!;

    /// <summary>A server in which everything has happened once that is measured.</summary>
    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await WfmServer.Start(StoreKind.Postgres);
        var operation = await SmallOperation.Staffed(_server.Client, "metrics");
        var roster = await _server.PostJson(
            "/api/v1/rosters", new { operation.Hub, RiskLevel = 0.8, MaximumMoves = 2000, Days = 7, Start = SmallOperation.CutOffDate });
        ((string?)(await _server.Client.Finish((string)roster["job"]!))["state"]).Should().Be("succeeded");
        await _server.Services.GetRequiredService<JobGauges>().Count(default);
        await _server.Services.GetRequiredService<ForecastAges>().Read(default);
    }

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Dashboard_EveryQuery_NamesMetricsThatAreServed()
    {
        var served = Sample().Matches(await Text()).Select(m => m.Groups["name"].Value).ToHashSet();
        var dashboard = JsonNode.Parse(System.IO.File.ReadAllText(Repository.PathOf("docs", "deploy", "grafana-wfm.json")))!;
        var queries = dashboard["panels"]!.AsArray().SelectMany(p => p!["targets"]!.AsArray().Select(t => (string)t!["expr"]!))
            .Concat(dashboard["templating"]!["list"]!.AsArray().Select(v => (string)v!["query"]!).Where(q => q.StartsWith("label_values("))).ToList();

        queries.Should().HaveCountGreaterThan(15);
        foreach (var query in queries)
        {
            var names = MetricName().Matches(query).Select(m => m.Value).ToList();
            names.Should().NotBeEmpty(query);
            names.Except(served).Should().BeEmpty(query);
        }
    }

    [Test]
    public async Task Metrics_OfWhatHappened_HaveItsValues()
    {
        var text = await Text();

        Value(text, "wfm_forecast_age_seconds", "hub=\"metrics\"").Should().BeInRange(0, 600);
        Value(text, "wfm_jobs_run_seconds_count", "kind=\"roster\"", "outcome=\"succeeded\"").Should().BeGreaterThanOrEqualTo(1);
        Value(text, "wfm_roster_moves").Should().BeGreaterThanOrEqualTo(1);
        Value(text, "wfm_volumes_rows", "outcome=\"inserted\"").Should().BeGreaterThanOrEqualTo(2688);
        Value(text, "wfm_jobs_queued", "priority=\"interactive\"").Should().Be(0);
        text.Should().NotContain("metrics-01", "people have no place in metrics");
    }

    [Test]
    public async Task Queue_WithWaitingJobs_IsCountedWithItsOldest()
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var now = SystemClock.Instance.GetCurrentInstant();
        db.Jobs.AddRange(Enumerable.Range(0, 3).Select(i => new Wfm.Api.Jobs.Job
        {
            Kind = "nightly-chain",
            Arguments = "{}",
            Owner = "test",
            RequestedAt = now - Duration.FromSeconds(20 - i), // not so old that the sweeper hands it in
            RetryAt = i == 0 ? now + Duration.FromHours(1) : null,
        }));
        await db.SaveChangesAsync();

        await _server.Services.GetRequiredService<JobGauges>().Count(default);
        var text = await Text();

        await db.Jobs.Where(j => j.Owner == "test").ExecuteDeleteAsync();
        Value(text, "wfm_jobs_queued", "priority=\"nightly\"").Should().Be(3);
        Value(text, "wfm_jobs_oldest_seconds", "priority=\"nightly\"").Should().BeInRange(19, 60, "the first waits for its time, not for a worker");
    }

    [Test]
    public async Task Metrics_WithoutKey_AreRefused()
    {
        using var stranger = _server.ClientWith(null);
        using var answer = await stranger.GetAsync("/metrics");

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private Task<string> Text() => _server.Client.GetStringAsync("/metrics");

    /// <summary>Sum of the samples with the labels.</summary>
    private static double Value(string text, string name, params string[] labels) => Sample().Matches(text)
        .Where(m => m.Groups["name"].Value == name && Array.TrueForAll(labels, label => m.Groups["labels"].Value.Contains(label)))
        .Sum(m => double.Parse(m.Groups["value"].Value, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^(?<name>[a-z_]+)(\{(?<labels>.*)\})? (?<value>\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sample();

    [GeneratedRegex(@"\b(wfm|microsoft|npgsql|system)_[a-z_]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MetricName();
}
