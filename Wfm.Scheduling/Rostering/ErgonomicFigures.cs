using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Rostering;

/// <summary>How a roster can be lived with, counted over the people who have shifts in it.</summary>
/// <param name="People">People with a shift in the period.</param>
/// <param name="DaysOff">Their days of the period without a shift, leave left out.</param>
/// <param name="LoneDaysOff">Of these, those between two working days.</param>
/// <param name="Weekends">Weekends that lie whole in the period.</param>
/// <param name="EveryWeekend">People who work on a day of every one of them; 0 when there are fewer than two.</param>
/// <param name="Nights">Night shifts.</param>
/// <param name="LoneNights">Of these, those without another on the day before or after.</param>
/// <param name="Successions">Shifts on the day after another.</param>
/// <param name="StartChanges">Of these, those whose start moves on the clock by more than the objective's tolerance.</param>
/// <param name="BackwardRotations">Shifts whose start turns back by more than that from a day before, or from the day before a single day off.</param>
public sealed record ErgonomicFigures(
    int People, int DaysOff, int LoneDaysOff, int Weekends, int EveryWeekend, int Nights, int LoneNights, int Successions, int StartChanges,
    int BackwardRotations)
{
    /// <summary>Counts a roster. Shifts known around the period count as neighbours, and what is not known breaks nothing.</summary>
    /// <param name="problem">The problem that the roster answers to.</param>
    /// <param name="shifts">Its shifts.</param>
    public static ErgonomicFigures Of(RosterProblem problem, IReadOnlyList<RosterShift> shifts)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(shifts);
        var around = problem.Surroundings.ToLookup(s => s.AgentId, StringComparer.Ordinal);
        var own = shifts.ToLookup(s => s.AgentId, StringComparer.Ordinal);
        var weekends = Enumerable.Range(0, problem.Days).Select(problem.Start.PlusDays).Where(d => IsWeekend(problem, d) && !IsWeekend(problem, d.PlusDays(-1)))
            .Select(d => Enumerable.Range(0, 7).Select(d.PlusDays).TakeWhile(day => IsWeekend(problem, day)).ToArray())
            .Where(days => days[^1] < problem.Start.PlusDays(problem.Days)).ToArray();
        var sum = new ErgonomicFigures(0, 0, 0, weekends.Length, 0, 0, 0, 0, 0, 0);
        foreach (var agent in problem.Agents.Where(a => own.Contains(a.Id)))
        {
            var days = new Dictionary<LocalDate, Day>();
            foreach (var shift in own[agent.Id])
            {
                days.TryAdd(shift.Date, Day.Of(problem, shift.Start, shift.End));
            }

            foreach (var shift in around[agent.Id])
            {
                days.TryAdd(shift.Start.InZone(problem.Zone).Date, Day.Of(problem, shift.Start, shift.End));
            }

            sum = sum.With(problem, agent, days, weekends);
        }

        return sum;
    }

    private ErgonomicFigures With(RosterProblem problem, RosterAgent agent, Dictionary<LocalDate, Day> days, LocalDate[][] weekends)
    {
        var tolerance = (int)problem.Objective.StartTolerance.TotalMinutes;
        var (off, lone, nights, loneNights, follows, changes, backward) = (0, 0, 0, 0, 0, 0, 0);
        for (var i = 0; i < problem.Days; i++)
        {
            var date = problem.Start.PlusDays(i);
            var (before, after) = (On(date.PlusDays(-1)), On(date.PlusDays(1)));
            if (On(date) is not { } day)
            {
                if (!agent.IsEmployed(date) || IsAway(problem, agent, date)) continue;
                off++;
                if (before is not null && after is not null) lone++;
                continue;
            }

            if (day.IsNight) nights++;
            if (day.IsNight && before is not { IsNight: true } && after is not { IsNight: true } && IsKnown(date.PlusDays(-1)) && IsKnown(date.PlusDays(1)))
                loneNights++;
            if (IsAway(problem, agent, date) || IsAway(problem, agent, date.PlusDays(-1))) continue;
            if (before is { } last)
            {
                var by = ErgonomicGoals.Turn(last.Clock, day.Clock);
                follows++;
                if (Math.Abs(by) > tolerance) changes++;
                if (by < -tolerance) backward++;
            }
            else if (On(date.PlusDays(-2)) is { } earlier && ErgonomicGoals.Turn(earlier.Clock, day.Clock) < -tolerance)
            {
                backward++;
            }
        }

        var every = weekends.Length > 1 && Array.TrueForAll(weekends, w => Array.Exists(w, days.ContainsKey)) ? 1 : 0;
        return this with
        {
            People = People + 1,
            DaysOff = DaysOff + off,
            LoneDaysOff = LoneDaysOff + lone,
            EveryWeekend = EveryWeekend + every,
            Nights = Nights + nights,
            LoneNights = LoneNights + loneNights,
            Successions = Successions + follows,
            StartChanges = StartChanges + changes,
            BackwardRotations = BackwardRotations + backward,
        };

        Day? On(LocalDate date) => days.TryGetValue(date, out var day) ? day : null;

        bool IsKnown(LocalDate date) => date >= problem.Start && date < problem.Start.PlusDays(problem.Days) || problem.Surroundings.Count > 0;
    }

    private static bool IsWeekend(RosterProblem problem, LocalDate date) => problem.Policy.WeekendDays.Contains(date.DayOfWeek);

    private static bool IsAway(RosterProblem problem, RosterAgent agent, LocalDate date)
    {
        var (from, to) = (problem.Zone.AtStartOfDay(date).ToInstant(), problem.Zone.AtStartOfDay(date.PlusDays(1)).ToInstant());
        return agent.TimeOff.Any(t => t.Start < to && t.End > from);
    }

    private readonly record struct Day(int Clock, bool IsNight)
    {
        public static Day Of(RosterProblem problem, Instant start, Instant end)
        {
            var local = start.InZone(problem.Zone);
            return new Day((local.Hour * 60) + local.Minute, FairnessLedger.IsNight(start, end, local.Date, problem.Zone, problem.Objective));
        }
    }
}
