using NodaTime;

namespace Wfm.Scheduling.Bidding;

/// <summary>Points for bidding: so many come every month, and what is left of earlier months is carried over up to a cap.</summary>
/// <param name="Balance">Points there are in the month.</param>
/// <param name="Month">Any day of the month.</param>
public sealed record PointsAccount(int Balance, LocalDate Month)
{
    /// <summary>The account of somebody who begins in a month.</summary>
    /// <param name="month">Any day of the month.</param>
    /// <param name="budget">Points a month, ≥ 0.</param>
    public static PointsAccount Opened(LocalDate month, int budget) => new(budget, First(month));

    /// <summary>The account in a month: b(m + 1) = min(b(m), cap) + budget.</summary>
    /// <param name="month">Any day of the month; of an earlier one it stays as it is.</param>
    /// <param name="budget">Points a month, ≥ 0.</param>
    /// <param name="cap">Points carried over at most, ≥ 0.</param>
    public PointsAccount In(LocalDate month, int budget, int cap)
    {
        var months = Period.Between(First(Month), First(month), PeriodUnits.Months).Months;
        if (months <= 0) return this;
        // After n months: nothing is lost below the cap, and at the cap it stands still.
        long balance = Math.Min(Balance, cap);
        balance = Math.Min(balance + ((long)(months - 1) * budget), cap);
        return new PointsAccount((int)balance + budget, First(month));
    }

    /// <summary>The account after points are paid.</summary>
    /// <param name="points">The points, ≥ 0.</param>
    /// <exception cref="SchedulingDataException">There are fewer.</exception>
    public PointsAccount Pay(int points) => points >= 0 && points <= Balance ? this with { Balance = Balance - points }
        : throw new SchedulingDataException($"{points} points cannot be paid out of {Balance}.");

    private static LocalDate First(LocalDate date) => new(date.Year, date.Month, 1);
}
