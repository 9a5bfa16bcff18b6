using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Volumes.Retention;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Api.Features.Volumes.Retention;

/// <summary>A server with a hub west and one far east of Greenwich, from June to September; some figures are missing.</summary>
public abstract class RolledUpVolumes(StoreKind kind)
{
    private protected static readonly Instant August = Instant.FromUtc(2026, 8, 1, 0, 0);
    private protected static readonly Instant September = Instant.FromUtc(2026, 9, 1, 0, 0);
    private protected static readonly string History = Csv(Instant.FromUtc(2026, 6, 25, 0, 0), Instant.FromUtc(2026, 9, 3, 0, 0));

    private protected VolumeServer Volumes { get; private set; } = null!;

    [SetUp]
    public async Task Start()
    {
        Volumes = await VolumeServer.Start(kind);
        await Volumes.Import(History);
    }

    [TearDown]
    public async Task Stop() => await Volumes.DisposeAsync();

    private protected async Task RollUp(Instant keepFrom)
    {
        await using var scope = Volumes.Server.Services.CreateAsyncScope();
        var arguments = Wfm.Api.Jobs.Job.Serialize(new VolumeRollUpArguments(keepFrom));
        await scope.ServiceProvider.GetRequiredService<VolumeRollUpJob>()
            .Run(new JobContext(Guid.NewGuid(), null, JobOwner.Schedule.Name, arguments, new JobProgress()), default);
    }

    private protected async Task<string> Answer(int interval) =>
        (await Volumes.Server.GetJson($"/api/v1/volumes?interval={interval}&limit=1000")).ToJsonString();

    private static string Csv(Instant from, Instant to)
    {
        var text = new StringBuilder(VolumeServer.Header);
        for (var (start, i) = (from, 0); start < to; start += Duration.FromMinutes(30), i++)
        {
            var handled = i % 7 == 0 ? "" : (i % 11).ToString(CultureInfo.InvariantCulture);
            var backlog = i % 5 == 0 ? "" : (i % 13).ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{start},appeals-en,SCL,{i % 17},{handled},,{i % 3},{backlog}\n");
            if (i % 10 != 3)
            {
                text.Append(CultureInfo.InvariantCulture, $"{start},appeals-en,LDH,{i % 19},,{i % 23},,{backlog}\n");
            }
        }

        return text.ToString();
    }
}
