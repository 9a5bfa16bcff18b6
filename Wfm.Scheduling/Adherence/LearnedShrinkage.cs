using NodaTime;

namespace Wfm.Scheduling.Adherence;

/// <summary>What shrinkage was, over days.</summary>
/// <param name="Planned">Planned shrinkage of all days together.</param>
/// <param name="Unplanned">Unplanned shrinkage of all days together.</param>
/// <param name="Days">Local days with paid time.</param>
/// <param name="People">People with paid time.</param>
/// <param name="PlannedSpread">Standard deviation between days of the planned shrinkage of each; <see langword="null"/> below two days.</param>
/// <param name="UnplannedSpread">Standard deviation between days of the unplanned shrinkage of each; <see langword="null"/> below two days.</param>
public sealed record ShrinkageSample(
    AdherenceFigure Planned, AdherenceFigure Unplanned, int Days, int People, double? PlannedSpread, double? UnplannedSpread);

/// <summary>Shrinkage learned from what people did: of all days, and by weekday and hour of the clock.</summary>
/// <param name="All">Of all hours.</param>
/// <param name="Reasons">Reason by reason.</param>
/// <param name="ByHour">By weekday and hour (0 to 23) on the local clock, in order; hours without paid time are left out.</param>
public sealed record LearnedShrinkage(
    ShrinkageSample All, IReadOnlyList<ShrinkageByReason> Reasons, IReadOnlyList<(IsoDayOfWeek Weekday, int Hour, ShrinkageSample Sample)> ByHour)
{
    /// <summary>Sorts paid time into hours of the week and tells what of it was lost.</summary>
    /// <param name="times">Paid time of people, by their identities.</param>
    /// <param name="zone">Whose clock it is. An hour that the clocks repeat counts twice, one that they skip never.</param>
    public static LearnedShrinkage Of(IEnumerable<(Guid Person, LostTime Time)> times, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(times);
        var slices = times.SelectMany(t => Hours(t.Time, zone).Select(h => (t.Person, h.Date, h.Hour, h.Time))).ToList();
        return new LearnedShrinkage(
            Sample(slices), Sum(slices.Select(s => s.Time)).Reasons,
            [
                .. slices.GroupBy(s => (s.Date.DayOfWeek, s.Hour)).OrderBy(g => g.Key.DayOfWeek).ThenBy(g => g.Key.Hour)
                    .Select(g => (g.Key.DayOfWeek, g.Key.Hour, Sample([.. g]))),
            ]);
    }

    private static ShrinkageSample Sample(List<(Guid Person, LocalDate Date, int Hour, LostTime Time)> slices)
    {
        var all = Sum(slices.Select(s => s.Time));
        var days = slices.GroupBy(s => s.Date).OrderBy(g => g.Key).Select(g => Sum(g.Select(s => s.Time))).ToList();
        return new ShrinkageSample(
            all.PlannedShrinkage, all.UnplannedShrinkage, days.Count, slices.Select(s => s.Person).Distinct().Count(),
            Deviation([.. days.Select(d => d.PlannedShrinkage.Value).OfType<double>()]),
            Deviation([.. days.Select(d => d.UnplannedShrinkage.Value).OfType<double>()]));
    }

    private static AdherenceTotals Sum(IEnumerable<LostTime> times)
    {
        var totals = new AdherenceTotals();
        foreach (var time in times)
        {
            totals.Add(time);
        }

        return totals;
    }

    private static double? Deviation(IReadOnlyList<double> values)
    {
        if (values.Count < 2) return null;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }

    /// <summary>Cuts at full hours of the local clock, and where the clocks change.</summary>
    private static IEnumerable<(LocalDate Date, int Hour, LostTime Time)> Hours(LostTime time, DateTimeZone zone)
    {
        for (var start = time.Start; start < time.End;)
        {
            var local = start.InZone(zone).LocalDateTime;
            var end = Instant.Min(time.End, start + Duration.FromHours(1) - Duration.FromNanoseconds(local.NanosecondOfDay % NodaConstants.NanosecondsPerHour));
            var interval = zone.GetZoneInterval(start);
            if (interval.HasEnd) end = Instant.Min(end, interval.End);
            yield return (local.Date, local.Hour, time with { Start = start, End = end });
            start = end;
        }
    }
}
