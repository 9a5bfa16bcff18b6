using NodaTime;

namespace Wfm.Scheduling.Leave;

/// <summary>Hours of leave that a month of employment earns, from a date on.</summary>
/// <param name="From">First local date.</param>
/// <param name="HoursPerMonth">Hours a whole month earns, at least 0; a part of one earns its share by days.</param>
/// <exception cref="SchedulingDataException">Hours that are negative, not finite or above 744.</exception>
public sealed record AccrualRate(LocalDate From, double HoursPerMonth)
{
    /// <summary>Hours a whole month earns.</summary>
    public double HoursPerMonth { get; } = HoursPerMonth is >= 0 and <= 744 ? HoursPerMonth
        : throw new SchedulingDataException($"accrual from {From}: HoursPerMonth is {HoursPerMonth}; it must lie between 0 and the 744 hours of a month.");
}

/// <summary>What fills a balance of leave, and what its year's end leaves of it.</summary>
/// <param name="Rates">What is earned, each rate from its date until the next; nothing before the first. In order of date.</param>
/// <param name="LastDay">Last local date of employment; <see langword="null"/> while none is known.</param>
/// <param name="YearStartsIn">Month of the year, 1 to 12, on whose first day the leave year begins.</param>
/// <param name="CarryOverMinutes">Most that goes over into a new leave year; <see langword="null"/> for all.</param>
/// <exception cref="SchedulingDataException">A month that is none, or a cap below 0.</exception>
public sealed record AccrualTerms(IReadOnlyList<AccrualRate> Rates, LocalDate? LastDay = null, int YearStartsIn = 1, int? CarryOverMinutes = null)
{
    /// <summary>Month in which the leave year begins.</summary>
    public int YearStartsIn { get; } = YearStartsIn is >= 1 and <= 12 ? YearStartsIn
        : throw new SchedulingDataException($"accrual terms: YearStartsIn is {YearStartsIn}; it must be a month, 1 to 12.");

    /// <summary>Most that goes over into a new leave year.</summary>
    public int? CarryOverMinutes { get; } = CarryOverMinutes is null or >= 0 ? CarryOverMinutes
        : throw new SchedulingDataException($"accrual terms: CarryOverMinutes is {CarryOverMinutes}; it must not be negative.");

    /// <summary>Minutes earned from one local date to another, both within one month, not rounded.</summary>
    internal double Earned(LocalDate from, LocalDate to)
    {
        var (days, minutes) = (from.Calendar.GetDaysInMonth(from.Year, from.Month), 0.0);
        for (var i = 0; i < Rates.Count; i++)
        {
            var first = LocalDate.Max(from, Rates[i].From);
            var last = i + 1 < Rates.Count ? LocalDate.Min(to, Rates[i + 1].From.PlusDays(-1)) : to;
            var count = Period.DaysBetween(first, last) + 1;
            if (count > 0) minutes += Rates[i].HoursPerMonth * 60 * count / days;
        }

        return minutes;
    }
}
