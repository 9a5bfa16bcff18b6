using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Crises.StandDown;

/// <summary>Lets the people of a crisis go, step by step, and puts the rest that they are owed into their rosters.</summary>
/// <remarks>
/// A step gives back what the plans of the crisis made of the days ahead that nobody has changed since, one person after the other, and then frees each from
/// the next planned work for as many paid hours as are owed: a shift goes where at least half of it does, else it begins later. Every one is an edit, checked
/// like any other; what a rule stands against stays owed, with the rule.
/// </remarks>
internal sealed class StandDownDesk(WfmDbContext db, MobilisedPeople mobilised, RosterDesk rosters, IClock clock)
{
    private const double Settled = 0.25; // hours: less is nobody's while

    /// <summary>Who goes when. Nothing changes.</summary>
    /// <param name="crisis">With its hubs.</param>
    /// <param name="steps">Steps, at least 1.</param>
    /// <param name="between">Time from one to the next.</param>
    public async Task<StandDownPlan> Plan(
        Crisis crisis, int steps, Duration between, string by, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        ReleasedPerson[] people =
        [
            .. (await mobilised.Of(crisis, cancellationToken)).Where(p => p.HoursAhead(now) > 0 || p.RestHours(now) > Settled)
                .OrderByDescending(p => p.RestHours(now)).ThenByDescending(p => p.HoursAhead(now)).ThenBy(p => p.Agent, StringComparer.Ordinal)
                .Select(p => new ReleasedPerson(
                    p.Agent, p.Hub, Round(p.ExtraHours(now)), Round(p.HoursAhead(now)), Round(p.RestHours(now)), [], Round(p.RestHours(now)), [])),
        ];
        var size = Math.Max(1, (int)Math.Ceiling(people.Length / (double)steps));
        return new StandDownPlan(
            now, by, reason,
            [.. people.Chunk(size).Select((chunk, i) => new StandDownStep(i + 1, now + (between * i), chunk, null, null))]);
    }

    /// <summary>Lets the people of a step go.</summary>
    /// <exception cref="ProblemException">404: there is no such step. 409: it was done, one before it was not, or somebody else does it.</exception>
    public async Task<StandDownStep> Release(Guid crisisId, int number, string by, CancellationToken cancellationToken)
    {
        var step = await Claim(crisisId, number, by, cancellationToken);
        var crisis = await db.Crises.AsNoTracking().SingleAsync(c => c.Id == crisisId, cancellationToken);
        var now = step.DoneAt!.Value;
        var found = (await mobilised.Of(crisis, cancellationToken)).ToDictionary(p => (p.Hub, p.Agent));
        var people = new List<ReleasedPerson>();
        foreach (var person in step.People)
        {
            people.Add(found.TryGetValue((person.Hub, person.Agent), out var who) ? await Release(crisis, person, who, now, by, cancellationToken)
                : person with { Notes = ["The days were taken back by others meanwhile."] });
        }

        return await Keep(crisisId, step with { People = people }, cancellationToken);
    }

    // The step is taken before anything is done, so that of two who ask at once one does it.
    private async Task<StandDownStep> Claim(Guid crisisId, int number, string by, CancellationToken cancellationToken)
    {
        var crisis = await db.Crises.SingleAsync(c => c.Id == crisisId, cancellationToken);
        var plan = crisis.StandDown ?? throw ProblemException.Conflict($"The crisis '{crisis.Name}' is not stood down.");
        var step = plan.Steps.FirstOrDefault(s => s.Number == number)
            ?? throw new ProblemException(StatusCodes.Status404NotFound, $"There is no step {number}; there are {plan.Steps.Count}.");
        if (step.DoneAt is { } done)
        {
            throw ProblemException.Conflict($"Step {number} was done at {done} by {step.DoneBy}.");
        }

        if (plan.Steps.FirstOrDefault(s => s.Number < number && s.DoneAt is null) is { } earlier)
        {
            throw ProblemException.Conflict($"Step {earlier.Number} comes before step {number}, and is not done.");
        }

        var now = clock.GetCurrentInstant();
        step = step with { DoneAt = now, DoneBy = by };
        crisis.StandDown = With(plan, step);
        crisis.Enter(now, by, $"Step {number} of standing down: {step.People.Count} people let go.");
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw ProblemException.Conflict($"Somebody else changes the crisis at the same time; look whether step {number} is done.");
        }

        db.ChangeTracker.Clear();
        return step;
    }

    private async Task<StandDownStep> Keep(Guid crisisId, StandDownStep step, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear(); // an edit empties it too
        while (true)
        {
            var crisis = await db.Crises.SingleAsync(c => c.Id == crisisId, cancellationToken);
            crisis.StandDown = With(crisis.StandDown!, step);
            crisis.Version++;
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return step;
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear(); // something else of it changed; the step is this one's
            }
        }
    }

    private static StandDownPlan With(StandDownPlan plan, StandDownStep step) =>
        plan with { Steps = [.. plan.Steps.Select(s => s.Number == step.Number ? step : s)] };

    private async Task<ReleasedPerson> Release(
        Crisis crisis, ReleasedPerson person, MobilisedPerson who, Instant now, string by, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        // The last one first: what a later plan made of a day of an earlier one becomes that again, and then what it was before.
        foreach (var edit in who.Days.Where(d => !d.HasBegun(now)).Select(d => (d.RosterId, d.Edit)).Distinct().OrderByDescending(e => e.Edit))
        {
            try
            {
                await rosters.GiveBack(
                    edit.RosterId, edit.Edit, who.AgentId, now, new EditAuthor(by, $"Crisis '{crisis.Name}' is stood down.", EditCause.Undo),
                    cancellationToken);
            }
            catch (ProblemException e) when (e.Status is StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity)
            {
                notes.Add(e.Message);
            }
        }

        var (rest, why) = await Rest(crisis, who, now, by, cancellationToken);
        if (why is not null) notes.Add(why);
        return person with { Rest = rest, RestOwed = Round(Math.Max(0, who.RestHours(now) - rest.Sum(r => r.Hours))), Notes = notes };
    }

    private async Task<(IReadOnlyList<PlannedRest> Freed, string? Why)> Rest(
        Crisis crisis, MobilisedPerson who, Instant now, string by, CancellationToken cancellationToken)
    {
        var (owed, from, roster) = (who.RestHours(now), who.LastEnd(now), who.Days[^1].RosterId);
        if (owed < Settled) return ([], null);
        IReadOnlyList<PlannedRest> rest = [];
        try
        {
            var author = new EditAuthor(by, $"Rest for crisis '{crisis.Name}': {owed:0.##} hours are owed.", EditCause.Action);
            var effect = await rosters.Apply(
                roster, open =>
                {
                    (rest, var operations) = RestInReturn.Of(open.Document, who.Agent, from, owed);
                    return operations;
                },
                author, null, cancellationToken);
            return rest.Count == 0 ? ([], "The roster has no work ahead from which the rest could be taken.")
                : ([.. rest.Select(r => r with { Edit = effect.Number })], null);
        }
        catch (ProblemException e) when (e.Status is StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity)
        {
            return ([], e.Message);
        }
    }

    private static double Round(double hours) => Math.Round(hours, 2);
}
