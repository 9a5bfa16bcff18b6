namespace Wfm.Forecasting.Combination;

/// <summary>Where the rolling origins of a back-test lie.</summary>
/// <param name="Origins">Number of observations known at each origin, ascending; empty when the history is too short.</param>
/// <param name="Horizon">Steps forecast from each.</param>
internal sealed record OriginPlan(int[] Origins, int Horizon)
{
    private const int DaysPerWeek = 7;

    /// <summary>Lays out origins, the last one a horizon before the end.</summary>
    /// <param name="length">Observations.</param>
    /// <param name="horizon">Steps asked for.</param>
    /// <param name="count">Origins asked for.</param>
    /// <param name="slotsPerDay">Observations a day.</param>
    /// <param name="seasonLengths">Season lengths, ascending.</param>
    /// <remarks>
    /// Training keeps at least one longest season where that leaves anything, and half of the history; a horizon that does not fit is
    /// shortened. Origins are whole days apart, half a horizon where there is room, but not whole weeks, so that weekdays vary.
    /// </remarks>
    public static OriginPlan Create(int length, int horizon, int count, int slotsPerDay, ReadOnlySpan<int> seasonLengths)
    {
        var season = seasonLengths.IsEmpty ? 1 : seasonLengths[^1];
        var untested = slotsPerDay == 1 && season > DaysPerWeek ? 4 * horizon : 1; // of years there are never many: leave something to test on
        var training = Math.Max((length + 1) / 2, Math.Min(length - untested, 2 * season));
        var room = length - training;
        if (room < 1)
        {
            return new OriginPlan([], 0);
        }

        var steps = Math.Min(horizon, Math.Max(1, count > 1 ? room - Math.Min(room / 3, slotsPerDay * (count - 1)) : room));
        var slack = room - steps;
        if (count == 1 || slack == 0)
        {
            return new OriginPlan([length - steps], steps);
        }

        count = Math.Min(count, Math.Max(2, 1 + (3 * slack / (2 * slotsPerDay)))); // closer than two thirds of a day they say the same
        var gap = Math.Min(slack / (count - 1), Math.Max(1, Math.Max(slotsPerDay > 1 ? steps / 2 : steps, slotsPerDay)));
        if (gap >= slotsPerDay)
        {
            var days = gap / slotsPerDay;
            days -= days > 1 && days % 7 == 0 ? 1 : 0;
            gap = days * slotsPerDay;
        }

        gap = Math.Max(1, gap);
        var fitting = Math.Min(count, 1 + (slack / gap));
        var origins = new int[fitting];
        for (var k = 0; k < fitting; k++)
        {
            origins[k] = length - steps - ((fitting - 1 - k) * gap);
        }

        return new OriginPlan(origins, steps);
    }
}
