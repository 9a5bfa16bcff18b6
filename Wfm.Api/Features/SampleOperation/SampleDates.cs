using NodaTime;

namespace Wfm.Api.Features.SampleOperation;

/// <summary>When the made-up operation happens. Its files are written for a history that ends before Monday 2 November 2026; for another day they are
/// moved.</summary>
/// <remarks>
/// The history begins on a Monday, 104 weeks before the last Monday that is not after <see cref="EndDay"/>, and so moves by whole weeks; the up to six days
/// from that Monday on are more of the same operation. What is made up moves along: level, growth, the season of the year, crises, outages, lost measurements,
/// the operation's own campaigns, leave. What the calendar says stays where it is: public holidays and days on which everybody sells.
/// </remarks>
public sealed record SampleDates
{
    /// <summary>Days of the history as it is written: 104 weeks.</summary>
    public const int WrittenDays = 728;

    private const int DaysPerWeek = 7;
    private static readonly LocalDate WrittenEnd = new(2026, 11, 2);

    /// <param name="endDay">The day after the last of the history, local to each hub.</param>
    public SampleDates(LocalDate endDay)
    {
        EndDay = endDay;
        MovedDays = DaysPerWeek * (int)Math.Floor(Period.DaysBetween(WrittenEnd, endDay) / (double)DaysPerWeek);
        FirstDay = WrittenEnd.PlusDays(MovedDays - WrittenDays);
        DayCount = Period.DaysBetween(FirstDay, endDay);
    }

    /// <summary>The dates of the files.</summary>
    public static SampleDates Written { get; } = new(WrittenEnd);

    /// <summary>First day of the history, a Monday.</summary>
    public LocalDate FirstDay { get; }

    /// <summary>The day after its last one.</summary>
    public LocalDate EndDay { get; private init; }

    /// <summary>Its days, 728 to 734.</summary>
    public int DayCount { get; private init; }

    /// <summary>Days by which the written dates are moved, whole weeks; negative towards the past.</summary>
    public int MovedDays { get; }

    /// <summary>The same history and the day after it, wherever its week lies.</summary>
    public SampleDates OneMore() => this with { EndDay = EndDay.PlusDays(1), DayCount = DayCount + 1 };

    /// <summary>The day that a day of the history is in the files.</summary>
    /// <param name="day">Days since <see cref="FirstDay"/>.</param>
    public static LocalDate WrittenDay(int day) => Written.FirstDay.PlusDays(day);
}
