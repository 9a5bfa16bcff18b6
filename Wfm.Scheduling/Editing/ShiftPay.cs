using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Editing;

/// <summary>Which activities of a shift are paid working time.</summary>
/// <param name="templates">Shift templates, whose breaks say it for their kinds.</param>
/// <param name="kinds">Other kinds of activity and whether they are paid; one that is not listed is, but for meals, leave and gaps.</param>
public sealed class ShiftPay(IEnumerable<ShiftTemplate> templates, IReadOnlyDictionary<string, bool>? kinds = null)
{
    private readonly Dictionary<(string Template, string Kind), bool> _breaks = templates
        .SelectMany(t => t.Breaks.Select(b => (Key: (t.Code, b.Kind), b.Paid))).GroupBy(b => b.Key).ToDictionary(g => g.Key, g => g.All(b => b.Paid));

    /// <summary>Whether a kind of activity is paid in a shift.</summary>
    /// <param name="template">Code of its template.</param>
    /// <param name="kind">The kind.</param>
    public bool IsPaid(string template, string kind) =>
        kind == ActivityKinds.Work
        || (_breaks.TryGetValue((template, kind), out var paid) ? paid
            : kinds?.TryGetValue(kind, out paid) == true ? paid
            : kind is not (ActivityKinds.Meal or ActivityKinds.Gap or ActivityKinds.Leave));

    /// <summary>The paid part of some activities.</summary>
    /// <param name="template">Code of the template.</param>
    /// <param name="activities">The activities.</param>
    public Duration Of(string template, IEnumerable<ShiftActivity> activities) =>
        activities.Where(a => IsPaid(template, a.Kind)).Aggregate(Duration.Zero, (sum, a) => sum + (a.End - a.Start));

    /// <summary>A shift with other activities, paid as before but for what has come or gone.</summary>
    internal RosterShift With(RosterShift shift, LocalDate date, IReadOnlyList<ShiftActivity> activities)
    {
        var length = activities[^1].End - activities[0].Start;
        var paid = shift.Paid + Of(shift.Template, activities) - Of(shift.Template, shift.Activities);
        return new RosterShift(
            shift.AgentId, date, shift.Template, activities[0].Start, activities[^1].End, Duration.Max(Duration.Zero, Duration.Min(paid, length)), activities);
    }
}
