using System.CommandLine;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;
using Wfm.Api.Features.Nights;
using Wfm.Api.Features.SampleOperation;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Hosting;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Commands;

/// <summary><c>demo</c>: an embedded store with the sample operation, one night for every hub, a summary, and the API served.</summary>
internal static class DemoCommand
{
    private const double ProofSeconds = 14;
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(250);

    public static Command Create()
    {
        var store = new Option<string>("--store")
        {
            Description = "SQLite file of the demo; an earlier one is replaced.",
            DefaultValueFactory = _ => "data/demo.db",
        };
        var urls = new Option<string>("--urls") { Description = "Address to serve on.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var moves = new Option<long>("--moves")
        {
            Description = "Work limit of each roster search.",
            DefaultValueFactory = _ => Features.Rosters.Runs.RosterDefaults.MaximumMoves,
        };
        var key = new Option<string?>("--key") { Description = "Admin key to accept; left out, a new one is made and printed." };
        var noServe = new Option<bool>("--no-serve") { Description = "End after the summary." };
        var command = new Command("demo", "Loads the sample operation, runs the nightly chain for every hub, prints a summary and serves the API.")
        {
            store,
            urls,
            moves,
            key,
            noServe,
        };
        command.SetAction((parsed, cancellationToken) => Run(
            parsed.GetValue(store)!, parsed.GetValue(urls)!, parsed.GetValue(moves), parsed.GetValue(key), parsed.GetValue(noServe), cancellationToken));
        return command;
    }

    /// <param name="proofSeconds">Most that the proof of a hub's goals may take.</param>
    internal static async Task<int> Run(
        string storeFile, string urls, long moves, string? givenKey, bool noServe, CancellationToken cancellationToken, double proofSeconds = ProofSeconds)
    {
        var store = Store.Parse(storeFile);
        if (store.File is not { } file)
        {
            await Console.Error.WriteLineAsync("The demo replaces its store, so it takes an SQLite file only. To try PostgreSQL, serve over it and import.");
            return 2;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        foreach (var old in new[] { file, file + "-wal", file + "-shm" })
        {
            File.Delete(old);
        }

        var watch = Stopwatch.StartNew();
        var key = givenKey ?? ApiKeys.NewKey();
        await using var app = WfmHost.Create([], builder =>
        {
            builder.WebHost.UseUrls(urls);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Wfm:Store"] = storeFile,
                ["Wfm:BootstrapKey"] = key,
                ["Logging:LogLevel:Default"] = "Warning",
            });
        });
        var console = CommandConsole.Create();
        console.WriteLine($"Wfm demo on the embedded store {Path.GetFullPath(file)}");
        await app.StartAsync(cancellationToken);
        await LoadSample(console, app.Services, watch, cancellationToken);
        var nights = await RunNights(console, app.Services, Night(moves, proofSeconds), cancellationToken);
        await DemoSummary.Print(app.Services, nights, console, cancellationToken);
        console.WriteLine($"\nDone in {watch.Elapsed.TotalSeconds:0} s.");
        if (noServe)
        {
            await app.StopAsync(cancellationToken);
            return nights.TrueForAll(n => n.State == JobState.Succeeded) ? 0 : 1;
        }

        console.WriteLine($"\nServing {urls}/swagger   (Ctrl+C ends)\nAdmin key: {key}");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    /// <summary>A night with a short proof: the demo is to be over in three minutes.</summary>
    private static NightlyChainArguments Night(long moves, double proofSeconds) => new(
        MaximumMoves: moves, ProofRounds: 20, ProofTrials: 8, ProofMoves: 150_000, ProofTimeLimitSeconds: proofSeconds);

    private static Task LoadSample(IAnsiConsole console, IServiceProvider services, Stopwatch watch, CancellationToken cancellationToken) =>
        console.Bars().StartAsync(async bars =>
            {
                var bar = bars.AddTask("volumes");
                await using var scope = services.CreateAsyncScope();
                var before = watch.Elapsed;
                var progress = new Report(fraction => bar.Say("volumes", fraction, ""));
                var rows = await ActivatorUtilities.CreateInstance<SampleOperationLoader>(scope.ServiceProvider)
                    .Load(SampleOperationFiles.Load(), progress, cancellationToken);
                var seconds = (watch.Elapsed - before).TotalSeconds;
                bar.Say("volumes", 1, $"{rows:N0} rows in {seconds:0.0} s ({rows / seconds:N0} rows/s, generating included)");
            });

    private static async Task<List<Job>> RunNights(
        IAnsiConsole console, IServiceProvider services, NightlyChainArguments arguments, CancellationToken cancellationToken)
    {
        var nights = new List<(Guid Id, string Hub)>();
        await using (var scope = services.CreateAsyncScope())
        {
            var jobs = scope.ServiceProvider.GetRequiredService<JobQueue>();
            foreach (
                var hub in await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Hubs.AsNoTracking().OrderBy(h => h.Code)
                    .ToListAsync(cancellationToken))
            {
                var job = await jobs.Submit<NightlyChain>(arguments, hub.Id, "demo", null, cancellationToken);
                nights.Add((job.Id, hub.Name));
            }
        }

        console.WriteLine("\nOne night for every hub: import check, fit, back-test, publish, requirement, draft roster, proof by simulation");
        return await console.Bars().StartAsync(bars => Follow(bars, nights, services, cancellationToken));
    }

    private static async Task<List<Job>> Follow(
        ProgressContext bars, List<(Guid Id, string Hub)> nights, IServiceProvider services, CancellationToken cancellationToken)
    {
        var (ids, tasks) = (nights.ConvertAll(n => n.Id), nights.ConvertAll(n => bars.AddTask(Markup.Escape(n.Hub))));
        while (true)
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
            var rows = await db.Jobs.AsNoTracking().Where(j => ids.Contains(j.Id) || ids.Contains(j.ParentId!.Value)).ToListAsync(cancellationToken);
            var chains = ids.ConvertAll(id => rows.Single(r => r.Id == id));
            foreach (var (i, chain) in chains.Index())
            {
                var (fraction, text) = Describe(chain, rows.Where(r => r.ParentId == chain.Id));
                tasks[i].Say(nights[i].Hub, fraction, text);
            }

            if (chains.TrueForAll(c => c.IsFinished))
            {
                return chains;
            }

            await Task.Delay(Redraw, cancellationToken);
        }
    }

    /// <summary>A chain's progress is that of its steps, each with the share of time it usually takes.</summary>
    private static (double Fraction, string Text) Describe(Job chain, IEnumerable<Job> steps)
    {
        if (chain.IsFinished)
        {
            return (chain.State == JobState.Succeeded ? 1 : chain.Progress, chain.Error ?? $"{(chain.FinishedAt - chain.StartedAt)?.TotalSeconds:0} s");
        }

        var running = steps.FirstOrDefault(s => s.State == JobState.Running);
        var (from, share) = running?.Kind switch
        {
            "forecast" => (0.05, 0.4),
            "requirement" => (0.45, 0.15),
            "roster" => (0.6, 0.25),
            "proof" => (0.85, 0.15),
            _ => (0.0, 0.05),
        };
        return running is null ? (chain.Progress, chain.Step ?? "waiting") : (from + (share * running.Progress), $"{running.Kind}: {running.Step}");
    }

    private sealed class Report(Action<double> report) : IProgress<double>
    {
        void IProgress<double>.Report(double value) => report(value);
    }
}
