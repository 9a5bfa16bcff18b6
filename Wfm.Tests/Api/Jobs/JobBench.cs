using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Jobs;
using Wfm.Api.Json;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Jobs;

/// <summary>A server of its own, whose job rows a test writes, runs and reads without the engine.</summary>
internal sealed class JobBench(WfmServer server) : IAsyncDisposable
{
    public static readonly Duration LongAgo = Duration.FromMinutes(10);

    public WfmServer Server { get; } = server;

    public JobRunner Runner => Server.Services.GetRequiredService<JobRunner>();

    public static async Task<JobBench> Start(StoreKind kind) => new(await WfmServer.Start(kind));

    public async Task<T> WithDb<T>(Func<WfmDbContext, Task<T>> work)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<WfmDbContext>());
    }

    public Task<Guid> HubId(string code) => WithDb(db => db.Hubs.Where(h => h.Code == code).Select(h => h.Id).SingleAsync());

    public Task<Job> Row(Guid id) => WithDb(db => db.Jobs.AsNoTracking().SingleAsync(j => j.Id == id));

    public Task<List<Job>> Steps(Guid chain) => WithDb(db => db.Jobs.AsNoTracking().Where(j => j.ParentId == chain).OrderBy(j => j.Id).ToListAsync());

    /// <summary>A row that no engine has heard of; its heartbeat, if it runs, is <paramref name="age"/> old.</summary>
    public async Task<Guid> Add<THandler>(string hub, object arguments, JobState state = JobState.Queued, Duration age = default, Guid? parent = null)
        where THandler : IJobHandler
    {
        var (hubId, then) = (await HubId(hub), Now - age);
        var job = new Job
        {
            Kind = THandler.Kind,
            Arguments = JsonSerializer.Serialize(arguments, arguments.GetType(), WfmJson.Options),
            HubId = hubId,
            ParentId = parent,
            Owner = "test",
            State = state,
            Attempt = state == JobState.Queued ? 0 : 1,
            RequestedAt = then,
            HeartbeatAt = state == JobState.Running ? then : null,
        };
        await WithDb(db =>
        {
            db.Jobs.Add(job);
            return db.SaveChangesAsync();
        });
        return job.Id;
    }

    /// <summary>Makes a row look as its worker left it when it died.</summary>
    public Task Abandon(Guid id)
    {
        Instant? then = Now - LongAgo;
        return WithDb(db =>
            db.Jobs.Where(j => j.Id == id).ExecuteUpdateAsync(j =>
                    j.SetProperty(x => x.State, JobState.Running).SetProperty(x => x.HeartbeatAt, then).SetProperty(x => x.Result, (string?)null)
                        .SetProperty(x => x.FinishedAt, (Instant?)null)));
    }

    /// <summary>Follows the events of a job until one has the value in the field.</summary>
    public async Task Until(Guid id, string value, string field = "state")
    {
        using var response = await Server.Client.GetAsync($"/api/v1/jobs/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var last = "";
        while (await reader.ReadLineAsync() is { } line)
        {
            last = line.Length > 0 ? line : last;
            if (line.Contains($"\"{field}\":\"{value}\"", StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The job ended without {field} {value}: {last}");
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    public Instant Now => Server.Services.GetRequiredService<IClock>().GetCurrentInstant();
}
