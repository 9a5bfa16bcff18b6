using System.Text.Json.Nodes;

namespace Wfm.Api.Commands.Replay;

/// <summary>What was projected of a queue at an hour of a day.</summary>
/// <param name="Seed">Of the day.</param>
/// <param name="Hour">Hours since midnight.</param>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Low">The share in time that one day in ten stays below.</param>
/// <param name="Mean">Its mean.</param>
/// <param name="High">The share that nine days in ten stay below.</param>
/// <param name="GoalMet">Probability that the goal is met.</param>
internal sealed record ReplayedHour(int Seed, int Hour, string Queue, double Low, double Mean, double High, double GoalMet)
{
    /// <summary>The queues of a snapshot whose service is projected.</summary>
    public static IEnumerable<ReplayedHour> Of(int seed, int hour, JsonNode today)
    {
        foreach (var queue in today["queues"]!.AsArray())
        {
            if (queue!["service"]!["projected"] is { } projected && projected["p10"] is { } low)
            {
                yield return new ReplayedHour(
                    seed, hour, (string)queue["queue"]!, (double)low, (double)projected["share"]!, (double)projected["p90"]!,
                    (double)projected["probabilityGoalMet"]!);
            }
        }
    }
}

/// <summary>What a queue's day ended with.</summary>
/// <param name="Share">Share in time; null when no contact counts.</param>
internal sealed record ReplayedQueue(int Seed, string Queue, double? Share, bool IsGoalMet, double MinutesLate, long Abandoned);

/// <summary>Days as they were projected and as they ended.</summary>
/// <param name="Hours">Projections, hour by hour.</param>
/// <param name="Queues">How each queue ended.</param>
/// <param name="Actions">What was done, in words.</param>
/// <param name="PaidHours">Paid hours of it, more than without.</param>
/// <param name="Cost">The same with premiums and disruption.</param>
internal sealed record ReplayedDays(
    IReadOnlyList<ReplayedHour> Hours, IReadOnlyList<ReplayedQueue> Queues, IReadOnlyList<string> Actions, double PaidHours, double Cost)
{
    public static ReplayedDays None { get; } = new([], [], [], 0, 0);

    public ReplayedDays Plus(ReplayedDays other) => new(
        [.. Hours, .. other.Hours], [.. Queues, .. other.Queues], [.. Actions, .. other.Actions], PaidHours + other.PaidHours, Cost + other.Cost);
}
