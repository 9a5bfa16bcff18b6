using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Adherence.Claims;
using Wfm.Api.Features.Adherence.States;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.ActivityCodes;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Adherence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Adherence.Figures;

/// <summary>A person of a hub.</summary>
/// <param name="Id">Identity of the agent.</param>
/// <param name="Code">Code of the agent.</param>
internal sealed record HubPerson(Guid Id, string Code);

/// <summary>A working day of a person, compared.</summary>
/// <param name="Person">Whose.</param>
/// <param name="Date">Local day; shifts belong to the day on which they start.</param>
/// <param name="From">First moment: midnight, or the end of the shift that goes beyond it.</param>
/// <param name="To">First moment after it.</param>
/// <param name="Parts">Stretches, in order.</param>
internal sealed record ComparedDay(HubPerson Person, LocalDate Date, Instant From, Instant To, IReadOnlyList<AdherencePart> Parts);

/// <summary>Days of people of a hub, compared.</summary>
/// <param name="AsOf">Until when the feed of the hub is known; null when there never was one.</param>
/// <param name="Days">By day and person.</param>
internal sealed record ComparedDays(Instant? AsOf, IReadOnlyList<ComparedDay> Days);

/// <summary>Compares what people of a hub did with their published shifts.</summary>
internal sealed class AdherenceBooks(WfmDbContext db, ShiftsInForce inForce)
{
    /// <param name="from">First local day.</param>
    /// <param name="to">Last local day, inclusive.</param>
    /// <param name="at">Moment from which it is seen; nothing later is read.</param>
    public async Task<ComparedDays> Of(
        Hub hub, IReadOnlyList<HubPerson> people, LocalDate from, LocalDate to, Instant at, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. people.Select(p => p.Id)];
        var codes = await Codes(cancellationToken);
        var shifts = (await inForce.Of(ids, from.PlusDays(-1), to.PlusDays(2), drafts: false, cancellationToken))
            .Where(s => s.State == ShiftState.Published).ToLookup(s => s.AgentId);
        var days = people.SelectMany(p => Days(hub, p, [.. shifts[p.Id]], from, to)).ToList();
        var asOf = await db.FeedAsOf(hub.Id, at, cancellationToken);
        if (days.Count == 0)
        {
            return new ComparedDays(asOf, []);
        }

        var (first, end) = (days.Min(d => d.From), days.Max(d => d.To));
        var states = await db.Timelines(ids, first, end, asOf, cancellationToken);
        var approved = await db.ApprovedSpans(ids, first, end, cancellationToken);
        var tolerances = (await db.SettingsOf(hub.Id, cancellationToken)).Data.Tolerances;
        var lines = ids.ToDictionary(id => id, states);
        return new ComparedDays(
            asOf,
            [
                .. days.OrderBy(d => d.Date).ThenBy(d => d.Person.Code, StringComparer.Ordinal).Select(d => new ComparedDay(
                    d.Person, d.Date, d.From, d.To,
                    new PersonDay(d.From, d.To, Segments(d.Shifts, codes), lines[d.Person.Id], [.. approved[d.Person.Id]], tolerances).Compare())),
            ]);
    }

    /// <summary>Active people of a hub, by code.</summary>
    public Task<List<HubPerson>> People(Hub hub, CancellationToken cancellationToken) => db.Agents.AsNoTracking().Where(a => a.HubId == hub.Id && a.Active)
        .OrderBy(a => a.Code).Select(a => new HubPerson(a.Id, a.Code)).ToListAsync(cancellationToken);

    /// <summary>A person by code, with the hub.</summary>
    /// <exception cref="ProblemException">404 when there is none.</exception>
    public async Task<(HubPerson Person, Hub Hub)> Person(string code, CancellationToken cancellationToken)
    {
        var agent = await db.Agents.AsNoTracking().Include(a => a.Hub).ByCode("agent", code, cancellationToken);
        return (new HubPerson(agent.Id, agent.Code), agent.Hub!);
    }

    private sealed record Plan(HubPerson Person, LocalDate Date, Instant From, Instant To, IReadOnlyList<ShiftInForce> Shifts);

    /// <summary>Working days follow on one another: each begins where the one before has ended, though its last shift end after midnight.</summary>
    private static IEnumerable<Plan> Days(Hub hub, HubPerson person, IReadOnlyList<ShiftInForce> shifts, LocalDate from, LocalDate to)
    {
        var byDate = shifts.ToLookup(s => s.Date);
        Instant Border(LocalDate date)
        {
            var midnight = hub.Days.StartOfDay(date);
            var last = byDate[date.PlusDays(-1)].Select(s => s.End).Append(midnight).Max();
            return last > midnight ? last : byDate[date].Select(s => s.Start).Append(midnight).Min(); // a shift of a hub in another zone
        }

        for (var date = from; date <= to; date = date.PlusDays(1))
        {
            if ((Border(date), Border(date.PlusDays(1))) is var (start, end) && start < end)
            {
                yield return new Plan(person, date, start, end, [.. byDate[date]]);
            }
        }
    }

    private static PlannedSegment[] Segments(IEnumerable<ShiftInForce> shifts, SegmentCodes codes) =>
    [
        .. shifts.SelectMany(s => s.Activities).Select(a => new PlannedSegment(
            a.Kind, codes.KindOf(a.Kind), a.Group, a.Start, a.End, codes.Catalog.IsPaid(a.Kind), codes.IsShrinkage(a.Kind))),
    ];

    private async Task<SegmentCodes> Codes(CancellationToken cancellationToken)
    {
        var own = await db.ActivityCodes.AsNoTracking().ToListAsync(cancellationToken);
        return new SegmentCodes(new ActivityCatalog(own.Select(c => c.ToCode())), own.ToDictionary(c => c.Code, c => c.PlannedShrinkage));
    }

    private sealed record SegmentCodes(ActivityCatalog Catalog, IReadOnlyDictionary<string, bool> Own)
    {
        /// <summary>Null for the gap of a split shift; work for what is not known any more.</summary>
        public ActivityKind? KindOf(string code) => code == ActivityKinds.Gap ? null : Catalog.Find(code)?.Kind ?? ActivityKind.Work;

        public bool IsShrinkage(string code) => Own.TryGetValue(code, out var own) ? own
            : KindOf(code) is { } kind && OwnActivityCode.IsPlannedShrinkage(kind);
    }
}
