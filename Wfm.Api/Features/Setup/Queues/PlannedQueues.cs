using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Features.Setup.Queues;

/// <summary>Queues as planning sees them.</summary>
internal static class PlannedQueues
{
    public static PlannedQueue ToPlanned(this WorkQueue queue)
    {
        var planned = new PlannedQueue(queue.Code, queue.SkillGroup)
        {
            LegalClock = queue.Goal.LegalClock,
            Priority = queue.Priority,
            Severity = Tier(queue.Severity),
            ExposureClass = Tier(queue.ExposureClass),
            Concurrency = queue.Concurrency,
            ConcurrencySlowdown = queue.Goal.ConcurrencySlowdown ?? 0,
            Open = queue.OpeningHours.Count == 0 ? null : queue.OpeningHours.ToOpenHours(),
            Closures = queue.Closures.ConvertAll(closure => new DateInterval(closure.From, closure.To)),
            MinimumHeads = queue.MinimumHeads,
            AhtSeconds = queue.AhtSeconds,
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["language"] = queue.Language, ["channel"] = queue.Channel },
        };
        try
        {
            return queue.Kind == WorkKind.Immediate
                ? planned with
                {
                    Immediate = queue.Goal.ToImmediate(),
                }
                : planned with
                {
                    Deferrable = queue.Goal.ToDeferrable(),
                };
        }
        catch (ArgumentException e)
        {
            return planned with { GoalFault = e.Message }; // it can be forecast all the same; staffing says why it cannot be staffed
        }
    }

    public static ImmediateGoal ToImmediate(this QueueGoal goal) =>
        new(
            goal.ServiceLevel, Seconds(goal.ThresholdSeconds), Seconds(goal.MaximumAsaSeconds), goal.MaximumOccupancy, goal.MaximumAbandonment,
            Seconds(goal.PatienceSeconds));

    public static DeferrableGoal ToDeferrable(this QueueGoal goal) =>
        new(
            goal.TurnaroundMinutes is { } minutes ? Duration.FromMinutes(minutes) : Duration.FromDays(1), goal.TurnaroundFraction ?? 1,
            ClockStopsWhenClosed: goal.CountsOpenHoursOnly, JudgedFraction: goal.JudgedFraction, ActionFraction: goal.ActionFraction ?? 1);

    private static Duration? Seconds(double? seconds) => seconds is { } s ? Duration.FromSeconds(s) : null;

    /// <summary>The number in S0 … S4 and E0 … E4; 0 without one.</summary>
    private static int Tier(string? text) => text is [_, >= '0' and <= '4' and var tier] ? tier - '0' : 0;
}
