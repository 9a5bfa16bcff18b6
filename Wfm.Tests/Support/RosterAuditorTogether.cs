using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>Nobody alone on severe content at night, minute by minute. It is owed rather than a limit: a roster that cannot give it says so.</summary>
internal static class RosterAuditorTogether
{
    public static void Check(AuditedRoster roster, List<AuditFinding> findings)
    {
        foreach (var rule in roster.Rules.Where(r => r.Kind == "peopleTogether"))
        {
            foreach (var group in roster.ExposureOf.Where(g => g.Value >= rule["minimumExposureClass"]).Select(g => g.Key))
            {
                var work = roster.Shifts.Concat(roster.Around).SelectMany(s => Work(s, group)).ToList();
                if (FirstAlone(roster, rule, work) is { } at)
                {
                    findings.Add(
                        new AuditFinding(rule.Kind, null, roster.Local(at).Date, $"fewer than {rule["people"]} on {group} at {at}") { IsCertain = false });
                }
            }
        }
    }

    private static Instant? FirstAlone(AuditedRoster roster, AuditedRule rule, List<(Instant From, Instant To)> work)
    {
        for (var at = roster.Midnight(roster.Start); at < roster.Midnight(roster.End); at += Duration.FromMinutes(1))
        {
            var here = at;
            var there = work.Count(w => w.From <= here && here < w.To);
            if (there > 0 && there < rule["people"] && Nights(roster, rule).Any(n => n.From <= here && here < n.To)) return at;
        }

        return null;
    }

    private static IEnumerable<(Instant From, Instant To)> Nights(AuditedRoster roster, AuditedRule rule)
    {
        for (var date = roster.Start.PlusDays(-1); date < roster.End; date = date.PlusDays(1))
        {
            if (!rule.IsInForce(date)) continue;
            var morning = rule["nightToHour"] > rule["nightFromHour"] ? date : date.PlusDays(1);
            yield return (At(roster, date, rule["nightFromHour"]), At(roster, morning, rule["nightToHour"]));
        }
    }

    private static Instant At(AuditedRoster roster, LocalDate day, double hour) =>
        roster.Zone.AtLeniently(day.AtMidnight().PlusMinutes((long)(hour * 60))).ToInstant();

    private static IEnumerable<(Instant From, Instant To)> Work(AuditedShift shift, string group) =>
        shift.Activities.Count == 0 ? shift.Group == group ? [(shift.Start, shift.End)] : []
        : shift.Activities.Where(a => a.IsWork && a.Group == group).Select(a => (a.Start, a.End));
}
