using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>What one person works: the shifts of the roster and those in force before and after it, ordered by start.</summary>
internal sealed class AuditedWork
{
    private readonly HashSet<AuditedShift> _own;
    private readonly Dictionary<(AuditedContract, RosterAuditorHours.Reading), IReadOnlyList<IsoDayOfWeek>> _usualDays = [];

    public AuditedWork(AuditedRoster roster, AuditedAgent agent, IEnumerable<AuditedShift> own)
    {
        (Roster, Agent, _own) = (roster, agent, new HashSet<AuditedShift>(own, ReferenceEqualityComparer.Instance));
        All = [.. own.Concat(roster.Around.Where(s => s.Agent == agent.Code)).OrderBy(s => s.Start).ThenBy(s => s.End)];
    }

    public AuditedRoster Roster { get; }

    public AuditedAgent Agent { get; }

    public IReadOnlyList<AuditedShift> All { get; }

    /// <summary>The shifts of the roster itself.</summary>
    public IEnumerable<AuditedShift> Own => All.Where(_own.Contains);

    /// <summary>The shifts that start in the period, at whatever hub.</summary>
    public IEnumerable<AuditedShift> InPeriod => All.Where(s => Roster.Holds(DateOf(s)));

    /// <summary>First days of the weeks that hold a day of the period.</summary>
    public IEnumerable<LocalDate> Weeks
    {
        get
        {
            for (var week = Roster.WeekOf(Roster.Start); week < Roster.End; week = week.PlusDays(7))
            {
                yield return week;
            }
        }
    }

    public static Duration Common(Instant from, Instant to, Instant otherFrom, Instant otherTo) =>
        Duration.Max(Duration.Zero, Instant.Min(to, otherTo) - Instant.Max(from, otherFrom));

    public LocalDate DateOf(AuditedShift shift) => Roster.DateOf(shift);

    /// <summary>Whether a day lies between the period and the first shift that is known of the person before it, or the end of the week of the last after
    /// it.</summary>
    public bool MayKnow(LocalDate date) => All.Count > 0
        && (date < Roster.Start ? DateOf(All[0]) <= date : DateOf(All[^1]) is var last && last >= Roster.End && date < Roster.WeekOf(last).PlusDays(7));

    /// <summary>Whether a day lies in the period or as far around it as shifts of the person are known.</summary>
    public bool Knows(LocalDate date) => Roster.Holds(date) || MayKnow(date);

    public IReadOnlyList<IsoDayOfWeek> Once((AuditedContract, RosterAuditorHours.Reading) key, Func<IReadOnlyList<IsoDayOfWeek>> days) =>
        _usualDays.TryGetValue(key, out var known) ? known : _usualDays[key] = days();

    /// <summary>Shifts that start on one of the days, the last included.</summary>
    public List<AuditedShift> Between(LocalDate first, LocalDate last) => [.. All.Where(s => DateOf(s) >= first && DateOf(s) <= last)];

    /// <summary>The last of the days that lies in the period.</summary>
    public LocalDate LastInside(LocalDate last) => LocalDate.Min(last, Roster.End.PlusDays(-1));

    /// <summary>Whether a weekly rule binds: it does in every week in which it is in force on a day.</summary>
    /// <returns>Null when it does not; else whether it is in force on a day of the period.</returns>
    public bool? BindsInWeek(AuditedRule rule, LocalDate week)
    {
        if (!rule.IsInForce(week, week.PlusDays(6))) return null;
        return rule.IsInForce(LocalDate.Max(week, Roster.Start), LastInside(week.PlusDays(6)));
    }

    /// <summary>Notes a breach; it is certain only when a shift of the roster itself has part in it.</summary>
    public void Add(List<AuditFinding> findings, string rule, LocalDate date, string values, IEnumerable<AuditedShift> shifts, bool isCertain = true) =>
        findings.Add(new AuditFinding(rule, Agent.Code, date, values) { IsCertain = isCertain && shifts.Any(_own.Contains) });

    public void Add(List<AuditFinding> findings, AuditedRule rule, AuditedShift shift, string values, bool isCertain = true) =>
        Add(findings, rule.Kind, DateOf(shift), values, [shift], isCertain);
}
