using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Rosters.Turns;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Editing;

namespace Wfm.Api.Features.Rosters.Edits;

/// <summary>Who edits, and why.</summary>
/// <param name="By">Name of the key.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cause">What it came from.</param>
/// <param name="IsFact">Whether it has happened, such as sickness: then rules that it breaks are told, and stop nothing.</param>
public sealed record EditAuthor(string By, string Reason, EditCause Cause, bool IsFact = false)
{
    internal int? Undoes { get; init; }
}

/// <summary>Checks and makes edits of stored rosters. Every change of a roster's days goes through here.</summary>
/// <remarks>
/// A check is made against a document kept open (<see cref="WarmRosters"/>) that is opened anew when anything has changed it was opened with. An edit is made
/// in one transaction that has the turn of all rosters (<see cref="RosterTurn"/>) and reads again that the check still holds.
/// </remarks>
public sealed class RosterDesk(
    WfmDbContext db, WarmRosters warm, DocumentSource source, EditWaivers waivers, IPromisedRest promised, IClock clock)
{
    private const int Attempts = 5;

    /// <summary>Looks at the roster as it stands.</summary>
    public async Task<T> Look<T>(Guid roster, Func<OpenRoster, T> look, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(look);
        using var entry = await warm.Enter(roster, cancellationToken);
        return look((await Fresh(entry, roster, cancellationToken)).Open);
    }

    /// <summary>What an edit would do. Nothing changes.</summary>
    /// <param name="read">The operations; it may read the roster.</param>
    /// <exception cref="ProblemException">422: an operation cannot be done.</exception>
    public async Task<EditEffectResponse> Check(Guid roster, Func<OpenRoster, IReadOnlyList<EditOperation>> read, CancellationToken cancellationToken)
    {
        using var entry = await warm.Enter(roster, cancellationToken);
        var (open, _) = await Fresh(entry, roster, cancellationToken);
        var effect = await Told(open, open.Document.Check(Days(open, read(open))), EditCause.Edit, cancellationToken);
        return Answer(open, effect, await waivers.Apply(open.Hub, effect.Broken, cancellationToken), null);
    }

    /// <summary>Makes an edit.</summary>
    /// <param name="read">The operations; it may read the roster.</param>
    /// <param name="version">The version of the roster that the author has seen; null for whatever it is now.</param>
    /// <returns>What it does; its number is null where nothing changes.</returns>
    /// <exception cref="ProblemException">422: an operation cannot be done, or a hard rule would be broken (with the findings). 412: the roster has changed
    /// (with the edits since). 409: it is superseded.</exception>
    public async Task<EditEffectResponse> Apply(
        Guid roster, Func<OpenRoster, IReadOnlyList<EditOperation>> read, EditAuthor author, int? version, CancellationToken cancellationToken) =>
        await Apply(roster, open => Days(open, read(open)), author, version, cancellationToken);

    /// <summary>Makes an edit of days that have been found before.</summary>
    /// <param name="days">The days as they become.</param>
    /// <param name="version">The version of the roster for which they were found.</param>
    /// <exception cref="ProblemException">As for an edit.</exception>
    internal Task<EditEffectResponse> Apply(
        Guid roster, IReadOnlyList<DayEdit> days, EditAuthor author, int version, CancellationToken cancellationToken) =>
        Apply(roster, _ => days, author, version, cancellationToken);

    /// <summary>Takes an edit back: the days become what they were before it, where they are still what it made of them.</summary>
    /// <exception cref="ProblemException">404: there is no such edit. 409: a day has changed since. Else as for an edit.</exception>
    public async Task<EditEffectResponse> Undo(Guid roster, int number, EditAuthor author, int? version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(author);
        var edit = await db.RosterEdits.AsNoTracking().Include(e => e.Days)
                .SingleOrDefaultAsync(e => e.RosterId == roster && e.Number == number, cancellationToken)
            ?? throw new ProblemException(StatusCodes.Status404NotFound, $"The roster has no edit {number}.");
        return await Apply(roster, open => Before(open, edit), author with { Undoes = number }, version, cancellationToken);
    }

    /// <summary>Takes an edit back for one person from an instant on, on days that are still what it made of them.</summary>
    /// <exception cref="ProblemException">409: there are such days no more, or the roster is superseded. 422: a hard rule would be broken.</exception>
    internal async Task<EditEffectResponse> GiveBack(
        Guid roster, int number, Guid agent, Instant from, EditAuthor author, CancellationToken cancellationToken)
    {
        var edit = await db.RosterEdits.AsNoTracking().Include(e => e.Days)
            .SingleAsync(e => e.RosterId == roster && e.Number == number, cancellationToken);
        edit.Days.RemoveAll(d => d.AgentId != agent || (d.Before ?? d.After) is not { } shift || shift.End <= from);
        return edit.Days.Count == 0
            ? throw ProblemException.Conflict($"Edit {number} has no day of the person from {from} on.")
            : await Apply(roster, Unchanged, author with { Undoes = number }, null, cancellationToken);

        IReadOnlyList<DayEdit> Unchanged(OpenRoster open)
        {
            var days = edit.Days.FindAll(d => !IsChanged(open, d));
            return days.Count > 0 ? Before(open, days) : throw ProblemException.Conflict($"The days that edit {number} changed have changed since.");
        }
    }

    private static bool IsChanged(OpenRoster open, RosterEditDay day)
    {
        var code = open.Codes[day.AgentId];
        return open.Document.IsLocked(code, day.Date) || !EditedShift.IsSame(day.After, EditedShift.From(open.Document.Find(code, day.Date)));
    }

    private static IReadOnlyList<DayEdit> Before(OpenRoster open, RosterEdit edit) =>
        InOrder(open, edit.Days).FirstOrDefault(d => IsChanged(open, d)) is { } changed
            ? throw ProblemException.Conflict(
                $"{changed.Date:uuuu-MM-dd} of agent '{open.Codes[changed.AgentId]}' has changed since edit {edit.Number}; take later edits back first, "
                    + "or edit the day.")
            : Before(open, edit.Days);

    private static IReadOnlyList<DayEdit> Before(OpenRoster open, IEnumerable<RosterEditDay> days) =>
        [.. InOrder(open, days).Select(d => new DayEdit(open.Codes[d.AgentId], d.Date, d.Before?.ToShift(open.Codes[d.AgentId], d.Date)))];

    private static IEnumerable<RosterEditDay> InOrder(OpenRoster open, IEnumerable<RosterEditDay> days) =>
        days.OrderBy(d => open.Codes[d.AgentId], StringComparer.Ordinal).ThenBy(d => d.Date);

    private async Task<EditEffectResponse> Apply(
        Guid roster, Func<OpenRoster, IReadOnlyList<DayEdit>> days, EditAuthor author, int? version, CancellationToken cancellationToken)
    {
        using var entry = await warm.Enter(roster, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var (open, stamp) = await Fresh(entry, roster, cancellationToken);
            if (open.Roster.State == PublicationState.Superseded)
            {
                throw ProblemException.Conflict("A newer roster decides about all days of this one; edit that one.");
            }

            if (version is { } seen && seen != open.Roster.Version)
            {
                throw await Stale(open, seen, cancellationToken);
            }

            var effect = await Told(open, open.Document.Check(days(open)), author.Cause, cancellationToken);
            if (effect.Days.Count == 0)
            {
                return Answer(open, effect, [], null);
            }

            if (!author.IsFact)
            {
                RefusePast(open, effect);
            }

            var broken = await waivers.Apply(open.Hub, effect.Broken, cancellationToken);
            var answer = Answer(open, effect, broken, open.Roster.Edits + 1);
            if (!author.IsFact && !answer.Allowed)
            {
                throw Refused(answer);
            }

            if (await Store(entry, open, stamp, effect, broken, author, cancellationToken))
            {
                return answer;
            }

            if (attempt == Attempts)
            {
                throw ProblemException.Conflict("Others keep changing what the edit is checked against; send it again.");
            }
        }
    }

    /// <summary>What an edit misses beside the minima of the roster: notice of what was published, unless people asked for it themselves, and rest that is owed
    /// to them.</summary>
    private async Task<EditEffect> Told(OpenRoster open, EditEffect effect, EditCause cause, CancellationToken cancellationToken)
    {
        var late = open.Roster.State != PublicationState.Published || cause is EditCause.Leave or EditCause.Swap ? []
            : LateNotice.Of(open.Document.Problem.Policy.Rules, effect.Days, clock.GetCurrentInstant());
        return effect with { Missed = [.. effect.Missed, .. late, .. await promised.Lost(open, effect, cancellationToken)] };
    }

    internal static ProblemException Refused(EditEffectResponse answer)
    {
        var stops = answer.Broken.Where(b => b.Waiver is null).ToList();
        var first = stops[0];
        return new ProblemException(
                StatusCodes.Status422UnprocessableEntity,
                $"The edit would break {(stops.Count == 1 ? "a rule" : $"rules {stops.Count} times")}, first {first.Rule}"
                    + $"{(first.Agent is { } agent ? $" of agent '{agent}'" : "")} on {first.From:uuuu-MM-dd}: {first.Message} ({first.Source})"
                    + (first.NotWaived is { } why ? $" {why.Message}" : ""))
            .With("findings", stops).With("effect", answer);
    }

    /// <summary>Which days an edit changes.</summary>
    private static IReadOnlyList<DayEdit> Days(OpenRoster open, IReadOnlyList<EditOperation> operations)
    {
        var (days, refusals) = open.Document.Propose(operations);
        return refusals.Count == 0 ? days
            : throw new ProblemException(
                    StatusCodes.Status422UnprocessableEntity,
                    refusals.Count == 1 ? refusals[0].Message : $"{refusals.Count} operations cannot be done; errors names them.",
                    refusals.GroupBy(r => $"/operations/{r.Operation}").ToDictionary(g => g.Key, g => g.Select(r => r.Message).ToArray()))
                .With("refusals", refusals);
    }

    // What is over is a matter of what was worked, not of the roster.
    private void RefusePast(OpenRoster open, EditEffect effect)
    {
        var now = clock.GetCurrentInstant();
        if (open.Roster.State == PublicationState.Published && effect.Days.FirstOrDefault(d => d.Before?.End <= now || d.After?.End <= now) is { } day)
        {
            throw ProblemException.Semantic(
                "/operations", $"The shift of agent '{day.AgentId}' on {day.Date:uuuu-MM-dd} is over; what was worked is corrected in worked-shifts.");
        }
    }

    private async Task<(OpenRoster Open, RosterStamp Stamp)> Fresh(WarmRosters.Entry entry, Guid id, CancellationToken cancellationToken)
    {
        var roster = await db.Rosters.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("roster", id.ToString());
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == roster.HubId, cancellationToken);
        var stamp = await RosterStamp.Of(db, roster, hub, cancellationToken);
        if (entry.Open is { } open && entry.Stamp == stamp && open.Roster.Version == roster.Version)
        {
            return (open, stamp);
        }

        entry.Forget();
        open = await source.Open(roster, hub, cancellationToken);
        entry.Keep(open, stamp);
        return (open, stamp);
    }

    /// <returns>False when something has changed that the edit was checked against.</returns>
    private async Task<bool> Store(
        WarmRosters.Entry entry, OpenRoster open, RosterStamp stamp, EditEffect effect, IReadOnlyList<EditFinding> broken, EditAuthor author,
        CancellationToken cancellationToken)
    {
        var roster = open.Roster;
        entry.Forget(); // until it is known to be stored: the document changes first
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await RosterTurn.Take(db, cancellationToken);
        if (await RosterStamp.Of(db, roster, open.Hub, cancellationToken) != stamp)
        {
            return false;
        }

        open.Document.Apply([.. effect.Days.Select(d => new DayEdit(d.AgentId, d.Date, d.After))]);
        var edited = RosterRows.Edited(roster, open.Document.Problem, open.Document.Result(explain: false));
        var taken = await db.Rosters.Where(r => r.Id == roster.Id && r.Version == roster.Version && r.State == roster.State).ExecuteUpdateAsync(
            r => r.SetProperty(x => x.Version, roster.Version + 1).SetProperty(x => x.Edits, roster.Edits + 1).SetProperty(x => x.Summary, edited.Summary)
                .SetProperty(x => x.Violations, edited.Violations),
            cancellationToken);
        if (taken == 0)
        {
            return false;
        }

        var row = Row(open, effect, broken, author);
        if (!await waivers.Use(open, row, effect.Broken, cancellationToken))
        {
            return false;
        }

        await Replace(open, effect, edited, cancellationToken);
        db.RosterEdits.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
        var next = await db.Rosters.AsNoTracking().SingleAsync(r => r.Id == roster.Id, cancellationToken);
        entry.Keep(open with { Roster = next, Covered = [.. open.Covered, .. effect.Days.Select(d => open.AgentIds[d.AgentId])] }, stamp);
        return true;
    }

    private async Task Replace(OpenRoster open, EditEffect effect, Roster edited, CancellationToken cancellationToken)
    {
        var (id, codes) = (open.Roster.Id, open.AgentIds);
        foreach (var mine in effect.Days.Where(d => d.Before is not null).GroupBy(d => codes[d.AgentId]))
        {
            var dates = mine.Select(d => d.Date).ToList();
            await db.Shifts.Where(s => s.RosterId == id && s.AgentId == mine.Key && dates.Contains(s.Date)).ExecuteDeleteAsync(cancellationToken);
        }

        db.Shifts.AddRange(effect.Days.Where(d => d.After is not null).Select(d => RosterRows.ToRow(d.After!, id, codes[d.AgentId])));
        var joining = effect.Days.Select(d => codes[d.AgentId]).Distinct().Where(a => !open.Covered.Contains(a));
        db.RosterPeople.AddRange(joining.Select(a => new RosterPerson { RosterId = id, AgentId = a }));
        var changed = effect.Coverage.Select(c => c.Group).ToHashSet(StringComparer.Ordinal);
        foreach (var line in edited.Coverage.Where(c => changed.Contains(c.Group)))
        {
            var scheduled = line.Scheduled;
            var there = await db.Coverage.Where(c => c.RosterId == id && c.Group == line.Group)
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.Scheduled, scheduled), cancellationToken);
            if (there == 0)
            {
                db.Coverage.Add(line);
            }
        }

        if (edited.Deadlines.Exists(d => changed.Contains(d.Group)))
        {
            await db.DeadlineCoverage.Where(d => d.RosterId == id).ExecuteDeleteAsync(cancellationToken);
            db.DeadlineCoverage.AddRange(edited.Deadlines);
        }
    }

    private RosterEdit Row(OpenRoster open, EditEffect effect, IReadOnlyList<EditFinding> broken, EditAuthor author)
    {
        var edit = new RosterEdit
        {
            RosterId = open.Roster.Id,
            Number = open.Roster.Edits + 1,
            RosterVersion = open.Roster.Version + 1,
            At = clock.GetCurrentInstant(),
            By = author.By,
            Reason = author.Reason,
            Cause = author.Cause,
            Undoes = author.Undoes,
            InForce = open.Roster.State == PublicationState.Published,
            CostBefore = effect.Before.Total,
            CostAfter = effect.After.Total,
            Broken = [.. broken],
        };
        edit.Days.AddRange(effect.Days.Select(d => new RosterEditDay
        {
            EditId = edit.Id,
            AgentId = open.AgentIds[d.AgentId],
            Date = d.Date,
            Before = EditedShift.From(d.Before),
            After = EditedShift.From(d.After),
        }));
        return edit;
    }

    private async Task<ProblemException> Stale(OpenRoster open, int seen, CancellationToken cancellationToken)
    {
        var since = await db.RosterEdits.AsNoTracking().Include(e => e.Days).Where(e => e.RosterId == open.Roster.Id && e.RosterVersion > seen)
            .OrderBy(e => e.Number).ToListAsync(cancellationToken);
        return new ProblemException(
                StatusCodes.Status412PreconditionFailed,
                $"You have seen version {seen} of the roster, it is at {open.Roster.Version}; changedSince has what was edited meanwhile. Look at it, and send "
                    + "the edit again.")
            .With("changedSince", since.ConvertAll(e => ToResponse(e, open.Codes)));
    }

    internal static RosterEditResponse ToResponse(RosterEdit edit, IReadOnlyDictionary<Guid, string> codes) => new(
        edit.Number, edit.RosterVersion, edit.At, edit.By, edit.Reason, edit.Cause, edit.Undoes, edit.InForce, edit.CostBefore, edit.CostAfter, edit.Broken,
        [
            .. edit.Days.Select(d => new EditedDayData(codes.GetValueOrDefault(d.AgentId, ""), d.Date, d.Before, d.After))
                .OrderBy(d => d.Agent, StringComparer.Ordinal).ThenBy(d => d.Date),
        ]);

    private EditEffectResponse Answer(OpenRoster open, EditEffect effect, IReadOnlyList<EditFinding> broken, int? number)
    {
        var now = clock.GetCurrentInstant();
        var interval = (int)open.Document.Problem.Interval.TotalMinutes;
        var rules = open.Roster.State == PublicationState.Published ? open.Document.Problem.Policy.Rules : [];
        return new EditEffectResponse(
            open.Roster.Id, number, number is not null, broken.All(b => b.Waiver is not null),
            [.. effect.Days.Select(d => new EditedDayData(d.AgentId, d.Date, EditedShift.From(d.Before), EditedShift.From(d.After)))], broken,
            [.. effect.Missed.Select(EditFinding.Of)],
            new EditCostData(RosterCosts.From(effect.Before), RosterCosts.From(effect.After), effect.After.Total - effect.Before.Total),
            [.. effect.Coverage.Select(c => new EditedCoverageData(c.Group, c.Start, interval, c.Required, c.Before, c.After))],
            [
                .. effect.People.Select(p => new EditedPersonData(
                    p.AgentId, (effect.Days.Where(d => d.AgentId == p.AgentId).Min(d => d.FirstChange) - now).TotalHours, PersonFiguresData.From(p.Before),
                    PersonFiguresData.From(p.After), p.Cost, effect.Missed.Any(v => v.AgentId == p.AgentId && v.Kind == NoticeOfChange.Definition),
                    effect.Days.Any(d => d.AgentId == p.AgentId && LateNotice.NeedsConsent(rules, d, now)))),
            ]);
    }
}
