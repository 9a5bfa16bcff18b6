using NodaTime;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Editing;

/// <summary>Small rosters to edit: a week in UTC from a Monday, in which A works 09:00 to 17:00 on Monday with a paid break at 11:00 and a meal at
/// 13:00.</summary>
internal static class EditBench
{
    public static readonly ShiftTemplate Full = Template("day", 6, 22, 8, Pause(15, 2), Meal(30, 4, 4));

    public static readonly RosterShift Day = Shift("A", Monday, 9);

    public static readonly RosterAgent[] People = [Agent("A", null, "chat", "mail"), Agent("B", null, "chat"), Agent("C", null, "mail")];

    public static RosterProblem Given(params LabourRule[] rules) => Of(People, rules);

    public static RosterProblem Of(IReadOnlyList<RosterAgent> people, params LabourRule[] rules) =>
        Hub(people, [Full, Template("short", 8, 18, 4)], [Demand("chat", 7, _ => 1), Demand("mail", 7, _ => 1)], policy: Policy(rules));

    public static RosterDocument Open(RosterProblem problem, params RosterShift[] shifts) => new(problem, shifts);

    /// <summary>Eight hours from an hour on, with the breaks of the template; 450 of the 480 minutes are paid.</summary>
    public static RosterShift Shift(string agent, LocalDate date, int hour, string group = "chat", string zone = "UTC")
    {
        var start = Zone(zone).AtLeniently(date.AtMidnight().PlusHours(hour)).ToInstant();
        Instant At(double hours) => start + Duration.FromHours(hours);
        return new RosterShift(
            agent, date, "day", start, At(8), Duration.FromMinutes(450),
            [
                new ShiftActivity(ActivityKinds.Work, group, start, At(2)), new ShiftActivity(ActivityKinds.Break, null, At(2), At(2.25)),
                new ShiftActivity(ActivityKinds.Work, group, At(2.25), At(4)), new ShiftActivity(ActivityKinds.Meal, null, At(4), At(4.5)),
                new ShiftActivity(ActivityKinds.Work, group, At(4.5), At(8)),
            ]);
    }

    /// <summary>A moment of the first Monday, or of a day after it, in UTC.</summary>
    public static Instant At(double hour, int day = 0) => Monday.PlusDays(day).AtMidnight().InUtc().ToInstant() + Duration.FromHours(hour);

    public static EditEffect Try(RosterDocument roster, params EditOperation[] operations)
    {
        var (days, refusals) = roster.Propose(operations);
        refusals.Should().BeEmpty();
        return roster.Check(days);
    }

    /// <summary>A day in a few words: the date, then what is done from when, to the end, and the minutes paid.</summary>
    public static string Show(RosterShift? shift, string zone = "UTC")
    {
        if (shift is null) return "off";
        string Local(Instant instant) => instant.InZone(Zone(zone)).ToString("HH:mm", null);
        return $"{shift.Date:MM-dd} {string.Join(' ', shift.Activities.Select(a => $"{Local(a.Start)} {a.Group ?? a.Kind}"))} {Local(shift.End)} "
            + $"paid {shift.Paid.TotalMinutes:0}";
    }
}
