using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Api.Features.Volumes.Storage;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class VolumeStoreTests(StoreKind kind)
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);

    private VolumeServer _server = null!;
    private int _series;

    [OneTimeSetUp]
    public async Task StartServer() => _server = await VolumeServer.Start(kind);

    [OneTimeTearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [SetUp]
    public async Task OneSeries()
    {
        await _server.Clear();
        _series = await _server.WithDb(async db =>
        {
            var series = new Series { QueueId = (await db.Queues.FirstAsync()).Id, HubId = (await db.Hubs.SingleAsync(h => h.Code == "DUB")).Id };
            db.Series.Add(series);
            await db.SaveChangesAsync();
            return series.Id;
        });
    }

    private VolumeStore Store => _server.Server.Services.GetRequiredService<VolumeStore>();

    [Test]
    public async Task Upsert_NewSameAndChanged_CountsEach()
    {
        await Store.Upsert([Row(0, 1), Row(1, 2), Row(2, 3)], default);

        var counts = await Store.Upsert([Row(3, 9), Row(2, 3), Row(1, 7), Row(0, 1) with { Handled = 0 }], default);

        counts.Should().Be(new UpsertCounts(Inserted: 1, Updated: 2, Unchanged: 1));
    }

    [Test]
    public async Task Upsert_IntervalTwice_IsRefusedWhole()
    {
        await FluentActions.Awaiting(() => Store.Upsert([Row(0, 1), Row(1, 1), Row(0, 2)], default)).Should().ThrowAsync<ArgumentException>()
            .WithMessage("*twice*");

        (await _server.Rows()).Should().Be(0);
    }

    [Test]
    public async Task Upsert_SeriesUnknown_StoresNothing()
    {
        await FluentActions.Awaiting(() => Store.Upsert([Row(0, 1) with { SeriesId = 99_999 }], default)).Should().ThrowAsync<Exception>();

        (await _server.Rows()).Should().Be(0);
    }

    [Test]
    public async Task Load_WithHoles_IsDenseWithNaN()
    {
        await Store.Upsert([Row(0, 1) with { Handled = 1, HandleTimeSeconds = 300 }, Row(2, 3)], default);

        var history = await Load(Start - Duration.FromMinutes(29), Start + Duration.FromMinutes(91));

        history.Start.Should().Be(Start);
        history.Offered.Should().Equal(1, double.NaN, 3, double.NaN);
        history.Handled.Should().Equal(1, double.NaN, double.NaN, double.NaN);
        history.HandleTimeSeconds.Should().Equal(300, double.NaN, double.NaN, double.NaN);
        history.StartOf(3).Should().Be(Start + Duration.FromMinutes(90));
    }

    [Test]
    public async Task Load_LongerThanAnyHistory_IsRefused() =>
        await FluentActions.Awaiting(() => Load(Instant.FromUtc(1970, 1, 1, 0, 0), Instant.FromUtc(2199, 1, 1, 0, 0))).Should()
            .ThrowAsync<Wfm.Api.Http.ProblemException>();

    [Test]
    public async Task LastInterval_SomeSeriesEmpty_LeavesThemOut()
    {
        await Store.Upsert([Row(0, 1), Row(5, 3)], default);

        var last = await WithHistory(h => h.LastInterval([_series, 99_999], default));

        last.Should().Equal(new Dictionary<int, Instant> { [_series] = Start + Duration.FromMinutes(150) });
    }

    private VolumeRow Row(int interval, double offered) => new(_series, Start + Duration.FromMinutes(30 * interval), offered);

    private Task<History> Load(Instant from, Instant to) => WithHistory(h => h.Load(_series, from, to, default));

    private async Task<T> WithHistory<T>(Func<VolumeHistory, Task<T>> work)
    {
        await using var scope = _server.Server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<VolumeHistory>());
    }
}
