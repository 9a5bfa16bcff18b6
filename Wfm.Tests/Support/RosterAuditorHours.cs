using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>Hours of a contract that a week misses.</summary>
/// <param name="Week">Its first day.</param>
/// <param name="Due">Hours due, at least and at most: they differ only by leave of a part of a day.</param>
/// <param name="Paid">Hours worked.</param>
/// <param name="IsCertain">Whether the week is short on every reading.</param>
internal sealed record ShortWeek(string Agent, LocalDate Week, (double Least, double Most) Due, double Paid, bool IsCertain)
{
    public override string ToString() => $"{Agent,-10} {Week:uuuu-MM-dd} {Paid:0.##} h of {Due.Least:0.##} to {Due.Most:0.##} due";
}

/// <summary>
/// Hours due and leave. The minimum of a contract spreads evenly over its usual working days; due are those of the days of the period on which the person is
/// employed and not on leave. Leave takes the hours one would have worked, so nothing on a day that is usually free. Paid leave is paid time.
/// </summary>
internal static class RosterAuditorHours
{
    public const double Tolerance = 1.0 / 60;

    // How far two readings of the hours that leave of a part of a day takes may lie apart: the meal between the two halves of a day.
    private const double PartDay = 1;

    // Where usual days are not agreed, the days on which a person can work: those with a window, those with a template too, those on which a shift fits into
    // it.
    private static readonly Reading[] Readings = Enum.GetValues<Reading>();

    public enum Reading
    {
        Window,
        Template,
        Shift,
    }

    public static List<ShortWeek> Short(AuditedRoster roster)
    {
        var weeks = new List<ShortWeek>();
        foreach (var agent in roster.Agents.Values.Where(a => a.Active && a.Hub == roster.Hub))
        {
            var work = new AuditedWork(roster, agent, roster.Shifts.Where(s => s.Agent == agent.Code));
            weeks.AddRange(work.Weeks.Select(week => Judge(work, week)).OfType<ShortWeek>());
        }

        return weeks;
    }

    /// <summary>Hours due in the days of a week that lie in the period.</summary>
    public static (double Least, double Most) Due(AuditedWork work, LocalDate week) => Due(work, week, work.Roster.Holds);

    /// <summary>Hours of paid leave on a day.</summary>
    public static (double Least, double Most) PaidLeave(AuditedWork work, LocalDate date) => Widest(r => Leave(work, date, r, l => l.IsPaid));

    /// <summary>Whether paid leave takes the whole of a usual working day.</summary>
    public static bool IsAway(AuditedWork work, LocalDate date, bool onEveryReading) => IsAway(work, date, l => l.IsPaid, onEveryReading);

    /// <summary>Whether leave of some kinds takes the whole of a usual working day.</summary>
    public static bool IsAway(AuditedWork work, LocalDate date, Func<AuditedLeave, bool> kind, bool onEveryReading)
    {
        var isWhole = RosterAuditorPeople.Covers(work.Agent.TimeOff.Where(kind), work.Roster.Midnight(date), work.Roster.Midnight(date.PlusDays(1)));
        bool Is(Reading reading) =>
            work.Agent.IsEmployed(date)
            && ShareOfWeek(work, date, reading) > 0
            && (isWhole || Takes(UsualHours(work, date, reading), Leave(work, date, reading, kind)));
        bool Takes(double usual, (double Least, double Most) leave) => usual > 0 && (onEveryReading ? leave.Least : leave.Most) >= usual - 1e-9;
        return onEveryReading ? Readings.All(Is) : Readings.Any(Is);
    }

    /// <summary>Most hours of a week: of a contract that changes in it each part has its share by usual working days, within what the two allow.</summary>
    public static (double Least, double Most) MostIn(AuditedWork work, LocalDate week)
    {
        var dates = Enumerable.Range(0, 7).Select(week.PlusDays).ToList();
        var contracts = dates.ConvertAll(work.Agent.ContractOn);
        var (smaller, larger) = (contracts.Min(c => c.MaximumWeeklyHours), contracts.Max(c => c.MaximumWeeklyHours));
        return contracts.Distinct(ReferenceEqualityComparer.Instance).Count() == 1
            ? (larger, larger)
            : Widest(r =>
                Math.Clamp(dates.Sum(d => work.Agent.ContractOn(d).MaximumWeeklyHours * ShareOfWeek(work, d, r)), smaller, larger) is var hours
                    ? (hours, hours)
                    : default);
    }

    /// <summary>What a day is of a usual working week; nothing when it is usually free.</summary>
    public static (double Least, double Most) ShareOfWeek(AuditedWork work, LocalDate date) =>
        Widest(r => ShareOfWeek(work, date, r) is var share ? (share, share) : default);

    // Where days of the same week are known before or after the period, it is left open whether the week is settled as one.
    private static ShortWeek? Judge(AuditedWork work, LocalDate week)
    {
        var (due, shifts) = (Due(work, week), work.Between(week, week.PlusDays(6)));
        var paid = shifts.Where(s => work.Roster.Holds(work.DateOf(s))).Sum(s => s.PaidMinutes) / 60.0;
        var (isShort, isCertain) = (paid < due.Most - 1e-6, paid < due.Least - Tolerance);
        if (!Enumerable.Range(0, 7).Select(week.PlusDays).Any(d => !work.Roster.Holds(d) && work.MayKnow(d)))
            return isShort ? new ShortWeek(work.Agent.Code, week, due, paid, isCertain) : null;
        var (known, all) = (Due(work, week, d => work.Roster.Holds(d) || work.MayKnow(d)), shifts.Sum(s => s.PaidMinutes) / 60.0);
        return isShort || all < known.Most - 1e-6 ? new ShortWeek(work.Agent.Code, week, due, paid, IsCertain: false) : null;
    }

    private static (double Least, double Most) Due(AuditedWork work, LocalDate week, Func<LocalDate, bool> isKnown) => Widest(reading =>
    {
        var (least, most) = (0.0, 0.0);
        foreach (var date in Enumerable.Range(0, 7).Select(week.PlusDays).Where(isKnown))
        {
            var (usual, leave) = (UsualHours(work, date, reading), Leave(work, date, reading, _ => true));
            least += usual - leave.Most;
            most += usual - leave.Least;
        }

        return (least, most);
    });

    private static (double Least, double Most) Widest(Func<Reading, (double Least, double Most)> of)
    {
        var each = Readings.Select(of).ToList();
        return (each.Min(e => e.Least), each.Max(e => e.Most));
    }

    /// <summary>The days agreed; else as many of the days on which the person can work, Monday first, as the contract has days a week, or five.</summary>
    private static IReadOnlyList<IsoDayOfWeek> UsualDays(AuditedWork work, AuditedContract contract, Reading fits) =>
        contract.WorkingDays
        ?? work.Once(
            (contract, fits),
            () =>
                [
                    .. Enum.GetValues<IsoDayOfWeek>().Where(d => d != IsoDayOfWeek.None && CanWork(work, contract, d, fits))
                        .Take(contract.MaximumDaysPerWeek ?? 5),
                ]);

    private static double ShareOfWeek(AuditedWork work, LocalDate date, Reading fits) =>
        UsualDays(work, work.Agent.ContractOn(date), fits) is var usual && usual.Contains(date.DayOfWeek) ? 1.0 / usual.Count : 0;

    private static double UsualHours(AuditedWork work, LocalDate date, Reading fits) =>
        work.Agent.IsEmployed(date) ? work.Agent.ContractOn(date).MinimumWeeklyHours * ShareOfWeek(work, date, fits) : 0;

    /// <summary>
    /// All usual hours where leave lies over every shift the person could have had; of a day in part the time that lies between the first start and the last
    /// end of those shifts, give or take a meal. Rules can forbid some of the shifts: where there are any, a part of a day is left open.
    /// </summary>
    private static (double Least, double Most) Leave(AuditedWork work, LocalDate date, Reading reading, Func<AuditedLeave, bool> kind)
    {
        var usual = UsualHours(work, date, reading);
        var (from, to) = (work.Roster.Midnight(date), work.Roster.Midnight(date.PlusDays(1)));
        var leave = usual == 0 ? [] : work.Agent.TimeOff.Where(l => kind(l) && l.Start < to.Plus(Duration.FromDays(1)) && l.End > from).ToList();
        if (leave.Count == 0) return (0, 0);
        if (RosterAuditorPeople.Covers(leave, from, to)) return (usual, usual);
        var shifts = Possible(work, work.Agent.ContractOn(date), date).ToList();
        if (shifts.Count == 0) return (0, usual);
        var (first, last) = (shifts.Min(s => s.Start), shifts.Max(s => s.End));
        if (last <= to && RosterAuditorPeople.Covers(leave, first, last)) return (usual, usual);
        var hours = Math.Min(usual, leave.Sum(l => AuditedWork.Common(l.Start, l.End, first, last).TotalHours));
        if (hours == 0) return (0, 0);
        return work.Roster.Rules.Count > 0 || last > to ? (0, usual) : (Math.Max(0, hours - PartDay), Math.Min(usual, hours + PartDay));
    }

    private static bool HasWindow(AuditedWork work, IsoDayOfWeek day) => work.Agent.Availability.Count == 0 || work.Agent.Availability.Any(w => w.Day == day);

    private static bool CanWork(AuditedWork work, AuditedContract contract, IsoDayOfWeek day, Reading reading) => reading switch
    {
        Reading.Window => HasWindow(work, day),
        Reading.Template => HasWindow(work, day) && work.Roster.Templates.Values.Any(t => Allows(contract, t, day)),
        _ => Possible(work, contract, work.Roster.Start.With(DateAdjusters.NextOrSame(day))).Any(),
    };

    private static bool Allows(AuditedContract contract, AuditedTemplate template, IsoDayOfWeek day) =>
        (contract.Templates.Count == 0 || contract.Templates.Contains(template.Code)) && (template.Days.Count == 0 || template.Days.Contains(day));

    /// <summary>Shifts a person could have on a day if nothing but contract, availability and templates decided.</summary>
    private static IEnumerable<(Instant Start, Instant End)> Possible(AuditedWork work, AuditedContract contract, LocalDate date) =>
        from template in work.Roster.Templates.Values
        where Allows(contract, template, date.DayOfWeek)
        from step in Enumerable.Range(
            0, 1 + (int)(Period.Between(template.EarliestStart, template.LatestStart, PeriodUnits.Minutes).Minutes / template.StepMinutes))
        let start = work.Roster.Zone.AtLeniently(date.At(template.EarliestStart).PlusMinutes(step * template.StepMinutes)).ToInstant()
        let end = template.EndOf(start, work.Roster.Zone)
        where work.Agent.Availability.Count == 0 || RosterAuditorPeople.IsAvailable(work.Roster, work.Agent.Availability, start, end)
        select (start, end);
}
