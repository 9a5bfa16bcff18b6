using System.Runtime.InteropServices;
using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Compiled;

/// <summary>The contracts of an agent over the days of a calendar.</summary>
internal sealed class ContractSpans
{
    private readonly RosterCalendar _calendar;

    public ContractSpans(RosterAgent agent, RosterProblem problem, RosterCalendar calendar)
    {
        _calendar = calendar;
        var last = calendar.Date(calendar.Rows - 1).PlusDays(6); // the last week may go on after the period
        (LocalDate From, Contract Contract)[] terms = [(calendar.Date(0), agent.ContractOn(calendar.Date(0))),
            .. agent.Terms.Where(t => t.From > calendar.Date(0) && t.From <= last).Select(t => (t.From, t.Contract))];
        All =
        [
            .. terms.Select(
                (t, i) =>
                    new ContractSpan(
                        calendar.Row(t.From), i + 1 < terms.Length ? calendar.Row(terms[i + 1].From) : int.MaxValue, t.Contract,
                        UsualDays(agent, t.Contract, problem.Templates))),
        ];
    }

    /// <summary>The contracts in order of their days; one that never changes is the only one.</summary>
    public IReadOnlyList<ContractSpan> All { get; }

    /// <summary>The contract of a row.</summary>
    public ContractSpan On(int row) => All.Count == 1 ? All[0] : All.Last(s => s.First <= row);

    /// <summary>Most minutes of a week. Of a week in which the contract changes, each part has its share by usual days; together never less than the
    /// smaller contract allows in a week, nor more than the larger.</summary>
    public int MaximumMinutes(int week) => (int)Shared(week, c => c.MaximumWeeklyHours.TotalMinutes);

    /// <summary>Most working days of a week, shared like its minutes.</summary>
    public int MaximumDays(int week) => (int)Math.Ceiling(Shared(week, c => c.MaximumDaysPerWeek ?? 7) - 1e-9);

    // A part of a week is told by its usual days, so that what is due in it fits into what is allowed.
    private double Shared(int week, Func<Contract, double> limit)
    {
        var first = _calendar.WeekStart(week);
        var touched = All.Where(s => s.First < first + 7 && s.End > first).ToArray();
        if (touched.Length == 1) return limit(touched[0].Contract);
        var shared = touched.Sum(span =>
            limit(span.Contract)
            * Enumerable.Range(first, 7).Count(row => span.Holds(row) && span.Usual.Contains(_calendar.Date(row).DayOfWeek))
            / span.Usual.Count());
        return Math.Clamp(shared, touched.Min(span => limit(span.Contract)), touched.Max(span => limit(span.Contract)));
    }

    /// <summary>The days of the week over which the hours of a contract spread.</summary>
    internal static DaysOfWeek UsualDays(RosterAgent agent, Contract contract, IReadOnlyList<ShiftTemplate> templates)
    {
        if (contract.WorkingDays is { } agreed) return agreed;
        var most = contract.MaximumDaysPerWeek ?? 5;
        var available = agent.Availability.Count == 0 ? DaysOfWeek.All : agent.Availability.Aggregate(DaysOfWeek.None, (days, w) => days | Day(w.Day));
        var shifts = templates.Where(t => contract.Templates?.Contains(t.Code) != false).Aggregate(DaysOfWeek.None, (days, t) => days | t.Days);
        var possible = (available & shifts) == DaysOfWeek.None ? available : available & shifts;
        return Enumerable.Range(1, 7).Select(d => Day((IsoDayOfWeek)d)).Where(d => (possible & d) != DaysOfWeek.None).Take(most)
            .Aggregate(DaysOfWeek.None, (days, d) => days | d);

        static DaysOfWeek Day(IsoDayOfWeek day) => (DaysOfWeek)(1 << ((int)day - 1));
    }
}

/// <summary>A contract over a run of rows.</summary>
/// <param name="First">First row.</param>
/// <param name="End">Row after the last; <see cref="int.MaxValue"/> when it goes on.</param>
/// <param name="Contract">The contract.</param>
/// <param name="Usual">Its usual working days.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ContractSpan(int First, int End, Contract Contract, DaysOfWeek Usual)
{
    public bool Holds(int row) => First <= row && row < End;

    /// <summary>Paid minutes of a usual day.</summary>
    public double UsualMinutes => Contract.MinimumWeeklyHours.TotalMinutes / Usual.Count();
}
