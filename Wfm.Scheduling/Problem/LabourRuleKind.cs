using System.Text.Json.Serialization;

namespace Wfm.Scheduling.Problem;

/// <summary>What a labour rule limits. The file of the same name in Constraints says exactly how.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LabourRuleKind>))]
public enum LabourRuleKind
{
    /// <summary>Elapsed rest between two shifts: Limit.</summary>
    MinimumDailyRest,

    /// <summary>One continuous rest per ISO week, or per rolling seven days: Limit, Rolling.</summary>
    MinimumWeeklyRest,

    /// <summary>Working time of the shift that starts on a day: Limit.</summary>
    MaximumDailyHours,

    /// <summary>Working time per ISO week: Limit.</summary>
    MaximumWeeklyHours,

    /// <summary>Average working time per ISO week over several weeks: Limit, Weeks.</summary>
    MaximumAverageWeeklyHours,

    /// <summary>Working days in a row: Count.</summary>
    MaximumConsecutiveDays,

    /// <summary>Days per ISO week on which no shift starts: Count.</summary>
    MinimumDaysOffPerWeek,

    /// <summary>A break in longer shifts, begun in time: Limit (its length), ShiftLength, Within.</summary>
    BreakAfter,

    /// <summary>Longest work without a break, on severe groups only when MinimumSeverity is given: Limit.</summary>
    MaximumContinuousWork,

    /// <summary>Working time of a night worker's shift: Limit, NightFrom, NightTo, NightMinimum.</summary>
    MaximumNightHours,

    /// <summary>Night shifts in a row: Count, NightFrom, NightTo, NightMinimum.</summary>
    MaximumConsecutiveNights,

    /// <summary>Time from the start to the end of the working day: Limit.</summary>
    MaximumSpread,

    /// <summary>Work weighted by severity per day, or over rolling days: Limit, Days.</summary>
    MaximumExposure,

    /// <summary>No severe work at the end of a shift: Limit, MinimumSeverity.</summary>
    NoExposureAtEnd,

    /// <summary>Working days in a row, at least: Count.</summary>
    MinimumConsecutiveDays,

    /// <summary>Days off in a row, at least: Count.</summary>
    MinimumConsecutiveDaysOff,

    /// <summary>Weekends worked in the period: Count.</summary>
    MaximumWeekends,

    /// <summary>Shifts of a template in the period: Templates.</summary>
    MaximumShifts,

    /// <summary>Templates that must not follow another on the next day: Successions.</summary>
    ForbiddenSuccession,

    /// <summary>Working time in the whole period, at most: Limit.</summary>
    MaximumPeriodHours,

    /// <summary>Working time in the whole period, at least: Limit.</summary>
    MinimumPeriodHours,
}
