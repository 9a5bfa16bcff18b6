using NodaTime;
using NodaTime.Text;

namespace Wfm.Tests.Support;

/// <summary>Tiny rosters in Dublin for one agent, Ann, who may do anything: each test takes away what it is about.</summary>
internal static class AuditedBuilder
{
    public static readonly DateTimeZone Dublin = DateTimeZoneProviders.Tzdb["Europe/Dublin"];

    public static readonly AuditedContract Free = new(MinimumWeeklyHours: 0, MaximumWeeklyHours: 168, MaximumDaysPerWeek: null, Templates: []);

    public static readonly AuditedAgent Ann = new(
        "ann", "dub", Active: true, Free, Skills: new Dictionary<string, double> { ["calm"] = 1, ["gore"] = 0.8 }, OptOutGroups: [], Availability: [],
        TimeOff: []);

    /// <summary>Four weeks with one rule, or none; every shift gets a template that is made to its measure.</summary>
    public static AuditedRoster Roster(IReadOnlyList<AuditedShift> shifts, AuditedRule? rule = null, AuditedAgent? agent = null, LocalDate? start = null) =>
        new(
            "dub", Dublin,
            start ?? MondayOf(shifts.Min(s => s.Date)),
            Days: 28, rule is null ? [] : [rule],
            shifts.GroupBy(s => s.Template).ToDictionary(g => g.Key, g => TemplateOf(g.First())),
            new Dictionary<string, AuditedAgent> { ["ann"] = agent ?? Ann }, new Dictionary<string, int> { ["calm"] = 0, ["gore"] = 3 }, shifts);

    /// <summary>Paid work from the start to the end.</summary>
    public static AuditedShift Shift(LocalDate date, string start, double hours, string group = "calm")
    {
        var from = Dublin.AtStrictly(date.At(LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(start).Value)).ToInstant();
        var to = from + Duration.FromHours(hours);
        return new AuditedShift("ann", date, $"{date:MMdd}-{start}", from, to, (int)(hours * 60), [new AuditedActivity(AuditedActivity.Work, group, from, to)]);
    }

    /// <summary>The shift with a pause in its work; a meal is not paid, every other pause is.</summary>
    public static AuditedShift WithPause(this AuditedShift shift, string kind, int minutes, double afterHours)
    {
        var from = shift.Start + Duration.FromHours(afterHours);
        var (to, hit) = (from + Duration.FromMinutes(minutes), shift.Activities.Single(a => a.IsWork && a.Start < from && from < a.End));
        return shift with
        {
            PaidMinutes = shift.PaidMinutes - (kind is AuditedActivity.Meal or AuditedActivity.Gap ? minutes : 0),
            Activities =
            [
                .. shift.Activities.TakeWhile(a => a != hit), hit with { End = from }, new AuditedActivity(kind, null, from, to), hit with { Start = to },
                .. shift.Activities.SkipWhile(a => a != hit).Skip(1),
            ],
        };
    }

    /// <summary>"day start length group": the day counted from a Monday, hours as "08" or "08:30", the group calm unless told otherwise.</summary>
    public static List<AuditedShift> Shifts(LocalDate monday, string text) =>
        [
            .. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(shift => shift.Split(' ')).Select(parts =>
                    Shift(
                        monday.PlusDays(int.Parse(parts[0])), parts[1].Contains(':') ? parts[1] : parts[1] + ":00", double.Parse(parts[2]),
                        parts.ElementAtOrDefault(3) ?? "calm")),
        ];

    public static LocalDate MondayOf(LocalDate date) => date.PlusDays(1 - (int)date.DayOfWeek);

    public static AuditedTemplate TemplateOf(AuditedShift shift)
    {
        var start = shift.Start.InZone(Dublin).TimeOfDay;
        var length = (int)shift.Length.TotalMinutes;
        var breaks = shift.Activities.Where(a => !a.IsWork).Select(a => new AuditedBreak(
            a.Kind, (int)a.Length.TotalMinutes, (int)(a.Start - shift.Start).TotalMinutes, (int)(a.Start - shift.Start).TotalMinutes, a.IsPaid));
        return new AuditedTemplate(shift.Template, start, start, 30, length, [], [.. breaks]);
    }
}
