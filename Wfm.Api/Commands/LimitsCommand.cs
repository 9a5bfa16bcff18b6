using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;
using Wfm.Api.Features.People.Wellbeing;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Hosting;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Commands;

/// <summary><c>limits</c>: prices the limits on harmful content of a hub of a store, and prints a table to decide from.</summary>
internal static class LimitsCommand
{
    public static Command Create()
    {
        var store = new Option<string>("--store")
        {
            Description = "The store: an SQLite file such as that of the demo, or a PostgreSQL connection. The prices are kept in it.",
            DefaultValueFactory = _ => "data/demo.db",
        };
        var hub = new Option<string>("--hub") { Description = "Code of the hub.", Required = true };
        var moves = new Option<long>("--moves")
        {
            Description = "Work limit of each search.",
            DefaultValueFactory = _ => LimitPriceEndpoints.MaximumMoves,
        };
        var replications = new Option<int>("--replications")
        {
            Description = "Simulated periods of each roster, at least 10; 0 leaves the service out.",
            DefaultValueFactory = _ => LimitPriceEndpoints.Replications,
        };
        var fte = new Option<double>("--fte-hours")
        {
            Description = "Paid hours a week of a full-time equivalent.",
            DefaultValueFactory = _ => LimitPriceEndpoints.FteWeeklyHours,
        };
        var seed = new Option<int>("--seed") { Description = "Seed of searches and simulations.", DefaultValueFactory = _ => 1 };
        var command = new Command("limits", "Prices each limit on harmful content of a hub: loosened by a step, and removed.")
        {
            store,
            hub,
            moves,
            replications,
            fte,
            seed,
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
            var priced = await Run(
                app.Services, CommandConsole.Create(), parsed.GetRequiredValue(hub),
                id => new LimitPriceArguments(
                    id, new SolveLimits(parsed.GetValue(seed), parsed.GetValue(moves)), parsed.GetValue(replications), parsed.GetValue(fte)),
                cancellationToken);
            await app.StopAsync(cancellationToken);
            return priced ? 0 : 1;
        }));
        return command;
    }

    /// <param name="code">Code of the hub.</param>
    /// <param name="arguments">What is asked of a roster.</param>
    /// <returns>Whether there is a table.</returns>
    internal static async Task<bool> Run(
        IServiceProvider services, IAnsiConsole console, string code, Func<Guid, LimitPriceArguments> arguments, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        if (await db.Hubs.AsNoTracking().SingleOrDefaultAsync(h => h.Code == code, cancellationToken) is not { } hub)
        {
            console.WriteLine($"There is no hub '{code}' in this store.");
            return false;
        }

        var roster = await db.Rosters.AsNoTracking().Where(r => r.HubId == hub.Id && r.RequirementRunId != null).OrderByDescending(r => r.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (roster is null)
        {
            console.WriteLine($"Hub '{code}' has no roster yet; make one first.");
            return false;
        }

        var jobs = new CommandJobs(services, "limits");
        var job = await console.Bars().StartAsync(async bars =>
        {
            var bar = bars.AddTask(Markup.Escape(hub.Name));
            return await jobs.Wait(
                await jobs.Submit<LimitPriceJob>(hub, arguments(roster.Id), cancellationToken), cancellationToken,
                (running, _) => bar.Say(hub.Name, running.Progress, running.Step ?? ""));
        });
        if (job.State != JobState.Succeeded)
        {
            console.WriteLine($"{hub.Name} {job.State}: {job.Error}");
            return false;
        }

        var prices = await db.LimitPrices.AsNoTracking().SingleAsync(p => p.JobId == job.Id, cancellationToken);
        Print(hub, roster, prices.Data, console);
        return true;
    }

    private static void Print(Hub hub, Roster roster, LimitPriceData prices, IAnsiConsole console)
    {
        var now = prices.AsItIs;
        console.WriteLine(
            $"\n{hub.Name}, {roster.Start:uuuu-MM-dd} and {roster.Days} days, with every limit: {now.Fte:0.0} FTE of {prices.FteWeeklyHours:0.#} h a week, "
                + $"{now.MissingHours:0} head-hours missing ({now.Coverage:P1} covered), cost {now.Cost:0}, every goal met with "
                + $"{now.ProbabilityEveryGoalMet:0.00}, a goal on average with {now.ProbabilityGoalMet:0.00}");
        var table = CommandConsole.Figures(
            "limit", "now", "becomes", "Δ FTE paid", "Δ FTE missing", "Δ hours missing", "Δ cost", "Δ P(every goal)", "Δ P(goal)");
        foreach (var limit in prices.Limits)
        {
            if (limit is { Loosened: { } loosened, LoosenedTo: { } to })
            {
                table.Add(Row(limit, to, loosened));
            }

            table.Add(Row(limit, "removed", limit.Removed));
        }

        console.Write(table);
        foreach (var limit in prices.Limits)
        {
            console.WriteLine($"{limit.Rule} ({limit.Now}): {limit.Text} {limit.Source}");
        }

        console.WriteLine(prices.Method);
    }

    private static string[] Row(LimitPrice limit, string becomes, LimitDifference change) =>
    [
        limit.Rule, limit.Now, becomes, $"{change.Fte:+0.0;-0.0;0.0}", $"{change.MissingFte:+0.0;-0.0;0.0}", $"{change.MissingHours:+0;-0;0}",
        $"{change.Cost:+0;-0;0}", Signed(change.ProbabilityEveryGoalMet), Signed(change.ProbabilityGoalMet),
    ];

    private static string Signed(double? change) => change is { } known ? $"{known:+0.00;-0.00;0.00}" : "–";
}
