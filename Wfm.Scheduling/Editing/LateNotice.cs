using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Editing;

/// <summary>Which days an edit changes later than people are to know of it (<see cref="NoticeOfChange"/>).</summary>
public static class LateNotice
{
    /// <summary>What is late, by every rule on notice by itself.</summary>
    /// <param name="rules">Rules that bind the hub, of any kind.</param>
    /// <param name="days">The days of an edit of a roster that people have been told.</param>
    /// <param name="now">When they are changed.</param>
    /// <returns>Minutes of notice missing, a day and rule at most once. Days whose times stay as they were, whatever changes inside the shift, and days that
    /// are over are not late.</returns>
    public static IReadOnlyList<Violation> Of(IEnumerable<LabourRule> rules, IEnumerable<ChangedDay> days, Instant now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(days);
        var notices = rules.Where(r => r.Kind == NoticeOfChange.Definition).ToList();
        if (notices.Count == 0) return [];
        return
        [
            .. from day in days
               where IsTold(day, now)
               from rule in NoticeOfChange.InForce(notices, day.Date)
               let missing = now - (Start(day) - NoticeOfChange.Due(rule))
               where missing > Duration.Zero
               select Late(day, rule, Start(day) - now, missing),
        ];
    }

    /// <summary>Whether a day changes so late that a rule asks for the consent of the person.</summary>
    /// <param name="rules">Rules that bind the hub, of any kind.</param>
    /// <param name="day">A day of an edit of a roster that people have been told.</param>
    /// <param name="now">When it is changed.</param>
    public static bool NeedsConsent(IEnumerable<LabourRule> rules, ChangedDay day, Instant now)
    {
        ArgumentNullException.ThrowIfNull(day);
        return IsTold(day, now) && NoticeOfChange.InForce(rules, day.Date).Any(r => Start(day) - now < NoticeOfChange.ConsentDue(r));
    }

    // Of other times on a day that is not over people have to be told.
    private static bool IsTold(ChangedDay day, Instant now) => (day.Before?.Start, day.Before?.End) != (day.After?.Start, day.After?.End)
        && now < Instant.Max(day.Before?.End ?? Instant.MinValue, day.After?.End ?? Instant.MinValue);

    private static Instant Start(ChangedDay day) => Instant.Min(day.Before?.Start ?? Instant.MaxValue, day.After?.Start ?? Instant.MaxValue);

    private static Violation Late(ChangedDay day, LabourRule rule, Duration notice, Duration missing)
    {
        var consent = notice < NoticeOfChange.ConsentDue(rule) ? " It needs the consent of the person." : "";
        var known = notice > Duration.Zero ? $"{Guard.Show((int)notice.TotalMinutes)} before the work" : "after the work began";
        return new Violation(
            day.AgentId, rule.Kind, day.Date, day.Date, missing.TotalMinutes, rule.Kind.Unit,
            $"Changed {known}; {Guard.Show((int)NoticeOfChange.Due(rule).TotalMinutes)} of notice are due.{consent}", rule.Source)
        {
            Text = rule.Text,
            Limits = rule.Parameters.Numbers,
            Authority = rule.Authority,
        };
    }
}
