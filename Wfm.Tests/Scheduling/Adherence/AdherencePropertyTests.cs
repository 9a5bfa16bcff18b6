using FsCheck.Fluent;
using NodaTime;
using Wfm.Scheduling.Adherence;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Adherence;

/// <summary>Days of random states against a plan.</summary>
public sealed class AdherencePropertyTests
{
    private static readonly string[] Names = [.. DayCase.Meanings.Keys, "mystery"];

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public FsCheck.Property Figures_RowsInAnyOrderAndRepeated_AreTheSame() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var (changes, asOf) = Day(random);
        StateChange[] mixed = [.. changes.Concat(changes.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next())];

        Text(mixed, asOf).Should().Equal(Text(changes, asOf));
    });

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public FsCheck.Property Parts_AnyStates_FillTheDayAndAddUp() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var (changes, asOf) = Day(new Random(seed));
        var parts = Compare(changes, asOf, DayCase.Tolerances);
        var totals = AdherenceTotals.Of(parts);

        parts.Select(p => p.Start).Skip(1).Should().Equal(parts.Select(p => p.End).SkipLast(1));
        (parts[0].Start, parts[^1].End).Should().Be((DayCase.At("00:00"), DayCase.At("24:00")));
        parts.Where(p => p.Start >= asOf).Should().OnlyContain(p => p.State == null && (p.Verdict == Verdict.Ahead || p.Verdict == Verdict.NotPlanned));
        (parts.Sum(Verdict.Ahead).TotalSeconds + parts.Sum(Verdict.Unknown).TotalSeconds + totals.Adherence.DenominatorSeconds).Should().Be(28_800);
        (totals.Adherence.Value ?? 0).Should().BeInRange(0, 1);
        totals.Reasons.Sum(r => r.Figure.NumeratorSeconds).Should().BeLessThanOrEqualTo(totals.PlannedShrinkage.DenominatorSeconds);
        var learned = LearnedShrinkage.Of(parts.Select(LostTime.Of).OfType<LostTime>().Select(t => (Guid.Empty, t)), DateTimeZone.Utc);
        learned.ByHour.Sum(h => h.Sample.Planned.DenominatorSeconds).Should().Be(totals.PlannedShrinkage.DenominatorSeconds);
        learned.ByHour.Sum(h => h.Sample.Unplanned.NumeratorSeconds).Should().Be(totals.UnplannedShrinkage.NumeratorSeconds);
    });

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public FsCheck.Property Adherence_GreaterThresholds_IsNoLess() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var (changes, asOf) = Day(random);
        var (small, more) = (random.Next(10), random.Next(10));
        Tolerances Minutes(int minutes) => new(
            Enum.GetValues<ActivityKind>().ToDictionary(k => k, _ => Duration.FromMinutes(minutes)), Duration.FromMinutes(minutes));

        AdherenceTotals.Of(Compare(changes, asOf, Minutes(small + more))).Adherence.NumeratorSeconds.Should()
            .BeGreaterThanOrEqualTo(AdherenceTotals.Of(Compare(changes, asOf, Minutes(small))).Adherence.NumeratorSeconds);
    });

    private static (StateChange[] Changes, Instant AsOf) Day(Random random)
    {
        var seconds = Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(0, 2 * 43_200)).Distinct().ToArray();
        return (
            [.. seconds.Select(s => new StateChange(Names[random.Next(Names.Length)], DayCase.At("00:00") + Duration.FromSeconds(s)))],
            DayCase.At("00:00") + Duration.FromSeconds(random.Next(1, 86_400)));
    }

    private static IReadOnlyList<AdherencePart> Compare(IEnumerable<StateChange> changes, Instant asOf, Tolerances tolerances) =>
        DayCase.Compare(StateTimeline.Of(changes, asOf, DayCase.Meanings.GetValueOrDefault), tolerances: tolerances);

    private static IEnumerable<string> Text(IEnumerable<StateChange> changes, Instant asOf) =>
        Compare(changes, asOf, DayCase.Tolerances).Select(p => p.ToString());
}
