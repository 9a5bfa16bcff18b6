using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Allocation;

/// <summary>A template minute by minute: how likely somebody on it works.</summary>
internal sealed class OfferShape
{
    private readonly ShiftTemplate _template;
    private readonly double[] _working;

    public OfferShape(ShiftTemplate template, Duration handover)
    {
        _template = template;
        _working = new double[(int)template.Length.TotalMinutes];
        for (var minute = (int)handover.TotalMinutes; minute < _working.Length; minute++)
        {
            _working[minute] = Math.Max(0, 1 - template.Breaks.Sum(b => InBreak(b, minute)));
        }
    }

    /// <summary>The shift at a start.</summary>
    public ShiftOffer Offer(RosterProblem problem, AllocationSpan span, AllocationTerms terms, LocalDate date, Instant start, double cost, int[] moments)
    {
        var minutes = (int)span.Interval.TotalMinutes;
        var (working, onSite) = (new SortedDictionary<int, double>(), new SortedDictionary<int, double>());
        var (night, weekend) = (0, 0);
        var isFriendly = problem.Zone.GetZoneInterval(start) == problem.Zone.GetZoneInterval(start + _template.Length);
        var local = start.InZone(problem.Zone).LocalDateTime;
        for (var m = 0; m < _working.Length; m++)
        {
            var at = start + Duration.FromMinutes(m);
            var interval = (int)((at - span.Start).TotalMinutes / minutes);
            working[interval] = working.GetValueOrDefault(interval) + (_working[m] / minutes);
            onSite[interval] = onSite.GetValueOrDefault(interval) + (1.0 / minutes);
            var there = isFriendly ? local.PlusMinutes(m) : at.InZone(problem.Zone).LocalDateTime;
            if (IsNight(there.TimeOfDay, problem.Objective)) night++;
            if (problem.Policy.WeekendDays.Contains(there.DayOfWeek)) weekend++;
        }

        var paid = _template.Paid.TotalHours;
        var (nightHours, weekendHours) = (paid * night / _working.Length, paid * weekend / _working.Length);
        return new ShiftOffer(
            _template.Code, date, start, paid, nightHours, weekendHours,
            cost * (paid + (terms.NightPremium * nightHours) + (terms.WeekendPremium * weekendHours)), [.. working.Keys.Select(t => t % span.Count)],
            [.. working.Values], [.. onSite.Values], moments);
    }

    private static bool IsNight(LocalTime time, RosterObjective objective) => objective.NightFrom > objective.NightTo
        ? time >= objective.NightFrom || time < objective.NightTo
        : time >= objective.NightFrom && time < objective.NightTo;

    // People take a break at any time of its window alike.
    private static double InBreak(BreakRule rule, int minute)
    {
        var (from, to, length) = ((int)rule.EarliestAfterStart.TotalMinutes, (int)rule.LatestAfterStart.TotalMinutes, (int)rule.Length.TotalMinutes);
        var starts = Math.Min(to, minute) - Math.Max(from, minute - length + 1) + 1;
        return starts <= 0 ? 0 : (double)starts / (to - from + 1);
    }
}
