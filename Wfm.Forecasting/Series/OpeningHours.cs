namespace Wfm.Forecasting.Series;

/// <summary>The slots of the local week in which work is taken. Models see the open slots only, one after another.</summary>
/// <remarks>A bank open 07:00–21:00 on weekdays has, in half-hours, 28 slots a day and 140 a week; the season lengths follow.</remarks>
public sealed class OpeningHours
{
    // Below this many missing intervals in one block of closed slots, over all weeks looked at, a gap is a gap and not a closing time:
    // at 40 % missing by chance a false closing has probability 4e-7.
    private const int EvidenceNeeded = 16;
    private const int WeeksLookedAt = 52;
    private const int RecentWeeks = 8;

    private readonly bool[] _open;
    private readonly int[] _openBefore;

    /// <summary>Creates opening hours from flags.</summary>
    /// <param name="openWeek">One flag per slot of the local week from Monday 00:00; at least one is open.</param>
    /// <exception cref="ArgumentException">No slot is open.</exception>
    public OpeningHours(bool[] openWeek)
    {
        ArgumentNullException.ThrowIfNull(openWeek);
        if (!Array.Exists(openWeek, open => open))
        {
            throw new ArgumentException($"None of the {openWeek.Length} intervals of the week is open.", nameof(openWeek));
        }

        _open = [.. openWeek];
        _openBefore = new int[_open.Length + 1];
        for (var slot = 0; slot < _open.Length; slot++)
        {
            _openBefore[slot + 1] = _openBefore[slot] + (_open[slot] ? 1 : 0);
        }
    }

    /// <summary>Slots of the week, open or closed.</summary>
    public int SlotsPerWeek => _open.Length;

    /// <summary>Open slots of the week.</summary>
    public int OpenPerWeek => _openBefore[^1];

    /// <summary>Whether a slot of the week is open.</summary>
    /// <param name="slotOfWeek">0 for Monday 00:00.</param>
    public bool IsOpen(int slotOfWeek) => _open[slotOfWeek];

    /// <summary>Open slots from Monday 00:00 of week 0 up to, and without, a slot counted from there.</summary>
    /// <param name="slotSinceMonday">At least 0; may reach over many weeks.</param>
    public int OpenBefore(int slotSinceMonday) =>
        (slotSinceMonday / SlotsPerWeek * OpenPerWeek) + _openBefore[slotSinceMonday % SlotsPerWeek];

    /// <summary>Season lengths of the open slots, ascending: the day if every open day has as many slots, and the week.</summary>
    /// <param name="slotsPerDay">Slots in a local day, open or closed.</param>
    public int[] SeasonLengths(int slotsPerDay)
    {
        var perDay = new List<int>();
        for (var first = 0; first < SlotsPerWeek; first += slotsPerDay)
        {
            var open = _openBefore[Math.Min(first + slotsPerDay, SlotsPerWeek)] - _openBefore[first];
            if (open > 0)
            {
                perDay.Add(open);
            }
        }

        var day = perDay.TrueForAll(open => open == perDay[0]) ? perDay[0] : 1;
        return [.. new[] { day, OpenPerWeek }.Where(length => length > 1).Distinct()];
    }

    /// <summary>Mean number of open slots on days that open at all.</summary>
    /// <param name="slotsPerDay">Slots in a local day, open or closed.</param>
    public double SlotsPerOpenDay(int slotsPerDay)
    {
        var days = 0;
        for (var first = 0; first < SlotsPerWeek; first += slotsPerDay)
        {
            days += _openBefore[Math.Min(first + slotsPerDay, SlotsPerWeek)] > _openBefore[first] ? 1 : 0;
        }

        return OpenPerWeek / (double)days;
    }

    /// <summary>Opening hours read from a history: a slot that had no value in any recent week is closed.</summary>
    /// <param name="local">Values by local cell, NaN where missing, at least one value.</param>
    /// <param name="firstSlotOfWeek">Slot of the week of the first cell.</param>
    /// <param name="slotsPerWeek">Cells in a local week.</param>
    /// <remarks>
    /// A single missing slot is a gap; closing time needs a block of neighbouring slots with at least 16 missing intervals in the last weeks
    /// together. Slots of the week the history never reaches count as open.
    /// </remarks>
    public static OpeningHours Detect(ReadOnlySpan<double> local, int firstSlotOfWeek, int slotsPerWeek)
    {
        var missingInARow = new int[slotsPerWeek];
        var weeks = new int[slotsPerWeek];
        var seen = new bool[slotsPerWeek];
        for (var cell = local.Length - 1; cell >= 0; cell--)
        {
            var slot = (firstSlotOfWeek + cell) % slotsPerWeek;
            if (++weeks[slot] > WeeksLookedAt)
            {
                break;
            }

            seen[slot] |= !double.IsNaN(local[cell]);
            missingInARow[slot] += seen[slot] ? 0 : 1;
        }

        var open = new bool[slotsPerWeek];
        for (var slot = 0; slot < slotsPerWeek; slot++)
        {
            open[slot] = missingInARow[slot] == 0 || missingInARow[slot] < Math.Min(RecentWeeks, weeks[slot]);
        }

        if (slotsPerWeek > 1 && Array.Exists(open, o => o))
        {
            ReopenThinEvidence(open, missingInARow);
        }
        else
        {
            Array.Fill(open, true);
        }

        return new OpeningHours(open);
    }

    private static void ReopenThinEvidence(bool[] open, int[] missingInARow)
    {
        var week = open.Length;
        var anchor = Array.IndexOf(open, true); // blocks wrap around the week: start behind an open slot
        for (var i = 1; i < week;)
        {
            var (length, evidence) = (0, 0);
            while (i + length < week && !open[(anchor + i + length) % week])
            {
                evidence += missingInARow[(anchor + i + length) % week];
                length++;
            }

            for (var k = 0; k < length && evidence < EvidenceNeeded; k++)
            {
                open[(anchor + i + k) % week] = true;
            }

            i += length + 1;
        }
    }
}
