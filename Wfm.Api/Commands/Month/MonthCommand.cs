using System.CommandLine;
using NodaTime;

namespace Wfm.Api.Commands.Month;

/// <summary><c>month</c>: a month at a hub of a server that runs, through its API alone.</summary>
internal static class MonthCommand
{
    public static Command Create()
    {
        var url = new Option<string>("--url") { Description = "The server.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var key = new Option<string>("--key") { Description = "Admin key.", Required = true };
        var hub = new Option<string>("--hub") { Description = "Code of the hub.", DefaultValueFactory = _ => "dub" };
        var requests = new Option<int>("--requests") { Description = "Requests for leave.", DefaultValueFactory = _ => 40 };
        var swaps = new Option<int>("--swaps") { Description = "Swaps.", DefaultValueFactory = _ => 12 };
        var absences = new Option<int>("--absences") { Description = "People ill for a day.", DefaultValueFactory = _ => 8 };
        var trainings = new Option<int>("--trainings") { Description = "Trainings.", DefaultValueFactory = _ => 3 };
        var seed = new Option<int>("--seed") { Description = "Seed of who does what.", DefaultValueFactory = _ => 1 };
        var command = new Command(
            "month", "Publishes the newest draft of a hub, lets its people ask for leave, swap, fall ill and learn, all over the API, and prints it.")
        {
            url,
            key,
            hub,
            requests,
            swaps,
            absences,
            trainings,
            seed,
        };
        command.SetAction((parsed, cancellationToken) => CommandLine.Told(async () =>
        {
            var plan = new MonthPlan(
                parsed.GetValue(requests), parsed.GetValue(swaps), parsed.GetValue(absences), parsed.GetValue(trainings), Publish: true, parsed.GetValue(seed));
            using var month = new HubMonth(new Uri(parsed.GetValue(url)!), parsed.GetRequiredValue(key), parsed.GetValue(hub)!, plan, Console.Out);
            try
            {
                return await month.Run(SystemClock.Instance.GetCurrentInstant(), cancellationToken) == 0 ? 0 : 1;
            }
            catch (Exception e) when (e is InvalidOperationException or HttpRequestException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 1;
            }
        }));
        return command;
    }
}
