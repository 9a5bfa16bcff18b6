using NodaTime;
using Wfm.Api.Features.People.Swaps;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Floor.Actions;

namespace Wfm.Api.Features.Today.Actions;

/// <summary>Offers what people may say no to, to more of them than are needed.</summary>
internal sealed class RecommendationOffers(WfmDbContext db, IClock clock)
{
    /// <exception cref="ProblemException">404: there is no such action. 409: it was done, or it is too late for it. 422: nobody is asked for it, or a person
    /// could not do it.</exception>
    public async Task<OpenShift> Offer(
        RecommendationSet set, int number, OfferRecommendationRequest request, string by, CancellationToken cancellationToken)
    {
        var (action, now) = (RecommendationDesk.Find(set, number), clock.GetCurrentInstant());
        RecommendationDesk.DemandOpen(set, now);
        var days = action.Days.Concat(action.Others).Where(d => request.People.Count == 0 || request.People.Contains(d.Agent)).ToList();
        Check(action, request, days);
        var expires = Instant.Min(now + Duration.FromMinutes(request.Minutes), days.Min(FirstChange));
        if (expires <= now)
        {
            throw ProblemException.Conflict("The first of the days would have changed by now; ask anew for what can be done.");
        }

        var open = new OpenShift
        {
            HubId = set.HubId,
            Date = days.Min(d => d.Date),
            Group = action.Group,
            Kind = action.Kind == FloorActionKind.VoluntaryTimeOff ? OpenShiftKind.TimeOff : OpenShiftKind.Overtime,
            Shift = (days[0].After ?? days[0].Before)!,
            Offered = days,
            Places = Math.Min(request.Places ?? action.Days.Count, days.Count),
            PostedBy = by,
            Reason = request.Reason,
            PostedAt = now,
            ExpiresAt = expires,
            UpdatedAt = now,
        };
        db.OpenShifts.Add(open);
        await db.SaveChangesAsync(cancellationToken);
        return open;
    }

    private static void Check(Recommendation action, OfferRecommendationRequest request, List<EditedDayData> days)
    {
        if (!FloorActionCatalog.All.First(k => k.Kind == action.Kind).AsksPeople)
        {
            throw ProblemException.Semantic("number", $"For {action.Kind} nobody is asked; it is applied.");
        }

        var findings = new Findings();
        for (var i = 0; i < request.People.Count; i++)
        {
            findings.Require(
                days.Exists(d => d.Agent == request.People[i]), $"/people/{i}", request.People[i],
                $"'{request.People[i]}' is not among those who could do action {action.Number}.", FindingCodes.Unknown);
        }

        findings.ThrowIfAny();
    }

    private static Instant FirstChange(EditedDayData day) =>
        new ChangedDay(day.Agent, day.Date, day.Before?.ToShift(day.Agent, day.Date), day.After?.ToShift(day.Agent, day.Date)).FirstChange;
}
