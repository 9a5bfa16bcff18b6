using NodaTime;

namespace Wfm.Scheduling.Leave;

/// <summary>A balance of leave as a function of its entries: what was opened, adjusted and booked, what the terms earn month by month, and what
/// lapses.</summary>
/// <remarks>
/// <para>balance(d) = opening + Σ accruals + Σ adjustments − Σ bookings − Σ lapses, each up to and including the local date d.</para>
/// <para>A month earns rate × days employed ÷ days of the month, credited on its last day, or on the last day of employment. Minutes are whole: those of k
/// months together are the rounded sum, so that no month's rounding adds up. An opening says what the balance is at the start of its day: accrual counts anew
/// from that day on, what was before no longer matters.</para>
/// <para>On the first day of a leave year min(balance, carry-over) goes over, and the rest lapses; a negative balance goes over whole.</para>
/// </remarks>
public sealed class LeaveLedger
{
    private const double Rounding = 1e-6; // minutes: sums of shares of months end a hair below the half

    private readonly List<LeaveLine> _lines = [];

    /// <param name="terms">What is earned and carried over.</param>
    /// <param name="entries">Openings, adjustments and bookings, in any order; of one day and kind they count as given.</param>
    /// <param name="through">Last local date looked at.</param>
    /// <exception cref="ArgumentException">An accrual or a lapse among the entries: the terms make those.</exception>
    public LeaveLedger(AccrualTerms terms, IEnumerable<LeaveEntry> entries, LocalDate through)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var given = entries.Where(e => e.On <= through).ToList();
        if (given.Find(e => e.Kind is LeaveEntryKind.Accrual or LeaveEntryKind.Lapse) is { } made)
        {
            throw new ArgumentException($"The {made.Kind} on {made.On} follows from the terms and cannot be given.", nameof(entries));
        }

        var dates = given.Select(e => e.On).Concat(terms.Rates.Take(1).Select(r => r.From)).ToList();
        if (dates.Count > 0) Fill(terms, [.. given, .. Dates(terms, dates.Min(), through)]);
    }

    /// <summary>Every change with the balance after it, in the order in which they count.</summary>
    public IReadOnlyList<LeaveLine> Lines => _lines;

    /// <summary>Minutes at the end of a local date.</summary>
    /// <param name="date">At most the last date looked at.</param>
    public int At(LocalDate date) => _lines.LastOrDefault(l => l.Entry.On <= date)?.Balance ?? 0;

    /// <summary>The lowest balance at the end of any day from a local date on.</summary>
    /// <param name="date">First date looked at.</param>
    /// <returns>Minutes, and the first date on which they are so low.</returns>
    public (int Minutes, LocalDate On) LowestFrom(LocalDate date)
    {
        var lowest = (Minutes: At(date), On: date);
        for (var i = 0; i < _lines.Count; i++)
        {
            var isLastOfItsDay = i + 1 == _lines.Count || _lines[i + 1].Entry.On > _lines[i].Entry.On;
            if (isLastOfItsDay && _lines[i].Entry.On > date && _lines[i].Balance < lowest.Minutes) lowest = (_lines[i].Balance, _lines[i].Entry.On);
        }

        return lowest;
    }

    /// <summary>The ends of months on which something is earned, and the starts of leave years.</summary>
    private static IEnumerable<LeaveEntry> Dates(AccrualTerms terms, LocalDate first, LocalDate through)
    {
        for (var month = new LocalDate(first.Year, first.Month, 1); month <= through; month = month.PlusMonths(1))
        {
            if (month.Month == terms.YearStartsIn && month > first) yield return new LeaveEntry(month, LeaveEntryKind.Lapse, 0);
            var credited = LocalDate.Min(month.PlusMonths(1).PlusDays(-1), terms.LastDay ?? LocalDate.MaxIsoValue);
            if (credited >= month && credited <= through) yield return new LeaveEntry(credited, LeaveEntryKind.Accrual, 0);
        }
    }

    private void Fill(AccrualTerms terms, IEnumerable<LeaveEntry> entries)
    {
        var (balance, earned, since) = (0, 0.0, LocalDate.MinIsoValue);
        foreach (var entry in entries.OrderBy(e => e.On).ThenBy(e => e.Kind))
        {
            var change = entry.Minutes;
            switch (entry.Kind)
            {
                case LeaveEntryKind.Opening:
                    (change, earned, since) = (entry.Minutes - balance, 0, entry.On);
                    break;
                case LeaveEntryKind.Accrual:
                    var before = Whole(earned);
                    earned += terms.Earned(LocalDate.Max(since, new LocalDate(entry.On.Year, entry.On.Month, 1)), entry.On);
                    change = Whole(earned) - before;
                    break;
                case LeaveEntryKind.Lapse:
                    change = -Math.Max(0, balance - (terms.CarryOverMinutes ?? balance));
                    break;
            }

            if (change == 0 && entry.Kind is (LeaveEntryKind.Accrual or LeaveEntryKind.Lapse)) continue;
            balance += change;
            _lines.Add(new LeaveLine(entry with { Minutes = change }, balance));
        }
    }

    private static int Whole(double minutes) => (int)Math.Floor(minutes + 0.5 + Rounding);
}
