using System.CommandLine;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Spectre.Console;
using Wfm.Api.Commands.Month;
using Wfm.Api.Features.Nights;
using Wfm.Api.Features.SampleOperation;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.CapacityPlans;
using Wfm.Api.Hosting;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Api.Security.Sessions;

namespace Wfm.Api.Commands;

/// <summary><c>demo</c>: an embedded store with the sample operation as it would stand today, a summary, and the API served.</summary>
/// <remarks>The history ends last night. Every hub has a forecast of a week ago, which what came since can be held against, a roster published from then to the
/// end of next week, last night's chain with the draft that goes on from there, and a capacity plan.</remarks>
internal static class DemoCommand
{
    private const double ProofSeconds = 30;
    private const string Owner = "demo";
    private const long Moves = 8_000_000; // as many as a night's; the proof has less: the demo is to be over in three minutes
    private const long MostWeekMoves = 1_000_000; // the search of what is published long since; the draft's is the long one
    private const string PeopleHub = "dub";
    private static readonly MonthPlan PeopleMonth = new(Requests: 12, Swaps: 4, Absences: 1, Trainings: 2, Publish: false, Seed: 1);
    private const double WeekShare = 0.5; // of a hub's time
    private const double NightShare = 0.45;

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
            DefaultValueFactory = _ => Moves,
        };
        var key = new Option<string?>("--key") { Description = "Admin key to accept; left out, a new one is made and printed." };
        var noServe = new Option<bool>("--no-serve") { Description = "End after the summary." };
        var command = new Command("demo", "Loads the sample operation with a history up to last night, plans every hub, prints a summary and serves the API.")
        {
            store,
            urls,
            moves,
            key,
            noServe,
        };
        command.SetAction((parsed, cancellationToken) => CommandLine.Told(() => Run(
            parsed.GetValue(store)!, parsed.GetValue(urls)!, parsed.GetValue(moves), parsed.GetValue(key), parsed.GetValue(noServe), cancellationToken)));
        return command;
    }

    /// <param name="proofSeconds">Most that the proof of a hub's goals may take.</param>
    /// <param name="today">The day after the history; by the clock when null.</param>
    internal static async Task<int> Run(
        string storeFile, string urls, long moves, string? givenKey, bool noServe, CancellationToken cancellationToken, double proofSeconds = ProofSeconds,
        LocalDate? today = null)
    {
        var store = Store.Parse(storeFile);
        if (store.File is not { } file)
        {
            await Console.Error.WriteLineAsync("The demo replaces its store, so it takes an SQLite file only. To try PostgreSQL, serve over it and import.");
            return 2;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        foreach (var old in new[] { file, file + "-wal", file + "-shm", FileLock.OfWorker(file), FileLock.OfStart(file) })
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
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "None", // of hubs that publish at once one tries again, as it should
            });
            builder.Services.AddJobHandler<DemoWeek>();
        });
        var console = CommandConsole.Create();
        console.WriteLine($"Wfm demo on the embedded store {Path.GetFullPath(file)}");
        await app.StartAsync(cancellationToken);
        var written = SampleOperationFiles.Load();
        var files = written.On(today ?? written.DayAt(app.Services.GetRequiredService<IClock>().GetCurrentInstant()));
        await LoadSample(console, app.Services, files, watch, cancellationToken);
        var nights = await Plan(console, app.Services, files.Dates.EndDay, Night(moves, proofSeconds, files.Dates.EndDay), cancellationToken);
        await DemoSummary.Print(app.Services, nights, console, cancellationToken);
        console.WriteLine($"\nWhat people at {PeopleHub} ask for and do, so that every list has something in it");
        using (var month = new HubMonth(new Uri(app.Urls.First()), key, PeopleHub, PeopleMonth, Console.Out))
        {
            await month.Run(app.Services.GetRequiredService<IClock>().GetCurrentInstant(), cancellationToken);
        }

        using (var states = new DemoStates(new Uri(app.Urls.First()), key, PeopleHub, PeopleMonth.Seed, Console.Out))
        {
            await states.Run(app.Services.GetRequiredService<IClock>().GetCurrentInstant(), cancellationToken);
        }

        console.WriteLine($"\nDone in {watch.Elapsed.TotalSeconds:0} s.");
        if (noServe)
        {
            await app.StopAsync(cancellationToken);
            return nights.TrueForAll(n => n.State == JobState.Succeeded) ? 0 : 1;
        }

        var address = app.Urls.First().TrimEnd('/');
        console.WriteLine(
            $"\nServing {address}/swagger   (Ctrl+C ends)\nAdmin key: {key}\nConsole, signed in (works once, for {SignIn.LinkLasts.TotalMinutes:0} minutes): "
                + await SignInLink(app, key, address, cancellationToken));
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static async Task<string> SignInLink(WebApplication app, string key, string address, CancellationToken cancellationToken)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var hash = ApiKeys.Hash(key);
        var id = await scope.ServiceProvider.GetRequiredService<WfmDbContext>().ApiKeys.Where(k => k.Hash == hash).Select(k => k.Id)
            .SingleAsync(cancellationToken);
        return $"{address}{SignIn.Page}{(await scope.ServiceProvider.GetRequiredService<SignIn>().Link(id, cancellationToken)).Code}";
    }

    /// <summary>A night with a short proof, whose roster goes on where the published one ends.</summary>
    private static NightlyChainArguments Night(long moves, double proofSeconds, LocalDate today) =>
        new(MaximumMoves: moves, ProofRounds: 20, ProofTrials: 8, ProofMoves: 150_000, ProofTimeLimitSeconds: proofSeconds)
        {
            RosterStart = DemoWeek.EndOf(today),
        };

    private static Task LoadSample(
        IAnsiConsole console, IServiceProvider services, SampleOperationFiles files, Stopwatch watch, CancellationToken cancellationToken) =>
        console.Bars().StartAsync(async bars =>
            {
                var bar = bars.AddTask("volumes");
                await using var scope = services.CreateAsyncScope();
                var before = watch.Elapsed;
                var progress = new Report(fraction => bar.Say("volumes", fraction, ""));
                var rows = await ActivatorUtilities.CreateInstance<SampleOperationLoader>(scope.ServiceProvider).Load(files, progress, cancellationToken);
                var seconds = (watch.Elapsed - before).TotalSeconds;
                bar.Say(
                    "volumes", 1,
                    $"{rows:N0} rows up to {files.Dates.EndDay.PlusDays(-1):uuuu-MM-dd} in {seconds:0.0} s ({rows / seconds:N0} rows/s, generating included)");
            });

    /// <summary>Plans every hub, as many at once as there are workers.</summary>
    /// <returns>The last chain of every hub: that of the night, or the week before where that failed.</returns>
    private static async Task<List<Job>> Plan(
        IAnsiConsole console, IServiceProvider services, LocalDate today, NightlyChainArguments night, CancellationToken cancellationToken)
    {
        List<Hub> hubs;
        await using (var scope = services.CreateAsyncScope())
        {
            hubs = await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Hubs.AsNoTracking().OrderBy(h => h.Code).ToListAsync(cancellationToken);
        }

        console.WriteLine(
            "\nEvery hub: the forecast of a week ago with a roster that is published; last night's chain of import check, fit, back-test, publish, "
                + "requirement, draft roster, proof by simulation; a capacity plan");
        var week = new DemoWeekArguments(today, Math.Min(night.MaximumMoves, MostWeekMoves));
        return [.. await console.Bars().StartAsync(bars => Task.WhenAll(
            hubs.ConvertAll(hub => Plan(hub, bars.AddTask(Markup.Escape(hub.Name)), services, week, night, cancellationToken))))];
    }

    private static async Task<Job> Plan(
        Hub hub, ProgressTask bar, IServiceProvider services, DemoWeekArguments week, NightlyChainArguments night, CancellationToken cancellationToken)
    {
        var jobs = new CommandJobs(services, Owner);
        var begun = await Follow<DemoWeek>(week, 0, WeekShare);
        if (begun.State != JobState.Succeeded)
        {
            return begun;
        }

        var chain = await Follow<NightlyChain>(night, WeekShare, NightShare);
        if (chain.State == JobState.Succeeded)
        {
            await Follow<CapacityPlanJob>(await CapacityPlan(hub, services, cancellationToken), WeekShare + NightShare, 1 - WeekShare - NightShare);
        }

        bar.Say(
            hub.Name, chain.State == JobState.Succeeded ? 1 : bar.Percentage / 100, chain.Error ?? $"{(chain.FinishedAt - begun.StartedAt)?.TotalSeconds:0} s");
        return chain;

        // The job's part of the bar begins at a place and is a share of it.
        async Task<Job> Follow<THandler>(object arguments, double from, double share)
            where THandler : IJobHandler =>
            await jobs.Wait(await jobs.Submit<THandler>(hub, arguments, cancellationToken), cancellationToken, (job, running) =>
            {
                var (fraction, text) = Describe(job, running);
                bar.Say(hub.Name, from + (share * fraction), text);
            });
    }

    private static async Task<CapacityDraft> CapacityPlan(Hub hub, IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var assumptions = await scope.ServiceProvider.GetRequiredService<CapacityPlanMaker>().Complete(
            new CapacityAssumptions
            {
                Attrition = new CapacityAttrition { YearlyRate = 0.25 },
                TrainingWeeks = 6,
                Ramp = new CapacityRamp { Start = 0.5, Weeks = 8 },
                Hiring = new CapacityHiring { ClassSize = 8, LeadWeeks = 8 },
            },
            hub, null, cancellationToken);
        var requirement = new CapacityRequirementSpec { Stored = new StoredRequirementSpec { GrowthPerYear = 0.08 } };
        return new CapacityDraft($"{hub.Name}, as we are", null, null, 52, assumptions, null, requirement, 1, null, Owner);
    }

    /// <summary>A chain's progress is that of its steps: what it reported when the step began, and the step's own within the room to the next.</summary>
    private static (double Fraction, string Text) Describe(Job chain, Job? running)
    {
        const double Room = 0.15; // about what a step takes of its chain
        return running is null
            ? (chain.Progress, chain.Step ?? "waiting")
            : (chain.Progress + (Room * running.Progress), $"{running.Kind}: {running.Step}");
    }

    private sealed class Report(Action<double> report) : IProgress<double>
    {
        void IProgress<double>.Report(double value) => report(value);
    }
}
