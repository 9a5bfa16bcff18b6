using NodaTime;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Scheduling.Editing;

namespace Wfm.Api.Features.Crises.StandDown;

/// <summary>Finds planned work from which somebody is freed, so that hours worked for a crisis come back as rest.</summary>
internal static class RestInReturn
{
    private const double Settled = 0.25; // hours

    /// <summary>The next shifts of a person, as many paid hours of them as are owed: a shift goes where at least half of it does, else it begins
    /// later.</summary>
    /// <param name="from">Shifts that begin before it stay.</param>
    /// <param name="owed">Paid hours.</param>
    public static (IReadOnlyList<PlannedRest> Freed, IReadOnlyList<EditOperation> Operations) Of(
        RosterDocument roster, string agent, Instant from, double owed)
    {
        var (rest, operations, left, step) = (new List<PlannedRest>(), new List<EditOperation>(), owed, roster.Problem.Interval);
        foreach (var shift in roster.Shifts.Where(s => s.AgentId == agent && s.Start >= from && !roster.IsLocked(agent, s.Date)).OrderBy(s => s.Start))
        {
            if (left < Settled) break;
            var paid = shift.Paid.TotalHours;
            if (left >= paid / 2)
            {
                rest.Add(new PlannedRest(shift.Date, shift.Start, shift.End, Math.Round(paid, 2), null));
                operations.Add(new EditOperation.Remove(agent, shift.Date));
                left -= paid;
                continue;
            }

            var later = shift.Start + (step * Math.Ceiling(Duration.FromHours(left) / step));
            rest.Add(new PlannedRest(shift.Date, shift.Start, later, Math.Round((later - shift.Start).TotalHours, 2), null));
            operations.Add(new EditOperation.Resize(agent, shift.Date, later, null));
            left = 0;
        }

        return (rest, operations);
    }
}
