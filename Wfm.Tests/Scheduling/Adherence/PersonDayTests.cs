using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Adherence;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Adherence;

public sealed class PersonDayTests
{
    private const double Tolerance = 1e-9; // quotients of whole seconds

    /// <summary>Break from 11:03 to 11:19: within five minutes at both ends. Everything else is on time, sitting down 20 s early.</summary>
    public const string Punctual = "00:00 off, 08:59:40 available, 09:10 handling, 10:00 available, 11:03 break, 11:19 available, 13:00 off, 13:30 available, "
        + "15:00 training, 16:00 handling, 17:00 off";

    /// <summary>12 minutes late, no break, a meal 8 minutes late, 20 minutes on a contact in the training, away 15 minutes early.</summary>
    public const string Late = "00:00 off, 09:12 available, 13:08 meal, 13:30 handling, 15:20 training, 16:00 available, 16:45 off";

    /// <summary>A broken laptop for 40 minutes, excepted for 30; half an hour in a state nobody knows; a meeting instead of the training.</summary>
    public const string Excepted = "00:00 off, 09:00 handling, 09:30 laptop, 10:10 available, 11:00 break, 11:15 available, 12:00 mystery, 12:30 available, "
        + "13:00 meal, 13:30 handling, 15:00 meeting, 16:00 available";

    [Test]
    public void Figures_OnTimeWithinThresholds_AreThoseOfTheHand()
    {
        var totals = AdherenceTotals.Of(DayCase.Compare(DayCase.States(Punctual)));

        Is(totals.Adherence, 28_800, 28_800); // 3 and 4 minutes of the break are tolerated
        Is(totals.Conformance, 7_400 + 6_060 + 5_400 + 3_600, 22_500); // 08:59:40–11:03, 11:19–13:00, 13:30–15:00, 16:00–17:00: 0.99822
        Is(totals.Occupancy, 3_000 + 3_600, 22_460); // 09:10–10:00, 16:00–17:00
        Is(totals.PlannedShrinkage, 720 + 3_600, 27_000); // break from 11:03 to 11:15, training; all but the meal is paid: 0.16
        Is(totals.UnplannedShrinkage, 240, 27_000 - 4_320); // break from 11:15 to 11:19
        totals.Unknown.Should().Be(Duration.Zero);
    }

    [Test]
    public void Figures_LateAndEarly_AreThoseOfTheHand()
    {
        var totals = AdherenceTotals.Of(DayCase.Compare(DayCase.States(Late)));

        Is(totals.Adherence, 28_800 - 720 - 900 - 480 - 1_200 - 900, 28_800); // late, no break, late meal, contact in the training, early: 0.85417
        Is(totals.Conformance, 14_160 + 6_600 + 2_700, 22_500); // 09:12–13:08, 13:30–15:20, 16:00–16:45: 1.04267
        Is(totals.Occupancy, 6_600, 23_460); // 13:30–15:20
        Is(totals.PlannedShrinkage, 2_400, 27_000); // training from 15:20 to 16:00
        Is(totals.UnplannedShrinkage, 720 + 900, 24_600);
        totals.Reasons.Select(r => (r.Loss, r.Reason, r.Figure.NumeratorSeconds)).Should()
            .Equal((Loss.Planned, "training", 2_400), (Loss.Unplanned, "off", 1_620));
    }

    [Test]
    public void Figures_ExceptionUnknownStateAndFeedThatEnds_AreThoseOfTheHand()
    {
        var parts = DayCase.Compare(DayCase.States(Excepted, "16:30"), exceptions: (DayCase.At("09:30"), DayCase.At("10:00")));
        var totals = AdherenceTotals.Of(parts);

        // 09:00–16:30 are 27,000 s, half an hour of them unknown; wrong are 10:00–10:10 and the meeting: 0.83333
        Is(totals.Adherence, 25_200 - 600 - 3_600, 25_200);
        Is(totals.Conformance, 1_800 + 3_000 + 2_700 + 1_800 + 5_400 + 1_800, 7_200 + 2_700 + 1_800 + 5_400 + 1_800); // 0.87302
        Is(totals.Occupancy, 1_800 + 5_400, 16_500);
        Is(totals.PlannedShrinkage, 900 + 3_600, 23_400); // 27,000 paid to 17:00, less half an hour to come and half an hour unknown
        Is(totals.UnplannedShrinkage, 2_400, 18_900); // the laptop
        totals.Unknown.Should().Be(Duration.FromMinutes(30));
        totals.Reasons.Select(r => r.Reason).Should().Equal("training", "laptop", "break");
        parts.Sum(Verdict.Ahead).Should().Be(Duration.FromMinutes(30));
    }

    [TestCase("11:00 break, 11:15 available", 0)]
    [TestCase("11:05 break, 11:20 available", 0)]
    [TestCase("10:55 break, 11:10 available", 0)]
    [TestCase("11:05:01 break, 11:15 available", 301)] // one second more than five minutes, and all of it counts
    [TestCase("11:00 break, 11:21 available", 360)]
    [TestCase("10:54 break, 11:15 available", 360)]
    [TestCase("11:00 available, 11:15 available", 900)] // no break at all is no slip
    [TestCase("11:00 laptop, 11:02 break, 11:15 available", 120)] // something else came between
    public void Break_Slipping_CountsInFullBeyondItsThreshold(string around, int wrongSeconds)
    {
        var states = DayCase.States($"00:00 off, 09:00 available, {around}, 13:00 off, 13:30 available, 15:00 training, 16:00 available, 17:00 off");

        DayCase.Compare(states).Sum(Verdict.Wrong).Should().Be(Duration.FromSeconds(wrongSeconds));
    }

    [TestCase("00:00 off, 09:00:40 available", "09:10", 0)]
    [TestCase("00:00 off, 09:01:20 available", "09:10", 80)]
    [TestCase("00:00 off", "09:00:50", 0)] // still within the threshold when the feed ends
    [TestCase("00:00 off", "09:02", 120)]
    public void Shift_BeginningLate_IsToleratedForItsThreshold(string states, string asOf, int wrongSeconds) =>
        DayCase.Compare(DayCase.States(states, asOf)).Sum(Verdict.Wrong).Should().Be(Duration.FromSeconds(wrongSeconds));

    [Test]
    public void Work_OfAnotherGroup_IsWrongWhereTheStateTellsIt()
    {
        PlannedSegment[] plan = [DayCase.Work("09:00", "12:00")];

        var parts = DayCase.Compare(DayCase.States("09:00 live, 10:00 mail, 11:00 handling"), plan);

        parts.Where(p => p.Planned is not null).Select(p => p.Verdict).Should().Equal(Verdict.Right, Verdict.Wrong, Verdict.Right);
        AdherenceTotals.Of(parts).Conformance.Value.Should().BeGreaterThan(1, "it is productive all the same, and goes on after the shift");
    }

    [Test]
    public void Leave_AndTheGapOfASplitShift_AreOutOfScope()
    {
        PlannedSegment[] plan =
        [
            DayCase.Work("09:00", "11:00"), DayCase.Segment("gap", null, "11:00", "13:00"), DayCase.Work("13:00", "15:00"),
            DayCase.Segment("leave", ActivityKind.Leave, "15:00", "17:00"),
        ];

        var totals = AdherenceTotals.Of(DayCase.Compare(DayCase.States("00:00 off, 09:00 available, 11:00 off, 13:00 available, 15:00 off"), plan));

        Is(totals.Adherence, 4 * 3_600, 4 * 3_600);
        Is(totals.PlannedShrinkage, 0, 4 * 3_600);
    }

    [Test]
    public void Feed_ThatNeverWas_TellsNothing()
    {
        var parts = DayCase.Compare(StateTimeline.Of([], null, DayCase.Meanings.GetValueOrDefault), exceptions: (DayCase.At("09:00"), DayCase.At("10:00")));

        parts.Select(p => p.Verdict).Distinct().Should().BeEquivalentTo([Verdict.NotPlanned, Verdict.Ahead]);
        AdherenceTotals.Of(parts).IsEmpty.Should().BeTrue();
        AdherenceTotals.Of(parts).Adherence.Value.Should().BeNull();
    }

    [TestCase("2025-10-26", 25, 9)] // clocks go back at 02:00 in Dublin
    [TestCase("2025-03-30", 23, 7)]
    [TestCase("2025-07-28", 24, 8)]
    public void Shift_OverAClockChange_CountsElapsedTime(string date, int hours, int shiftHours)
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Dublin"];
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value;
        var (from, to) = (zone.AtStartOfDay(day).ToInstant(), zone.AtStartOfDay(day.PlusDays(1)).ToInstant());
        var end = day.At(new LocalTime(8, 0)).InZoneStrictly(zone).ToInstant();
        var work = new PlannedSegment("work", ActivityKind.Work, "live", from, end, true, false);
        var states = StateTimeline.Of([new("available", from), new("off", end - Duration.FromHours(1))], to, DayCase.Meanings.GetValueOrDefault);

        var parts = new PersonDay(from, to, [work], states, [], DayCase.Tolerances).Compare();

        parts.Aggregate(Duration.Zero, (sum, p) => sum + p.Length).Should().Be(Duration.FromHours(hours));
        Is(AdherenceTotals.Of(parts).Adherence, (shiftHours - 1) * 3_600, shiftHours * 3_600);
        var learned = LearnedShrinkage.Of(parts.Select(LostTime.Of).OfType<LostTime>().Select(t => (Guid.Empty, t)), zone);
        Is(learned.All.Unplanned, 3_600, shiftHours * 3_600);
        learned.ByHour.Sum(h => h.Sample.Planned.DenominatorSeconds).Should().Be(shiftHours * 3_600, "no hour is lost or told twice");
        learned.ByHour.Where(h => h.Hour == 1).Sum(h => h.Sample.Planned.DenominatorSeconds).Should().Be((shiftHours - 7) * 3_600, "01:00 comes so often");
    }

    [Test]
    public void Segments_ThatOverlap_AreRefused() => FluentActions
        .Invoking(() => DayCase.Compare(DayCase.States("09:00 available"), [DayCase.Work("09:00", "11:00"), DayCase.Work("10:30", "12:00")]))
        .Should().Throw<SchedulingDataException>().WithMessage("*begins before*");

    [Test]
    public void Meaning_ThatContradictsItself_IsRefused()
    {
        FluentActions.Invoking(() => new StateMeaning(StateUse.Activity, null, null)).Should().Throw<SchedulingDataException>().WithMessage("*needs its kind*");
        FluentActions.Invoking(() => new StateMeaning(StateUse.Off, ActivityKind.Break, null)).Should().Throw<SchedulingDataException>();
        FluentActions.Invoking(() => new StateMeaning(StateUse.Off, null, "live")).Should().Throw<SchedulingDataException>();
        FluentActions.Invoking(() => new StateMeaning(StateUse.Activity, ActivityKind.Work, null)).Should().Throw<SchedulingDataException>();
    }

    private static void Is(AdherenceFigure figure, double numerator, double denominator)
    {
        (figure.NumeratorSeconds, figure.DenominatorSeconds).Should().Be((numerator, denominator));
        figure.Value.Should().BeApproximately(numerator / denominator, Tolerance);
        figure.Formula.Should().Contain("÷");
    }
}
