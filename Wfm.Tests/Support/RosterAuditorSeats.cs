using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>People at work at once against the seats there are; somebody on a break keeps or leaves the seat, the words do not say.</summary>
internal static class RosterAuditorSeats
{
    public static void Check(AuditedRoster roster, List<AuditFinding> findings)
    {
        if (roster.Seats is not { } seats) return;
        var own = Changes(roster.Shifts).ToList();
        var (atWork, inShift) = (Most(own.Where(c => c.IsWork)), Most(Changes(roster.Shifts).Concat(Changes(roster.Around))));
        if (inShift.Heads > seats)
        {
            var most = atWork.Heads > seats ? atWork : inShift;
            findings.Add(
                new AuditFinding("seats", null, roster.Local(most.At).Date, $"{most.Heads} people at {most.At}, {seats} seats")
                {
                    IsCertain = atWork.Heads > seats,
                });
        }
    }

    private static IEnumerable<(Instant At, int By, bool IsWork)> Changes(IEnumerable<AuditedShift> shifts) => shifts
        .SelectMany(s => s.Activities.Count == 0 ? [new AuditedActivity(AuditedActivity.Work, s.Group, s.Start, s.End)] : s.Activities)
        .SelectMany(a => new[] { (a.Start, 1, a.IsWork), (a.End, -1, a.IsWork) });

    // Who leaves at a moment makes room for who comes.
    private static (int Heads, Instant At) Most(IEnumerable<(Instant At, int By, bool IsWork)> changes)
    {
        var (heads, most, at) = (0, 0, Instant.MinValue);
        foreach (var change in changes.OrderBy(c => c.At).ThenBy(c => c.By))
        {
            heads += change.By;
            if (heads > most) (most, at) = (heads, change.At);
        }

        return (most, at);
    }
}
