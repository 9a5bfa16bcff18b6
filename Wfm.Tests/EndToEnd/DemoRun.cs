using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Commands;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.EndToEnd;

/// <summary>The demo command over the sample operation, run once for all tests here; what it left in its store.</summary>
internal sealed class DemoRun
{
    /// <summary>Work limit of each roster search: legality and arithmetic do not depend on how long it searches.</summary>
    public const long Moves = 150_000;

    /// <summary>The day for which the files of the sample operation are written.</summary>
    public static readonly LocalDate Today = new(2026, 11, 2);

    private static readonly Lazy<Task<DemoRun>> Shared = new(Start);

    private DemoRun(string folder, int exitCode, List<HubRun> hubs)
    {
        Folder = folder;
        ExitCode = exitCode;
        Hubs = hubs;
    }

    public string Folder { get; }

    public int ExitCode { get; }

    public IReadOnlyList<HubRun> Hubs { get; }

    public string File => Path.Combine(Folder, "demo.db");

    public static Task<DemoRun> Get() => Shared.Value;

    /// <summary>A copy of the store, for tests that write.</summary>
    public async Task CopyTo(string file)
    {
        await using var db = RosterAuditorReader.Open(File);
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {file}");
    }

    internal static async Task Remove()
    {
        if (Shared.IsValueCreated)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete((await Shared.Value).Folder, recursive: true);
        }
    }

    private static async Task<DemoRun> Start()
    {
        var folder = Directory.CreateTempSubdirectory("wfm-demo-").FullName;
        var file = Path.Combine(folder, "demo.db");
        var exitCode = await DemoCommand.Run(
            file, "http://127.0.0.1:0", Moves, WfmServer.AdminKey, noServe: true, CancellationToken.None, proofSeconds: 3, Today);
        await using var db = RosterAuditorReader.Open(file);
        var hubs = new List<HubRun>();
        foreach (var hub in await db.Hubs.AsNoTracking().OrderBy(h => h.Code).ToListAsync())
        {
            hubs.Add(await Read(db, hub));
        }

        return new DemoRun(folder, exitCode, hubs);
    }

    private static async Task<HubRun> Read(WfmDbContext db, Hub hub)
    {
        var forecast = await db.Forecasts.AsNoTracking().Include(f => f.Series).ThenInclude(s => s.Series).ThenInclude(s => s!.Queue).AsSplitQuery()
            .SingleOrDefaultAsync(f => f.HubId == hub.Id && f.State == PublicationState.Published);
        var requirement = await db.Requirements.AsNoTracking().Include(r => r.Series).ThenInclude(s => s.Series).ThenInclude(s => s!.Queue).AsSplitQuery()
            .SingleOrDefaultAsync(r => r.HubId == hub.Id && r.ForecastRunId == forecast!.Id);
        var rosters = await db.Rosters.AsNoTracking().Where(r => r.HubId == hub.Id && r.State == PublicationState.Draft).OrderBy(r => r.Revision).ToListAsync();
        var published = await db.Rosters.AsNoTracking().SingleOrDefaultAsync(r => r.HubId == hub.Id && r.State == PublicationState.Published);
        return new HubRun(
            hub,
            await db.Jobs.AsNoTracking().Where(j => j.HubId == hub.Id).ToListAsync(),
            forecast!,
            requirement!,
            rosters.Count == 0 ? null! : await RosterAuditorReader.ReadWithSurroundings(db, rosters[^1].Id))
        {
            Searched = rosters.Count == 0 ? null! : await RosterAuditorReader.Read(db, rosters[0].Id),
            Published = published is null ? null! : await RosterAuditorReader.Read(db, published.Id),
        };
    }
}

/// <summary>One hub's night.</summary>
/// <param name="Forecast">The night's.</param>
/// <param name="Requirement">The night's.</param>
/// <param name="Roster">The draft of the night, as proven, with what is published around it.</param>
internal sealed record HubRun(Hub Hub, List<Job> Jobs, ForecastRun Forecast, RequirementRun Requirement, StoredRoster Roster)
{
    /// <summary>As the search found it, before the proof.</summary>
    public required StoredRoster Searched { get; init; }

    /// <summary>The roster of the week before, which the night goes on from.</summary>
    public required StoredRoster Published { get; init; }

    public override string ToString() => Hub.Code;
}

/// <summary>Removes the demo's store after the last test here.</summary>
[SetUpFixture]
public sealed class DemoRunEnd
{
    [OneTimeTearDown]
    public Task Remove() => DemoRun.Remove();
}
