using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Today.Snapshot;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Floor;
using Wfm.Scheduling.Floor.Actions;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Simulation;

namespace Wfm.Api.Features.Today.Actions;

/// <summary>Ranks what can be done by what the simulation makes of the day with it.</summary>
internal static class RecommendationRanking
{
    private const int Simulated = 10;
    private const double Noise = 0.05; // of a sum of probabilities: less is chance

    /// <summary>How actions are ranked, in words.</summary>
    public const string Rule =
        "The ten worth most (missing head-hours taken away at their price, less paid hours with premiums and what it is worth to leave a person alone) are "
            + "simulated on the same random numbers as doing nothing, and ranked by how much they raise the probabilities that goals are met, "
            + "summed over the queues in steps of 0.05; equals, and the rest after them, by worth.";

    /// <summary>Finds and ranks actions.</summary>
    /// <param name="view">The day.</param>
    /// <param name="roster">The roster in force.</param>
    /// <param name="terms">What actions cost; null for the usual.</param>
    public static (List<QueueOutcome> Nothing, List<Recommendation> Actions) Of(
        TodayView view, RosterDocument roster, FloorTerms? terms, CancellationToken cancellationToken)
    {
        var found = FloorActions.Find(Situation(view, roster, terms));
        var nothing = view.Projection is { } projection ? Outcome(projection) : [];
        var ranked = found.Select((action, i) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                var outcome = i < Simulated && view.Projection is { } now ? Outcome(now.With(People(view, action), cancellationToken)) : null;
                return (Action: action, Outcome: outcome, Gained: outcome is null ? (double?)null : Gained(nothing, outcome));
            })
            .OrderByDescending(r => r.Gained is { } gained ? Math.Round(gained / Noise) : double.NegativeInfinity).ThenByDescending(r => r.Action.Worth)
            .ToList();
        return (nothing, [.. ranked.Select((r, i) => Tell(r.Action, i, r.Outcome, r.Gained, [.. ranked.Select(o => o.Action)]))]);
    }

    private static FloorSituation Situation(TodayView view, RosterDocument roster, FloorTerms? terms)
    {
        var day = view.Day;
        var waits = view.Queues.ToLookup(q => q.Facts.Queue.SkillGroup, q => q.Facts.Queue.Kind == WorkKind.Deferrable);
        var away = day.Roster.Codes.Where(c => day.States.People.GetValueOrDefault(c.Key) is { IsPresent: false, Activity: null }).Select(c => c.Value);
        return new FloorSituation(
            roster, day.At, day.Interval.Start, day.Interval.Grid.Interval,
            [
                .. view.Groups.Select(g => new GroupOutlook(
                    g.Group, waits[g.Group].Any() && waits[g.Group].All(w => w), [.. g.Items.Select(i => i.RequiredPresent)],
                    [.. g.Items.Select(i => i.Present)])),
            ],
            away, terms);
    }

    private static IReadOnlyList<RosteredPerson> People(TodayView view, FloorAction action)
    {
        var changed = action.Edits.ToDictionary(e => (e.AgentId, e.Date), e => e.Shift);
        var kept = view.Day.Roster.PresentShifts.Where(s => !changed.ContainsKey((s.AgentId, s.Date)));
        return RosteredPerson.Of(kept.Concat(changed.Values.OfType<RosterShift>()), view.Day.Roster.Skills, view.Window!.Start, allSkills: false);
    }

    private static List<QueueOutcome> Outcome(Projection projection) =>
    [
        .. projection.Queues.Select(q => new QueueOutcome(
            q.Name, q.Service?.Mean, q.GoalMet, q.Late.Mean, q.Abandoned.Mean, q.Clock?.Probability ?? 0)),
    ];

    private static double Gained(List<QueueOutcome> nothing, List<QueueOutcome> done) =>
        done.Zip(nothing, (after, before) => after.ProbabilityGoalMet - before.ProbabilityGoalMet).Sum();

    private static Recommendation Tell(FloorAction action, int place, List<QueueOutcome>? outcome, double? gained, List<FloorAction> all) => new(
        place + 1, action.Kind, action.Gap.Group, action.Gap.Start, action.Gap.End, action.Gap.HeadHours, action.MissingHours, action.PaidHours, action.Cost,
        action.Worth, action.Notice.TotalMinutes,
        [.. action.Steps.SelectMany(s => s.Days).Select(Day)], outcome, gained,
        [
            .. all.Select((other, i) => (Other: other, Number: i + 1)).Where(o => o.Other != action && action.ExcludesOrReplaces(o.Other))
                .Select(o => o.Number),
        ],
        [.. action.Others.SelectMany(s => s.Days).Select(Day)]);

    private static EditedDayData Day(ChangedDay day) => new(day.AgentId, day.Date, EditedShift.From(day.Before), EditedShift.From(day.After));
}
