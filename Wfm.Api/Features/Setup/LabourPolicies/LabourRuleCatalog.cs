namespace Wfm.Api.Features.Setup.LabourPolicies;

/// <summary>One number of a rule.</summary>
/// <param name="Name">Its name, with the unit.</param>
/// <param name="Minimum">Least value.</param>
/// <param name="Maximum">Greatest value.</param>
/// <param name="Required">False when it may be left out.</param>
/// <param name="Whole">True when it is a whole number.</param>
/// <param name="Text">What it says.</param>
public sealed record LabourRuleParameter(string Name, double Minimum, double Maximum, bool Required, bool Whole, string Text);

/// <summary>A kind of rule a labour policy may hold.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Text">What it asks.</param>
/// <param name="Parameters">Its numbers.</param>
public sealed record LabourRuleDefinition(string Kind, string Text, IReadOnlyList<LabourRuleParameter> Parameters);

/// <summary>Every kind of rule, one line each; what is not here cannot be stored, so that no rule is kept that nobody checks.</summary>
public static class LabourRuleCatalog
{
    private static readonly LabourRuleParameter NightFrom = Hour("nightFromHour", "Local hour the night begins.");
    private static readonly LabourRuleParameter NightTo = Hour("nightToHour", "Local hour the night ends.");
    private static readonly LabourRuleParameter NightShare =
        new("minimumNightHours", 0, 24, Required: false, Whole: false, "Hours of a shift within the night from which it counts as night work; any when absent.");
    private static readonly LabourRuleParameter ExposureClass = Whole("minimumExposureClass", 0, 4, "Queues of this exposure class (3 is E3) and above count.");

    public static IReadOnlyList<LabourRuleDefinition> All { get; } =
    [
        new("minimumDailyRest", "Elapsed rest between two shifts.", [Number("hours", 24, "Least rest, hours.")]),
        new("minimumWeeklyRest", "One continuous rest in every ISO week, or in any seven days running.", [Number("hours", 168, "Least rest, hours."), Optional(Whole("perDays", 7, 7, "7 for any seven days running; every ISO week when absent."))]),
        new("maximumDailyHours", "Paid work of one shift.", [Number("hours", 24, "Most hours.")]),
        new("maximumWeeklyHours", "Paid work of a local week, Monday to Sunday.", [Number("hours", 168, "Most hours.")]),
        new("maximumAverageWeeklyHours", "Paid work a week on average over a running window.", [Number("hours", 168, "Most hours a week."), Whole("weeks", 1, 53, "Weeks of the window.")]),
        new("maximumSpread", "From the start of a shift to its end, breaks included.", [Number("hours", 24, "Most hours.")]),
        new("breakAfter", "A break in shifts with more working time than so long.",
            [
                Number("afterHours", 24, "Hours of work above which a break is due."), Number("minutes", 480, "Least length of the break, minutes."),
                Optional(Number("withinHours", 24, "Hours from the start of the shift within which it begins; afterHours when absent.")),
            ]),
        new("maximumContinuousWork", "Work without any break.", [Whole("minutes", 1, 1440, "Most minutes."), Optional(ExposureClass)]),
        new("maximumConsecutiveDays", "Days worked in a row.", [Whole("days", 1, 31, "Most days.")]),
        new("maximumConsecutiveNights", "Nights worked in a row.", [Whole("nights", 0, 31, "Most nights."), NightFrom, NightTo, NightShare]),
        new("minimumDaysOffPerWeek", "Local days without work in a week, Monday to Sunday.", [Whole("days", 0, 7, "Least days.")]),
        new("minimumConsecutiveDays", "Days worked in a row, when any.", [Whole("days", 1, 31, "Least days.")]),
        new("minimumConsecutiveDaysOff", "Days off in a row, when any.", [Whole("days", 1, 31, "Least days.")]),
        new("maximumWeekends", "Weekends worked in the period of a roster.", [Whole("weekends", 0, 53, "Most weekends.")]),
        new("maximumNightHours", "Paid work of a night shift.", [Number("hours", 24, "Most hours."), NightFrom, NightTo, NightShare]),
        new("maximumExposure", "Work on harmful content per shift, or over running local days.",
            [Whole("minutes", 0, 10_080, "Most minutes."), Optional(Whole("days", 1, 31, "Local days of the window; 1, each shift by itself, when absent.")), ExposureClass]),
        new("noExposureAtEnd", "No harmful content in the last minutes of a shift.", [Whole("minutes", 1, 480, "Minutes before the end."), ExposureClass]),
    ];

    public static LabourRuleDefinition? Find(string kind) => All.FirstOrDefault(k => k.Kind == kind);

    private static LabourRuleParameter Number(string name, double maximum, string text) => new(name, 0, maximum, Required: true, Whole: false, text);

    private static LabourRuleParameter Whole(string name, double minimum, double maximum, string text) => new(name, minimum, maximum, Required: true, Whole: true, text);

    private static LabourRuleParameter Hour(string name, string text) => new(name, 0, 24, Required: true, Whole: false, text);

    private static LabourRuleParameter Optional(LabourRuleParameter parameter) => parameter with { Required = false };
}
