using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.Activities;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Today.Snapshot;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Floor.Actions;

namespace Wfm.Api.Features.Today.Actions;

/// <summary>Finds what can be done about a day, does it and takes it back. All of it is edits of the roster in force.</summary>
internal sealed class RecommendationDesk(WfmDbContext db, TodayDesk today, RosterDesk rosters, DecidingRosters deciding, IClock clock)
{
    private static readonly Duration Stale = Duration.FromMinutes(30);

    /// <summary>Finds and ranks actions, and keeps them.</summary>
    /// <exception cref="ProblemException">409: no published roster of the hub covers the day.</exception>
    public async Task<RecommendationSet> Recommend(
        Hub hub, Instant at, double riskLevel, FloorTerms? terms, string by, CancellationToken cancellationToken)
    {
        var date = hub.Days.DateOf(at);
        var id = await deciding.Last(hub.Id, date, cancellationToken)
            ?? throw ProblemException.Conflict($"No published roster of hub '{hub.Code}' covers {date:uuuu-MM-dd}; there is nothing to change.");
        var view = await today.Look(hub, at, riskLevel, view => view, cancellationToken);
        var (version, (nothing, actions)) = await rosters.Look(
            id, open => (open.Roster.Version, RecommendationRanking.Of(view, open.Document, terms, cancellationToken)), cancellationToken);
        var set = new RecommendationSet
        {
            HubId = hub.Id,
            RosterId = id,
            RosterVersion = version,
            At = view.Day.At,
            MadeAt = clock.GetCurrentInstant(),
            MadeBy = by,
            Nothing = nothing,
            Actions = actions,
        };
        db.RecommendationSets.Add(set);
        await db.SaveChangesAsync(cancellationToken);
        return set;
    }

    /// <summary>Does an action.</summary>
    /// <exception cref="ProblemException">404: there is no such action. 409: it was done already, or it is too late for it. 412: the roster has changed since
    /// (with the edits). 422: a hard rule would be broken.</exception>
    public async Task<EditEffectResponse> Apply(RecommendationSet set, int number, string by, string? reason, CancellationToken cancellationToken)
    {
        var action = Find(set, number);
        DemandOpen(set, clock.GetCurrentInstant());
        DayEdit[] days = [.. action.Days.Select(d => new DayEdit(d.Agent, d.Date, d.After?.ToShift(d.Agent, d.Date)))];
        var author = new EditAuthor(by, reason ?? $"{action.Kind} for {action.Group}, action {number} of {set.MadeAt}.", EditCause.Action);
        await MoveSessions(set.RosterId, action.Days, cancellationToken);
        var effect = await rosters.Apply(set.RosterId, days, author, set.RosterVersion, cancellationToken);
        await Keep(set, number, effect.Number, cancellationToken);
        return effect;
    }

    /// <summary>Takes an action back.</summary>
    /// <exception cref="ProblemException">404: there is no such action. 409: it was not done, or its days have changed since.</exception>
    public async Task<EditEffectResponse> Undo(RecommendationSet set, int number, string by, string? reason, CancellationToken cancellationToken)
    {
        var action = Find(set, number);
        if (set.Applied != number || set.Edit is not { } edit)
        {
            throw ProblemException.Conflict($"Action {number} is not done, so it cannot be taken back.");
        }

        var author = new EditAuthor(by, reason ?? $"Action {number} of {set.MadeAt} taken back.", EditCause.Undo);
        await MoveSessions(set.RosterId, [.. action.Days.Select(d => new EditedDayData(d.Agent, d.Date, d.After, d.Before))], cancellationToken);
        var effect = await rosters.Undo(set.RosterId, edit, author, null, cancellationToken);
        await Keep(set, null, null, cancellationToken);
        return effect;
    }

    // Sessions of trainings are found by their time: they go where the edit puts them, and are stored with it.
    private async Task MoveSessions(Guid roster, IReadOnlyList<EditedDayData> days, CancellationToken cancellationToken)
    {
        if (days.Any(d => d.Before is not null && d.After is not null))
        {
            MovedSessions.Follow(db, await db.ActivitySessions.Where(s => s.RosterId == roster).ToListAsync(cancellationToken), days);
        }
    }

    /// <exception cref="ProblemException">409: one of the actions was done, or they are old.</exception>
    internal static void DemandOpen(RecommendationSet set, Instant now)
    {
        if (set.Edit is { } edit)
        {
            throw ProblemException.Conflict($"Action {set.Applied} was done by edit {edit} of the roster; ask anew for what can be done now.");
        }

        if (now > set.MadeAt + Stale)
        {
            throw ProblemException.Conflict(
                $"The actions were found at {set.MadeAt}; after {Stale.TotalMinutes:0} minutes they say nothing any more. Ask anew.");
        }
    }

    internal static Recommendation Find(RecommendationSet set, int number) => set.Actions.Find(a => a.Number == number)
        ?? throw new ProblemException(StatusCodes.Status404NotFound, $"There is no action {number}; there are {set.Actions.Count}.");

    private Task<int> Keep(RecommendationSet set, int? applied, int? edit, CancellationToken cancellationToken) =>
        db.RecommendationSets.Where(s => s.Id == set.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.Applied, applied).SetProperty(x => x.Edit, edit), cancellationToken);
}
