using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Adherence.Figures;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Setup.ActivityCodes;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Adherence;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Wellbeing;

namespace Wfm.Api.Features.Adherence.Learning;

/// <summary>Learns the shrinkage of a hub from what its people did and from the leave that took rostered time away.</summary>
internal sealed class ShrinkageBook(WfmDbContext db, AdherenceBooks books, IClock clock)
{
    private const int FewestDays = 5;
    private const double Greatest = 0.95;

    /// <param name="from">First local day.</param>
    /// <param name="to">Last local day, inclusive.</param>
    public async Task<LearnedShrinkageResponse> Of(Hub hub, LocalDate from, LocalDate to, CancellationToken cancellationToken)
    {
        var people = await books.People(hub, cancellationToken);
        var compared = await books.Of(hub, people, from, to, clock.GetCurrentInstant(), cancellationToken);
        var times = compared.Days.SelectMany(d => d.Parts.Select(LostTime.Of).OfType<LostTime>().Select(t => (d.Person.Id, t)))
            .Concat(await Leave([.. people.Select(p => p.Id)], from, to, compared.AsOf, cancellationToken));
        var learned = LearnedShrinkage.Of(times, hub.Zone);
        var isTold = learned.All.People >= SmallGroups.FewestPeople;
        return new LearnedShrinkageResponse(
            hub.Code, from, to, compared.AsOf, hub.PlannedShrinkage, hub.UnplannedShrinkage, isTold ? learned.All : null, isTold ? learned.Reasons : [],
            [
                .. learned.ByHour.Where(h => isTold && h.Sample.People >= SmallGroups.FewestPeople)
                    .Select(h => new HourShrinkage(h.Weekday, h.Hour, h.Sample)),
            ],
            WhyNot(learned.All), ETags.Of(hub));
    }

    private static string? WhyNot(ShrinkageSample sample) =>
        sample.People < SmallGroups.FewestPeople ? $"States of {sample.People} people are known, of at least {SmallGroups.FewestPeople} they are needed."
        : sample.Days < FewestDays ? $"{sample.Days} days are known, at least {FewestDays} are needed."
        : sample is { Planned.Value: < Greatest, Unplanned.Value: < Greatest } ? null
        : $"Shrinkage above {Greatest} leaves nobody to work; look at the mapping of states first.";

    /// <summary>Rostered paid time that leave took out of published rosters, as the history of their edits has it.</summary>
    /// <remarks>Sickness was not planned; whatever else is, or was granted in time. Leave that was taken back took nothing.</remarks>
    private async Task<List<(Guid, LostTime)>> Leave(Guid[] people, LocalDate from, LocalDate to, Instant? asOf, CancellationToken cancellationToken)
    {
        if (asOf is not { } known)
        {
            return [];
        }

        var edits = db.RosterEdits.AsNoTracking().Where(e => e.InForce && e.Cause == EditCause.Leave);
        var taken = await edits.SelectMany(e => e.Days, (e, d) => new { e.Id, d.AgentId, d.Date, d.Before })
            .Where(d => people.Contains(d.AgentId) && d.Date >= from && d.Date <= to).ToListAsync(cancellationToken);
        var leave = (await db.TimeOff.AsNoTracking().Where(t => people.Contains(t.AgentId)).ToListAsync(cancellationToken))
            .FindAll(t => t.Kind.IsPaid()).ToLookup(t => t.AgentId);
        var catalog = await db.ReadActivityCatalog(cancellationToken);
        return
        [
            .. taken.Where(d => d.Before is not null).GroupBy(d => (d.AgentId, d.Date)).SelectMany(day => Lost(
                day.Key.AgentId, day.OrderBy(d => d.Id).First().Before!, [.. leave[day.Key.AgentId]], known, catalog)),
        ];
    }

    private static IEnumerable<(Guid, LostTime)> Lost(
        Guid person, EditedShift shift, IReadOnlyList<TimeOffEntry> leave, Instant asOf, ActivityCatalog catalog)
    {
        foreach (var segment in shift.Activities.Where(a => catalog.IsPaid(a.Kind) && !catalog.IsAway(a.Kind)))
        {
            var (start, end) = (segment.Start, Instant.Min(segment.End, asOf));
            foreach (var entry in leave.Where(e => e.Start < end && e.End > start).OrderBy(e => e.Start))
            {
                var (first, last) = (Instant.Max(start, entry.Start), Instant.Min(end, entry.End));
                if (first >= last)
                {
                    continue;
                }

                yield return (person, entry.Kind == LeaveKind.Sick ? new LostTime(first, last, Loss.Unplanned, "absence")
                    : new LostTime(first, last, Loss.Planned, ActivityKinds.Leave));
                start = last;
            }
        }
    }
}
