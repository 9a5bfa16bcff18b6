using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;
using Wfm.Api.Features.Rosters.Proof;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Service;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Hosting;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Commands;

/// <summary><c>add-people</c>: gives the hubs of a store the people that the newest proofs name, plans these hubs again, and prints the goals.</summary>
internal static class AddPeopleCommand
{
    public static Command Create()
    {
        var store = new Option<string>("--store")
        {
            Description = "The store: an SQLite file such as that of the demo, or a PostgreSQL connection. People and rosters are added to it.",
            DefaultValueFactory = _ => "data/demo.db",
        };
        var hubs = new Option<string[]>("--hub") { Description = "Code of a hub; may be given several times. Left out, all hubs." };
        var seconds = new Option<double>("--seconds") { Description = "Most that the proof of a hub's goals may take.", DefaultValueFactory = _ => 60 };
        var rounds = new Option<int>("--rounds")
        {
            Description = "A roster made with the people named may show that a few more are lacking: so often they are added.",
            DefaultValueFactory = _ => 3,
        };
        var command = new Command("add-people", "Adds the people that proofs name to the hubs that lack them, plans these again and prints the goals.")
        {
            store,
            hubs,
            seconds,
            rounds,
        };
        command.SetAction((parsed, cancellationToken) => CommandLine.Told(async () =>
        {
            await using var app = WfmHost.Create([], builder =>
            {
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["Wfm:Store"] = parsed.GetValue(store),
                    ["Logging:LogLevel:Default"] = "Warning",
                });
            });
            await app.Services.GetRequiredService<StoreStart>().Prepare(cancellationToken);
            await app.StartAsync(cancellationToken);
            var ended = await Run(
                app.Services, CommandConsole.Create(), parsed.GetValue(hubs) ?? [], parsed.GetValue(seconds), parsed.GetValue(rounds), cancellationToken);
            await app.StopAsync(cancellationToken);
            return ended ? 0 : 1;
        }));
        return command;
    }

    /// <param name="hubs">Codes of the hubs; empty for all.</param>
    /// <param name="proofSeconds">Most that the proof of a hub may take.</param>
    /// <param name="rounds">So often the people are added that the newest proofs name, until they name nobody.</param>
    /// <returns>Whether every roster and proof was made.</returns>
    internal static async Task<bool> Run(
        IServiceProvider services, IAnsiConsole console, IReadOnlyList<string> hubs, double proofSeconds, int rounds, CancellationToken cancellationToken)
    {
        if ((await Newest(services, hubs, cancellationToken)).Count == 0)
        {
            console.WriteLine("No roster of these hubs has been proven; POST /api/v1/rosters/{id}:prove does it, and so does every night.");
            return false;
        }

        var ended = true;
        for (var round = 0; round < rounds && ended; round++)
        {
            var named = await Add(services, console, hubs, cancellationToken);
            if (named.Count == 0)
            {
                break;
            }

            ended = await PlanAgain(services, console, named, proofSeconds, cancellationToken);
        }

        GoalTable.Print((await Newest(services, hubs, cancellationToken)).Select(p => (p.Hub, (ServiceCheck?)p.Proof)), console);
        return ended;
    }

    /// <returns>The hubs that were given people, with the roster that lacked them.</returns>
    private static async Task<List<(Hub Hub, Roster Roster)>> Add(
        IServiceProvider services, IAnsiConsole console, IReadOnlyList<string> hubs, CancellationToken cancellationToken)
    {
        var named = new List<(Hub, Roster)>();
        foreach (var (hub, roster, proof) in await Newest(services, hubs, cancellationToken))
        {
            await using var scope = services.CreateAsyncScope();
            var added = await ActivatorUtilities.CreateInstance<NamedPeople>(scope.ServiceProvider).Add(hub.Id, proof, cancellationToken);
            foreach (var people in added)
            {
                var shifts = people.AnyTemplate ? ", any shift" : "";
                console.WriteLine($"{hub.Name}: {people.People} more for {people.Group}, contract {people.Contract}{shifts}");
            }

            if (added.Count > 0)
            {
                named.Add((hub, roster));
            }
        }

        return named;
    }

    private static async Task<bool> PlanAgain(
        IServiceProvider services, IAnsiConsole console, List<(Hub Hub, Roster Roster)> named, double proofSeconds, CancellationToken cancellationToken)
    {
        var (jobs, again, ended) = (new CommandJobs(services, "add-people"), new List<(Hub Hub, Roster Roster, Guid Job)>(), true);
        foreach (var (hub, roster) in named)
        {
            var arguments = new RosterArguments(
                roster.RequirementRunId, roster.Start, roster.Days, roster.RiskLevel, new SolveLimits(roster.Seed, roster.MaximumMoves));
            again.Add((hub, roster, await jobs.Submit<RosterJob>(hub, arguments, cancellationToken)));
        }

        foreach (var (hub, roster, job) in again)
        {
            var made = await jobs.Wait(job, cancellationToken);
            if (made.State == JobState.Succeeded)
            {
                var check = new ServiceCheckArguments(
                    made.ResultId(), Seed: roster.Seed, WarmUpHours: roster.Days > 1 ? ServiceDefaults.WarmUpHours : 0);
                var proof = new RosterProofArguments(
                    made.ResultId(), check, new SolveLimits(roster.Seed, ProofDefaults.MaximumMoves) { Seconds = proofSeconds });
                made = await jobs.Wait(await jobs.Submit<RosterProofJob>(hub, proof, cancellationToken), cancellationToken);
            }

            ended &= made.State == JobState.Succeeded;
            if (made.Error is { } error)
            {
                console.WriteLine($"{hub.Name} {made.State}: {error}");
            }
        }

        return ended;
    }

    /// <summary>The newest proof of every hub that has one, with its roster.</summary>
    private static async Task<List<(Hub Hub, Roster Roster, ServiceCheck Proof)>> Newest(
        IServiceProvider services, IReadOnlyList<string> hubs, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var (rosters, checks) = (db.Rosters, db.ServiceChecks);
        var newest = new List<(Hub, Roster, ServiceCheck)>();
        var asked = db.Hubs.AsNoTracking().Where(h => hubs.Count == 0 || hubs.Contains(h.Code)).OrderBy(h => h.Code);
        foreach (var hub in await asked.ToListAsync(cancellationToken))
        {
            var ids = rosters.Where(r => r.HubId == hub.Id).Select(r => r.Id);
            var ofHub = await checks.AsNoTracking().Where(c => ids.Contains(c.RosterId)).OrderByDescending(c => c.Id).ToListAsync(cancellationToken);
            if (ofHub.Find(c => c.Summary.Proof is not null) is { } proof)
            {
                newest.Add((hub, await rosters.AsNoTracking().SingleAsync(r => r.Id == proof.RosterId, cancellationToken), proof));
            }
        }

        return newest;
    }
}
