using Wfm.Forecasting.Calendar;

namespace Wfm.Tests.Forecasting.Calendar;

public sealed class EventPoolingTests
{
    private static EventEffect Seen(string kind, double log, int occurrences, double spread = 0.25) =>
        new(kind, Math.Exp(log), Math.Sqrt((spread * spread) + (spread * spread / occurrences)), occurrences) { Spread = spread };

    [Test]
    public void Pool_ManySeriesThatAgree_IsTheirFactorAndSure()
    {
        var pooled = EventPooling.Pool([.. Enumerable.Range(0, 30).Select(_ => (IReadOnlyList<EventEffect>)[Seen("holiday", Math.Log(0.6), 4, 0.1)])]);

        var effect = pooled.Should().ContainSingle().Subject;
        effect.Factor.Should().BeApproximately(0.6, 0.01);
        effect.Occurrences.Should().Be(120);
        effect.LogStandardError.Should().BeLessThan(0.2);
    }

    [Test]
    public void Pool_SeriesThatDisagree_IsLessSureThanSeriesThatAgree()
    {
        static IReadOnlyList<EventEffect> Of(IEnumerable<double> logs) =>
            EventPooling.Pool([.. logs.Select(l => (IReadOnlyList<EventEffect>)[Seen("holiday", l, 3)])]);

        var (agree, disagree) = (Of(Enumerable.Repeat(-0.5, 12)).Single(), Of(Enumerable.Range(0, 12).Select(i => -1.0 + (i * 0.09))).Single());

        EventPooling.Shrink([], [disagree]).Single().LogStandardError.Should().BeGreaterThan(1.2 * EventPooling.Shrink([], [agree]).Single().LogStandardError);
    }

    [Test]
    public void Pool_NothingLearned_IsEmpty() => EventPooling.Pool([[], []]).Should().BeEmpty();

    [Test]
    public void Pool_AnyOrderOfSeries_IsTheSame()
    {
        IReadOnlyList<EventEffect>[] series = [[Seen("a", -0.5, 2), Seen("b", 0.3, 1)], [Seen("a", -0.2, 1)], [Seen("b", 0.6, 3)]];

        var (one, other) = (EventPooling.Pool(series), EventPooling.Pool([.. series.Reverse()]));

        other.Select(e => e.Kind).Should().Equal(one.Select(e => e.Kind));
        other.Zip(one, (x, y) => Math.Abs(x.Factor - y.Factor)).Max().Should().BeLessThan(1e-12);
    }

    [Test]
    public void Shrink_OneOccurrence_IsDrawnToOneAndManyAreBelieved()
    {
        var one = EventPooling.Shrink([Seen("holiday", Math.Log(0.5), 1)], []).Single();
        var many = EventPooling.Shrink([Seen("holiday", Math.Log(0.5), 40, 0.1)], []).Single();

        one.Factor.Should().BeInRange(0.55, 0.7);
        many.Factor.Should().BeApproximately(0.5, 0.005);
        one.LogStandardError.Should().BeGreaterThan(2 * many.LogStandardError);
    }

    [Test]
    public void Shrink_NeverSeenHere_IsWhatSiblingsSaw()
    {
        var effect = EventPooling.Shrink([], [Seen("christmas", Math.Log(0.6), 20, 0.1)]).Single();

        effect.Factor.Should().BeApproximately(0.6, 1e-9);
        effect.Occurrences.Should().Be(20);
    }

    [Test]
    public void Shrink_SeriesThatHardlyNoticesHolidays_ExpectsLittleOfANewOne()
    {
        EventEffect[] siblings = [Seen("easter", -0.6, 20, 0.1), Seen("christmas", -0.6, 20, 0.1), Seen("new-year", -0.6, 20, 0.1)];

        var effects = EventPooling.Shrink([Seen("easter", -0.06, 3, 0.1), Seen("christmas", -0.06, 3, 0.1)], siblings);

        effects.Single(e => e.Kind == "new-year").Factor.Should().BeInRange(Math.Exp(-0.35), 1);
    }

    [Test]
    public void Shrink_Simulated_IsCloserToTheTruthThanOwnOccurrencesAlone()
    {
        var random = new Random(11);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var (alone, leaned) = (0.0, 0.0);
        for (var run = 0; run < 200; run++)
        {
            var truth = Enumerable.Range(0, 8).Select(_ => -0.5 + (0.15 * Normal())).ToArray();
            // (0.2² + 2·0.25²) ÷ 3: the spread with its prior.
            var seen = truth.Select(t => Seen("holiday", t + (0.2 * Normal() / Math.Sqrt(2)), 2, 0.235)).ToArray();
            for (var j = 0; j < 8; j++)
            {
                var siblings = EventPooling.Pool([.. seen.Where((_, i) => i != j).Select(e => (IReadOnlyList<EventEffect>)[e])]);
                alone += Math.Pow(Math.Log(EventPooling.Shrink([seen[j]], []).Single().Factor) - truth[j], 2);
                leaned += Math.Pow(Math.Log(EventPooling.Shrink([seen[j]], siblings).Single().Factor) - truth[j], 2);
            }
        }

        leaned.Should().BeLessThan(0.85 * alone);
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public bool Shrink_AnyEffects_ArePossible(FsCheck.NormalFloat a, FsCheck.NormalFloat b, byte n, byte m)
    {
        static double Log(FsCheck.NormalFloat x) => Math.Clamp(x.Get, -3, 3);
        var pooled = EventPooling.Pool([[Seen("k", Log(b), 1 + m)], [Seen("k", -Log(b), 1), Seen("other", Log(a), 2)]]);

        return EventPooling.Shrink([Seen("k", Log(a), 1 + n)], pooled)
            .All(e => double.IsFinite(e.Factor) && e.Factor > 0 && e.LogStandardError >= e.Spread && e.Spread > 0);
    }

    [Test]
    public void Pool_ImpossibleEffect_SaysWhich() => FluentActions.Invoking(() => EventPooling.Pool([[new EventEffect("odd", 0, 0.1, 2)]]))
        .Should().Throw<ArgumentException>().WithMessage("*'odd'*factor 0*");

    [Test]
    public void Shrink_KindTwice_Throws() => FluentActions.Invoking(() => EventPooling.Shrink([Seen("a", 0, 1), Seen("a", 0, 1)], []))
        .Should().Throw<ArgumentException>().WithMessage("*'a' comes twice*");
}
