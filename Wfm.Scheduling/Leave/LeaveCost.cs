using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Leave;

/// <summary>What leave costs in minutes.</summary>
/// <remarks>
/// On a day of which a roster is in force: the paid time of the shift that starts on it, whole where the leave takes the whole day or the whole shift, else in
/// proportion to the time it takes; a day off costs nothing. On any other day: the hours of the contract's week (its minimum, or its maximum where it promises
/// none) spread over the usual working days, and nothing on other days; a part of a day costs its length, at most those hours.
/// </remarks>
public static class LeaveCost
{
    /// <summary>Paid minutes of a usual day.</summary>
    /// <param name="person">Contracts, employment and availability.</param>
    /// <param name="date">A local date.</param>
    /// <param name="templates">Shift templates of the hub, which say on what days there is work where the contract does not.</param>
    /// <returns>0 on a day that is not usually worked, and outside the employment.</returns>
    public static int UsualMinutes(RosterAgent person, LocalDate date, IReadOnlyList<ShiftTemplate> templates)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (!person.IsEmployed(date)) return 0;
        var contract = person.ContractOn(date);
        var usual = ContractSpans.UsualDays(person, contract, templates);
        if (!usual.Contains(date.DayOfWeek)) return 0;
        return (int)Math.Round(WeeklyMinutes(contract) / usual.Count());
    }

    /// <summary>Paid minutes of the week for which a contract accounts.</summary>
    /// <param name="contract">Its minimum, or its maximum where the minimum is 0.</param>
    public static double WeeklyMinutes(Contract contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return (contract.MinimumWeeklyHours > Duration.Zero ? contract.MinimumWeeklyHours : contract.MaximumWeeklyHours).TotalMinutes;
    }

    /// <summary>Minutes of a day without a roster.</summary>
    /// <param name="usualMinutes">Paid minutes of a usual day.</param>
    /// <param name="away">How long the leave lasts within the day.</param>
    /// <param name="isWhole">Whether it takes the whole day.</param>
    public static int OfUsualDay(int usualMinutes, Duration away, bool isWhole) =>
        isWhole ? usualMinutes : Math.Min(usualMinutes, (int)Math.Round(away.TotalMinutes));

    /// <summary>Minutes of a rostered shift.</summary>
    /// <param name="paidMinutes">Paid minutes of the shift.</param>
    /// <param name="shift">Its length, above zero.</param>
    /// <param name="taken">How much of it the leave takes.</param>
    /// <param name="isWhole">Whether the leave takes the whole local day on which it starts.</param>
    public static int OfShift(int paidMinutes, Duration shift, Duration taken, bool isWhole) =>
        isWhole || taken >= shift ? paidMinutes : (int)Math.Round(paidMinutes * (taken.TotalMinutes / shift.TotalMinutes));
}
