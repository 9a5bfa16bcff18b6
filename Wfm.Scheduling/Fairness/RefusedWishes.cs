using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Fairness;

/// <summary>Wishes that were not met by what was worked.</summary>
public static class RefusedWishes
{
    /// <summary>Counts the days worked that the person wished off, or on another template.</summary>
    /// <param name="shifts">Local day and template of each shift; of an unknown template only the day counts.</param>
    /// <param name="daysOff">Days of the week the person would like off.</param>
    /// <param name="templates">Templates the person prefers; empty for no preference.</param>
    /// <param name="wishes">Wishes for dates.</param>
    /// <returns>A day counts once, whether it should have been off or should have been another shift.</returns>
    public static int Count(
        IEnumerable<(LocalDate Date, string? Template)> shifts, IReadOnlyCollection<IsoDayOfWeek> daysOff, IReadOnlyCollection<string> templates,
        IReadOnlyCollection<ShiftWish>? wishes = null)
    {
        ArgumentNullException.ThrowIfNull(shifts);
        ArgumentNullException.ThrowIfNull(daysOff);
        ArgumentNullException.ThrowIfNull(templates);
        var dated = (wishes ?? []).ToLookup(w => w.Date);
        return shifts.Where(s => daysOff.Contains(s.Date.DayOfWeek) || (templates.Count > 0 && s.Template is { } template && !templates.Contains(template))
                || dated[s.Date].Any(w => w.IsRefused(works: true, s.Template)))
            .Select(s => s.Date).Distinct().Count();
    }
}
