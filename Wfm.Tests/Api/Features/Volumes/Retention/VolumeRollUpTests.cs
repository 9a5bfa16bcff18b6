using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Volumes.Retention;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Api.Features.Volumes.Retention;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class VolumeRollUpTests(StoreKind kind) : RolledUpVolumes(kind)
{
    [Test]
    public async Task Run_MonthAfterMonth_LeavesDaysAndWeeksAsTheyWere()
    {
        var (days, weeks) = (await Answer(1440), await Answer(10080));

        await RollUp(August);
        (await Answer(1440)).Should().Be(days);
        await RollUp(September);
        await RollUp(September);

        (await Answer(1440)).Should().Be(days);
        (await Answer(10080)).Should().Be(weeks);
        (await Volumes.WithDb(db => db.Volumes.MinAsync(v => v.IntervalStart))).Should().Be(September);
    }

    [Test]
    public async Task Import_OfWhatWasRolledUp_IsRefusedRowByRow()
    {
        await RollUp(August);
        var days = await Answer(1440);

        var report = await Volumes.Import(History);

        ((int)report["unchanged"]!).Should().Be(History.Split('\n').Count(line => string.CompareOrdinal(line, "2026-08") >= 0 && line[0] == '2'));
        ((string?)report["rejections"]![0]!["reason"]).Should().Contain("only days are kept");
        (await Answer(1440)).Should().Be(days);
    }

    [Test]
    public async Task Upsert_OfAnImportThatBeganBefore_IsAConflict()
    {
        var series = await Volumes.WithDb(db => db.Series.Select(s => s.Id).FirstAsync());
        await using var writer = await Volumes.Server.Services.GetRequiredService<VolumeStore>().OpenWriter(default);
        await writer.Write(new VolumeRow[] { new(series, August - Duration.FromHours(2000), 1) }, default);

        await RollUp(August);

        await writer.Awaiting(w => w.Write(new VolumeRow[] { new(series, August - Duration.FromHours(1999), 1) }, default))
            .Should().ThrowAsync<ProblemException>().WithMessage("*only days are kept*");
    }

    [Test]
    public async Task Keep_MonthsSet_HandsInWhatIsTooOldOnce()
    {
        await Keeper(3).Keep(default);
        await Keeper(3).Keep(default);
        await Keeper(null).Keep(default);

        var jobs = await Volumes.WithDb(db => db.Jobs.Where(j => j.Kind == VolumeRollUpJob.Kind).ToListAsync());
        jobs.Should().ContainSingle().Which.Arguments.Should().Contain("2026-08-01T00:00:00Z"); // the clock stands on 1 November
    }

    [Test]
    public void Retention_OfTooFewMonths_IsRefused() => FluentActions.Invoking(() => new VolumeRetention(2)).Should().Throw<ArgumentOutOfRangeException>()
        .WithMessage("*KeepIntervalsMonths*3*");

    private VolumeKeeper Keeper(int? months) => ActivatorUtilities.CreateInstance<VolumeKeeper>(Volumes.Server.Services, new VolumeRetention(months));
}
