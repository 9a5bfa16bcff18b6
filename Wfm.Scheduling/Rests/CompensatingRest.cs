using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Rests;

/// <summary>Whether rest that is owed to a person is given: in one piece, added to the rest that is due anyway, and in time.</summary>
/// <remarks>
/// A rest is the time between two shifts. What it gives is its length, less the rest due between two shifts, less the days off in it that are due in their
/// week: in a week with more days off than are due the others are those in the longest rest. An hour of it makes up for one debt only; debts that
/// are due first come first. The model is the “compensatory rest” of Directive 2003/88/EC, article 17(2): equivalent, additional, and following the work
/// that it makes up for (Court of Justice, C-151/02 <i>Jaeger</i>, paragraphs 94 to 97).
/// </remarks>
public static class CompensatingRest
{
    private static readonly GivenRule Owed = new(
        "compensatingRest", "Rest that makes up for a broken rule is given in one piece, beyond the rest that is due anyway, by the day agreed.")
    {
        IsHard = false,
        Authority = RuleAuthority.Organisation,
    };

    /// <summary>The rule that findings name.</summary>
    public static RuleKind Kind => Owed;

    /// <summary>What becomes of the debts of a person.</summary>
    /// <param name="debts">The debts.</param>
    /// <param name="busy">When the person does not rest, in any order, from the first day of the week of the earliest debt on.</param>
    /// <param name="knownUntil">First moment of which nothing is known: no rest is counted beyond it, and its day is no day off.</param>
    /// <param name="usual">What is due anyway.</param>
    /// <param name="zone">Time zone of the hub.</param>
    /// <returns>In the order of the debts. O(debts × rests).</returns>
    public static IReadOnlyList<RestPaid> Pay(
        IReadOnlyList<RestDebt> debts, IEnumerable<BusyTime> busy, Instant knownUntil, UsualRest usual, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(debts);
        ArgumentNullException.ThrowIfNull(busy);
        ArgumentNullException.ThrowIfNull(usual);
        ArgumentNullException.ThrowIfNull(zone);
        if (debts.Count == 0) return [];
        var rests = new Rests([.. busy.OrderBy(b => b.Start)], debts.Min(d => d.From), knownUntil, usual, zone);
        var paid = new RestPaid[debts.Count];
        foreach (var i in Enumerable.Range(0, debts.Count).OrderBy(i => debts[i].By).ThenBy(i => debts[i].From).ThenBy(i => i))
        {
            paid[i] = rests.Pay(debts[i]);
        }

        return paid;
    }

    /// <summary>The finding for rest that is not given.</summary>
    /// <param name="agent">Id of the person.</param>
    /// <param name="debt">What is owed.</param>
    /// <param name="paid">What became of it.</param>
    /// <param name="zone">Time zone of the hub.</param>
    /// <param name="text">The broken rule in words.</param>
    /// <param name="source">Where the broken rule comes from, and under what it was broken.</param>
    public static Violation Missing(string agent, RestDebt debt, RestPaid paid, DateTimeZone zone, string text, string source)
    {
        ArgumentNullException.ThrowIfNull(debt);
        ArgumentNullException.ThrowIfNull(paid);
        var (from, by) = (debt.From.InZone(zone).Date, (debt.By - Duration.Epsilon).InZone(zone).Date);
        return new Violation(
            agent, Owed, from, by, Math.Max(0, (debt.Due - paid.Longest).TotalMinutes), Owed.Unit,
            $"{Guard.Show(debt.Due)} of rest beyond what is due anyway are owed by {by:uuuu-MM-dd}; the most in one piece is {Guard.Show(paid.Longest)}.",
            source)
        {
            Text = text,
            Limits = new Dictionary<string, double> { ["hours"] = debt.Due.TotalHours, ["days"] = Period.DaysBetween(from, by) + 1 },
        };
    }

    /// <summary>The rests of a person, and how much of each is left to make up for something.</summary>
    private sealed class Rests
    {
        private readonly List<Rest> _rests = [];
        private readonly HashSet<LocalDate> _due;
        private readonly UsualRest _usual;
        private readonly DateTimeZone _zone;

        public Rests(BusyTime[] busy, Instant from, Instant knownUntil, UsualRest usual, DateTimeZone zone)
        {
            (_usual, _zone) = (usual, zone);
            var first = from.InZone(zone).Date;
            var free = zone.AtStartOfDay(Week(first)).ToInstant();
            foreach (var time in busy.Append(new BusyTime(knownUntil, knownUntil)))
            {
                var start = Instant.Min(time.Start, knownUntil);
                if (start > free) _rests.Add(new Rest(free, start));
                free = Instant.Max(free, time.End);
            }

            _due = [.. _rests.SelectMany(r => WholeDays(r.Start, r.End).Select(day => (Day: day, r.Length))).GroupBy(d => Week(d.Day))
                .SelectMany(week => week.OrderBy(d => d.Length).ThenBy(d => d.Day).Take(usual.DaysOffPerWeek)).Select(d => d.Day)];
        }

        public RestPaid Pay(RestDebt debt)
        {
            var longest = Duration.Zero;
            foreach (var rest in _rests)
            {
                var (start, end) = (Instant.Max(rest.Start, debt.From), Instant.Min(rest.End, debt.By));
                if (end <= start) continue;
                var beyond = end - start - _usual.Between - WholeDays(start, end).Where(_due.Contains).Aggregate(Duration.Zero, (sum, day) => sum + Length(day))
                    - rest.Taken;
                longest = Duration.Max(longest, beyond);
                if (beyond < debt.Due) continue;
                rest.Taken += debt.Due;
                return new RestPaid(start, end, beyond);
            }

            return new RestPaid(null, null, longest);
        }

        private LocalDate Week(LocalDate day) => day.DayOfWeek == _usual.FirstDayOfWeek ? day : day.Previous(_usual.FirstDayOfWeek);

        private IEnumerable<LocalDate> WholeDays(Instant start, Instant end)
        {
            var day = start.InZone(_zone).Date;
            if (_zone.AtStartOfDay(day).ToInstant() < start) day = day.PlusDays(1);
            for (; _zone.AtStartOfDay(day.PlusDays(1)).ToInstant() <= end; day = day.PlusDays(1))
            {
                yield return day;
            }
        }

        private Duration Length(LocalDate day) => _zone.AtStartOfDay(day.PlusDays(1)).ToInstant() - _zone.AtStartOfDay(day).ToInstant();
    }

    private sealed class Rest(Instant start, Instant end)
    {
        public Instant Start => start;

        public Instant End => end;

        public Duration Length => end - start;

        public Duration Taken { get; set; }
    }
}
