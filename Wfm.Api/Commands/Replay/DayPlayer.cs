using System.Text.Json.Nodes;
using NodaTime;
using Wfm.Api.Commands.Month;

namespace Wfm.Api.Commands.Replay;

/// <summary>Plays a day hour by hour on a server whose clock stands at its start, and takes back afterwards what it changed.</summary>
internal sealed class DayPlayer(MonthClient api, ReplayWorld world, IReadOnlyList<int> hours)
{
    private const double LeastGain = 0.05; // of a sum of probabilities; less is chance
    private const double LeastSaved = 2; // contacts late or lost, for each paid hour that it costs
    private const int MostActions = 3; // an hour: who decides looks at each

    private readonly HubReplay _replay = new(api, world, isLive: false, TextWriter.Null);
    private readonly List<string> _applied = [];
    private readonly List<string> _told = [];
    private double _paid;
    private double _cost;

    /// <param name="acts">Whether the best recommendations are applied each hour.</param>
    public async Task<ReplayedDays> Run(bool acts, CancellationToken cancellationToken)
    {
        var projected = new List<ReplayedHour>();
        try
        {
            foreach (var hour in hours)
            {
                var at = world.Span.Start + Duration.FromHours(hour);
                await _replay.Advance(at, cancellationToken);
                await StopRepairs(cancellationToken);
                projected.AddRange(ReplayedHour.Of(world.Seed, hour, await api.Get($"today?hub={world.Hub.Code}&at={at}", cancellationToken)));
                var left = acts ? MostActions : 0;
                while (left > 0) left = await Act(at, cancellationToken) ? left - 1 : 0;
            }

            await _replay.Advance(world.Span.End, cancellationToken);
            var play = await _replay.Play(cancellationToken);
            return new ReplayedDays(
                projected,
                [
                    .. play.Day.Queues.Zip(world.Queues, (q, named) => new ReplayedQueue(
                        world.Seed, named.Queue.Code, q.Share, q.IsGoalMet, q.MinutesLate, q.Abandoned)),
                ],
                _told, _paid, _cost);
        }
        finally
        {
            await Restore();
        }
    }

    /// <summary>Applies the best action that raises the probabilities that goals are met, or saves contacts where no goal can be met any more.</summary>
    /// <returns>False when there is none.</returns>
    private async Task<bool> Act(Instant at, CancellationToken cancellationToken)
    {
        var found = await api.Try("today/recommendations", new { hub = world.Hub.Code, at = at.ToString() }, cancellationToken);
        var nothing = Missed(found?["nothing"]);
        foreach (var action in found?["actions"]?.AsArray().Where(a => IsWorthIt(a!, nothing)) ?? [])
        {
            var path = $"today/recommendations/{found!["id"]}/actions/{action!["number"]}";
            if (await api.Try($"{path}:apply", new { reason = "Played." }, cancellationToken) is null) continue; // the next best
            _applied.Add(path);
            (_paid, _cost) = (_paid + (double)action["paidHours"]!, _cost + (double)action["cost"]!);
            _told.Add(
                $"{at.InZone(world.Hub.Zone):HH:mm} {action["kind"]} {action["group"]}, {action["days"]!.AsArray().Count} people, "
                    + $"{(double)action["paidHours"]!:0.0} h, "
                    + $"probabilities {(double)action["goalsGained"]!:+0.00;-0.00;0}, {nothing - Missed(action["outcome"]):0} contacts saved");
            return true;
        }

        return false;
    }

    private static bool IsWorthIt(JsonNode action, double nothing) =>
        action["outcome"] is { } outcome && (double?)action["goalsGained"] is { } gained
        && (gained >= LeastGain || (gained >= 0 && nothing - Missed(outcome) >= LeastSaved * Math.Max(1, (double)action["cost"]!)));

    /// <summary>Contacts that miss their deadline or give up in the rest of the day.</summary>
    private static double Missed(JsonNode? outcome) => outcome?.AsArray().Sum(q => (double)q!["late"]! + (double)q["abandoned"]!) ?? 0;

    /// <summary>Leave hands in repairs of the roster, which nobody asks for here.</summary>
    private async Task StopRepairs(CancellationToken cancellationToken)
    {
        foreach (var state in new[] { "queued", "running" })
        {
            foreach (var job in await api.List($"jobs?hub={world.Hub.Code}&state={state}", cancellationToken))
            {
                await Gone(() => api.Delete($"jobs/{job["id"]}", cancellationToken));
            }
        }
    }

    private async Task Restore()
    {
        var none = CancellationToken.None; // whoever cancels finds the server as it was
        foreach (var path in Enumerable.Reverse(_applied)) await api.Try($"{path}:undo", new { reason = "Played." }, none);
        foreach (var (agent, id) in _replay.Leave) await Gone(() => api.Delete($"agents/{agent}/time-off/{id}", none));
        await StopRepairs(none);
    }

    private static async Task Gone(Func<Task> delete)
    {
        try
        {
            await delete();
        }
        catch (InvalidOperationException)
        {
            // it has ended, or is gone
        }
    }
}
