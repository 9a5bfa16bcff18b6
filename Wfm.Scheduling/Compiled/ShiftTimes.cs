using System.Runtime.InteropServices;
using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Compiled;

/// <summary>Start and end of a shift of a template on a day, in elapsed minutes from the period's start.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ShiftTimes(int Start, int End)
{
    /// <summary>Elapsed length.</summary>
    public int Minutes => End - Start;

    /// <param name="template">The template.</param>
    /// <param name="startIndex">Steps after its earliest start.</param>
    /// <param name="date">Local date on which the shift starts.</param>
    /// <param name="calendar">The calendar.</param>
    public static ShiftTimes Of(ShiftTemplate template, int startIndex, LocalDate date, RosterCalendar calendar)
    {
        var clock = date + template.EarliestStart.PlusTicks(startIndex * template.StartStep.BclCompatibleTicks);
        var start = Minute(clock);
        return new ShiftTimes(
            start, template.EndsAt is null ? start + (int)template.Length.TotalMinutes : Minute(clock.PlusTicks(template.Length.BclCompatibleTicks)));

        int Minute(LocalDateTime local) => calendar.Minute(calendar.Zone.AtLeniently(local).ToInstant());
    }

    /// <summary>Working time of a shift of a template that lasts so long.</summary>
    public static int Paid(ShiftTemplate template, int minutes) => minutes - (int)(template.Length - template.Paid).TotalMinutes;

    /// <summary>Start times of a template.</summary>
    public static int Starts(ShiftTemplate template) =>
        1 + (int)((template.LatestStart.TickOfDay - template.EarliestStart.TickOfDay) / template.StartStep.BclCompatibleTicks);
}
