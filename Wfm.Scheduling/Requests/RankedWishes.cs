using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Requests;

/// <summary>When a person likes to begin.</summary>
public enum WishedStart
{
    /// <summary>Whenever.</summary>
    Any,

    /// <summary>The earlier the better.</summary>
    Earlier,

    /// <summary>The later the better.</summary>
    Later,
}

/// <summary>What people like, as costs of not getting it: 0 for what is liked best, 1 for what is not liked.</summary>
public static class RankedWishes
{
    /// <summary>Costs of templates. By rank the k-th of n liked ones costs (k − 1) ÷ n; else all of them cost nothing. The wish for a start adds between 0 for
    /// the start liked best and ½ for the one at the other end.</summary>
    /// <param name="liked">Codes of the templates liked; empty when the person does not mind.</param>
    /// <param name="templates">Earliest start of every template by code.</param>
    /// <param name="byRank">Whether the first of the list is liked best.</param>
    /// <param name="start">When the person likes to begin.</param>
    public static IReadOnlyList<TemplatePreference> Templates(
        IReadOnlyList<string> liked, IReadOnlyDictionary<string, LocalTime> templates, bool byRank, WishedStart start)
    {
        ArgumentNullException.ThrowIfNull(liked);
        ArgumentNullException.ThrowIfNull(templates);
        var costs = new List<TemplatePreference>();
        foreach (var code in templates.Keys.Order(StringComparer.Ordinal))
        {
            var cost = OfTemplate(liked, code, byRank) + OfStart(templates, code, start);
            if (cost > 0) costs.Add(new TemplatePreference(code, cost));
        }

        return costs;
    }

    /// <summary>Wishes for days off; by rank the k-th of n days weighs 1 − (k − 1) ÷ n, else each weighs 1.</summary>
    /// <param name="days">Local days of the week.</param>
    /// <param name="byRank">Whether the first of the list is liked best.</param>
    /// <param name="start">First local date of the period.</param>
    /// <param name="length">Its local dates.</param>
    public static IEnumerable<ShiftWish> DaysOff(IReadOnlyList<IsoDayOfWeek> days, bool byRank, LocalDate start, int length)
    {
        ArgumentNullException.ThrowIfNull(days);
        return from date in Enumerable.Range(0, length).Select(start.PlusDays)
               let place = days.TakeWhile(d => d != date.DayOfWeek).Count()
               where place < days.Count
               select new ShiftWish(date, null, Wanted: false, byRank ? 1 - ((double)place / days.Count) : 1);
    }

    private static double OfTemplate(IReadOnlyList<string> liked, string code, bool byRank)
    {
        if (liked.Count == 0) return 0;
        var place = liked.TakeWhile(t => t != code).Count();
        return place == liked.Count ? 1 : byRank ? (double)place / liked.Count : 0;
    }

    private static double OfStart(IReadOnlyDictionary<string, LocalTime> templates, string code, WishedStart start)
    {
        var (first, last) = (templates.Values.Min().TickOfDay, templates.Values.Max().TickOfDay);
        if (start == WishedStart.Any || first == last) return 0;
        var late = (templates[code].TickOfDay - first) / (double)(last - first);
        return 0.5 * (start == WishedStart.Earlier ? late : 1 - late);
    }
}
