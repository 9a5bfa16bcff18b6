using System.CommandLine;
using NodaTime.Text;
using Spectre.Console;
using Wfm.Api.Commands.Month;
using Wfm.Api.Features.SampleOperation;

namespace Wfm.Api.Commands.Replay;

/// <summary><c>replay</c>: plays seeded days of the sample operation on a server that a demo with <c>--replay 0</c> serves, hour by hour through its API alone,
/// without and with its recommendations, and prints projected against realised service and what the actions saved.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var url = new Option<string>("--url") { Description = "The server.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var key = new Option<string>("--key") { Description = "Admin key.", Required = true };
        var hub = new Option<string>("--hub") { Description = "Code of the hub.", DefaultValueFactory = _ => "dub" };
        var days = new Option<int>("--days") { Description = "Days, one after the other, each of the next seed.", DefaultValueFactory = _ => 1 };
        var seed = new Option<int>("--seed") { Description = "Seed of the first day.", DefaultValueFactory = _ => 1 };
        var from = new Option<int>("--from") { Description = "First hour of asking.", DefaultValueFactory = _ => 7 };
        var to = new Option<int>("--to") { Description = "Last hour of asking.", DefaultValueFactory = _ => 21 };
        var usual = new Option<bool>("--usual") { Description = "Days as any other: no absence wave at nine, no crisis at ten." };
        var act = new Option<bool>("--act") { Description = "Plays every day twice: without and with the best recommendations applied." };
        var command = new Command(
            "replay", "Plays days of the sample operation hour by hour on a demo whose clock stands (--replay 0), and scores what Today projected.")
        {
            url,
            key,
            hub,
            days,
            seed,
            from,
            to,
            usual,
            act,
        };
        command.SetAction((parsed, cancellationToken) => CommandLine.Told(async () =>
        {
            using var api = new MonthClient(new Uri(parsed.GetValue(url)!), parsed.GetRequiredValue(key));
            var seeds = Enumerable.Range(parsed.GetValue(seed), parsed.GetValue(days)).ToList();
            List<int> hours = [.. Enumerable.Range(parsed.GetValue(from), parsed.GetValue(to) - parsed.GetValue(from) + 1)];
            try
            {
                await Run(api, parsed.GetValue(hub)!, seeds, hours, !parsed.GetValue(usual), parsed.GetValue(act), cancellationToken);
                return 0;
            }
            catch (Exception e) when (e is InvalidOperationException or HttpRequestException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 1;
            }
        }));
        return command;
    }

    private static async Task Run(
        MonthClient api, string hub, List<int> seeds, List<int> hours, bool isHard, bool acts, CancellationToken cancellationToken)
    {
        var standing = await api.Get("today/replay", cancellationToken);
        if (!(bool)standing["isPaused"]!)
        {
            throw new InvalidOperationException("The server's clock goes on; start the demo with --replay 0, so that it stands at the start of the day.");
        }

        var (console, files) = (CommandConsole.Create(), SampleOperationFiles.Load());
        var now = InstantPattern.ExtendedIso.Parse((string)standing["at"]!).Value;
        var today = files.On(now.InZone(files.HubsByCode[hub].Zone).Date);
        var (without, with) = (ReplayedDays.None, ReplayedDays.None);
        foreach (var seed in seeds)
        {
            var world = ReplayWorld.Of(today, hub, seed, isHard);
            without = without.Plus(await new DayPlayer(api, world, hours).Run(acts: false, cancellationToken));
            if (acts) with = with.Plus(await new DayPlayer(api, world, hours).Run(acts: true, cancellationToken));
            console.WriteLine($"day {seed}: {Words(without, seed)}{(acts ? $"; with actions {Words(with, seed)}" : "")}");
        }

        ReplayTable.PrintHours(without, console);
        if (!acts) return;
        ReplayTable.PrintHours(with, console);
        ReplayTable.PrintSaved(without, with, console);
    }

    private static string Words(ReplayedDays days, int seed)
    {
        var mine = days.Queues.Where(q => q.Seed == seed).ToList();
        return $"{mine.Count(q => q.IsGoalMet)} of {mine.Count} goals met, {mine.Sum(q => q.MinutesLate):N0} minutes late, {mine.Sum(q => q.Abandoned)} lost";
    }
}
