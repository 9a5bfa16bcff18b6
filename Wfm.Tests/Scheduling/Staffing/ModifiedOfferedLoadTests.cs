using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Staffing;

public sealed class ModifiedOfferedLoadTests
{
    private static readonly Duration Minute = Duration.FromMinutes(1);
    private static readonly Duration Quarter = Duration.FromMinutes(15);

    // Eick, Massey & Whitt, “Mt/G/∞ queues with sinusoidal arrival rates”, Management Science 39 (1993), 241–252: for λ(t) = λ(1 + β sin γt) the mean is
    // λS(1 + β(sin γt − γS cos γt) ÷ (1 + γ²S²)) for exponential and λ(S + β(cos γ(t − S) − cos γt) ÷ γ) for constant handle times. The minute-wise
    // means of the rate are the only approximation: a smooth curve differs from its minute-wise mean by (γ·1 min)² ÷ 24 < 1e-6 here.
    [TestCase(false, 25)]
    [TestCase(false, 120)]
    [TestCase(true, 25)]
    [TestCase(true, 120)]
    public void Over_SinusoidalArrivals_IsTheClosedForm(bool constant, double ahtMinutes)
    {
        const double Rate = 2, Beta = 0.6;
        var gamma = 2 * Math.PI / (24 * 60);
        double[] volume = [.. Enumerable.Range(0, 3 * 1440).Select(i => Rate * (1 + Beta * (Math.Cos(gamma * i) - Math.Cos(gamma * (i + 1))) / gamma))];

        var load = ModifiedOfferedLoad.Over(volume, Filled(volume.Length, 60 * ahtMinutes), Minute, constant ? HandleTime.Constant : HandleTime.Exponential);

        for (var i = 1440; i < volume.Length; i += 97)
        {
            var t = i + 1.0;
            var expected = constant
                ? Rate * (ahtMinutes + Beta * (Math.Cos(gamma * (t - ahtMinutes)) - Math.Cos(gamma * t)) / gamma)
                : Rate
                    * ahtMinutes
                    * (1 + Beta * (Math.Sin(gamma * t) - gamma * ahtMinutes * Math.Cos(gamma * t)) / (1 + gamma * gamma * ahtMinutes * ahtMinutes));
            load.AtEnd[i].Should().BeApproximately(expected, 2e-5 * expected);
        }
    }

    [Test] // empty, then 1 contact a minute for ever: S(1 − e^(−t/S)), its mean over an interval S(1 − (S/T)(e^(−t/S) − e^(−(t+T)/S)))
    public void Over_StepOfExponentialContacts_IsTheRelaxation()
    {
        var load = ModifiedOfferedLoad.Over([0, 15, 15, 15], Filled(4, 1500), Quarter);

        load.AtEnd.Should().Equal([0, 25 * (1 - Math.Exp(-0.6)), 25 * (1 - Math.Exp(-1.2)), 25 * (1 - Math.Exp(-1.8))], (a, b) => Math.Abs(a - b) < 1e-9);
        load.Mean[1].Should().BeApproximately(25 * (1 - (1 - Math.Exp(-0.6)) / 0.6), 1e-9);
        load.Mean[2].Should().BeApproximately(25 * (1 - (Math.Exp(-0.6) - Math.Exp(-1.2)) / 0.6), 1e-9);
    }

    [Test] // constant 30 minutes in quarter-hours: one interval's contacts end in the third; 30 contacts = 60 erlangs, a quarter, half and a quarter of them
    public void Over_BurstOfConstantContacts_IsTheTrapezoid()
    {
        var load = ModifiedOfferedLoad.Over([0, 30, 0, 0, 0], Filled(5, 1800), Quarter, HandleTime.Constant);

        load.Mean.Should().Equal([0, 15, 30, 15, 0], (a, b) => Math.Abs(a - b) < 1e-9);
        load.AtEnd.Should().Equal([0, 30, 30, 0, 0], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Test]
    public void Over_LognormalWithoutScatter_IsConstant()
    {
        double[] volume = [5, 30, 2, 0, 9, 14, 3];

        ModifiedOfferedLoad.Over(volume, Filled(7, 2000), Quarter, HandleTime.Lognormal(1e-4)).Mean
            .Should().Equal(ModifiedOfferedLoad.Over(volume, Filled(7, 2000), Quarter, HandleTime.Constant).Mean, (a, b) => Math.Abs(a - b) < 1e-3 * b + 1e-6);
    }

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property Over_SteadyVolume_IsTheOfferedLoad() =>
        Prop.ForAll(
            Gen.Choose(1, 400).ToArbitrary(), Gen.Choose(10, 20_000).ToArbitrary(), Gen.Choose(0, 2).ToArbitrary(),
            (volume, aht, shape) =>
            {
                var load = ModifiedOfferedLoad.Over(Filled(50, volume), Filled(50, aht), Quarter, Shape(shape));
                var steady = volume * aht / 900.0;
                return load.Mean.Concat(load.AtEnd).All(x => Math.Abs(x - steady) < 1e-9 * steady);
            });

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property Over_WorkThatEndsInTheHorizon_IsConserved() =>
        Prop.ForAll(
            Volumes(), Gen.Choose(30, 3_000).ToArbitrary(), Gen.Choose(0, 2).ToArbitrary(),
            (volume, aht, shape) =>
            {
                double[] padded = [0, .. volume, .. new double[400]];
                double[] handle = [.. padded.Select((_, i) => (double)(aht + 7 * (i % 5)))];
                var load = ModifiedOfferedLoad.Over(padded, handle, Quarter, Shape(shape));
                var (arrived, done) = (load.Arriving.Sum(), load.Mean.Sum());
                return Math.Abs(arrived - done) <= 1e-8 * arrived && load.Mean.All(x => x >= 0);
            });

    [FsCheck.NUnit.Property(MaxTest = 50)]
    public Property Over_TwoVolumes_LoadsAdd() => Prop.ForAll(Volumes(), Volumes(), (a, b) =>
    {
        var n = Math.Min(a.Length, b.Length);
        var (x, y) = (Load([.. a.Take(n)]), Load([.. b.Take(n)]));
        var sum = Load([.. Enumerable.Range(0, n).Select(i => a[i] + b[i])]);
        return Enumerable.Range(0, n).All(i => Math.Abs(sum.Mean[i] - x.Mean[i] - y.Mean[i]) < 1e-8 && Math.Abs(sum.AtEnd[i] - x.AtEnd[i] - y.AtEnd[i]) < 1e-8);

        static OfferedLoad Load(double[] volume) => ModifiedOfferedLoad.Over(volume, Filled(volume.Length, 1500), Quarter);
    });

    [Test] // two hours open, one closed, open again: 25 minutes run out while closed and do not come back as new arrivals
    public void Over_ClosingHours_CarryOnlyWhatIsInHand()
    {
        double[] volume = [.. Filled(8, 30.0), .. Filled(4, 30.0), .. Filled(4, 0.0)];
        bool[] open = [.. Filled(8, true), .. Filled(4, false), .. Filled(4, true)];

        var load = ModifiedOfferedLoad.Over(volume, Filled(16, 1500), Quarter, open: open);

        load.Arriving[8..12].Should().OnlyContain(a => a == 0);
        load.AtEnd[7].Should().BeApproximately(50, 1e-9);
        load.AtEnd[11].Should().BeApproximately(50 * Math.Exp(-60 / 25.0), 1e-8);
        load.Mean[12].Should().BeApproximately(50 * Math.Exp(-60 / 25.0) * (1 - Math.Exp(-0.6)) / 0.6, 1e-8);
    }

    [Test]
    public void Require_ClosingHours_StaffsNobodyWhileClosedAndWhatIsLeftAfterwards()
    {
        double[] volume = [30, 30, 0, 0, 0];

        var requirement = ImmediateStaffing.Require(
            volume, Filled(5, 1500), Quarter, new ImmediateGoal(0.8, Duration.FromSeconds(20)), new double[5], [true, true, false, true, true]);

        requirement.Heads[2].Should().Be(0);
        requirement.Heads[3].Should().BeGreaterThan(20, "the load is 20.6");
        requirement.Waterfall.Workload[3].Should().Be(0);
        requirement.Waterfall.DeferralMargin[3].Should().BeApproximately(50 * Math.Exp(-0.6) * (1 - Math.Exp(-0.6)) / 0.6, 1e-8);
    }

    [Test]
    public void Require_SteadyLoad_IsErlangAsBefore()
    {
        var goal = new ImmediateGoal(0.8, Duration.FromSeconds(20));

        var requirement = ImmediateStaffing.Require(Filled(12, 100), Filled(12, 180), Duration.FromMinutes(30), goal, new double[12], Filled(12, true));

        requirement.Agents.Should().OnlyContain(agents => agents == 14);
        requirement.Waterfall.DeferralMargin.Should().OnlyContain(margin => Math.Abs(margin) < 1e-12);
    }

    [Test] // contacts of 25 minutes in quarter-hours: the rise is staffed later, the fall longer
    public void Require_LongContacts_WaterfallMovesWorkFromTheRiseToTheFall()
    {
        double[] volume = [10, 40, 60, 40, 10, 10, 10];

        var waterfall = ImmediateStaffing
            .Require(volume, Filled(7, 1500), Quarter, new ImmediateGoal(0.8, Duration.FromSeconds(20)), new double[7], Filled(7, true)).Waterfall;

        waterfall.DeferralMargin[1].Should().BeLessThan(-15);
        waterfall.DeferralMargin[4].Should().BeGreaterThan(15);
        waterfall.Agents().Should().OnlyContain(agents => Math.Abs(agents - Math.Round(agents)) < 1e-9);
    }

    // A day of escalation chats of 25 minutes with three hours from peak to peak; four in five are to be answered without waiting. The true share follows from
    // the Kolmogorov equations of the M(t)/M/s(t) queue, the yardstick of Green, Kolesar & Soares (2001).
    [Test]
    public void Require_LongContactsAndMovingLoad_MeetsTheGoalWhereIndependentIntervalsDoNot()
    {
        const double Aht = 1500;
        var goal = new ImmediateGoal(0.8, Duration.Zero);
        double[] volume = [.. Enumerable.Range(0, 48).Select(i => 24 + 18 * Math.Sin(2 * Math.PI * i / 12.0))];
        var modified = ImmediateStaffing.Require(volume, Filled(48, Aht), Quarter, goal, new double[48], Filled(48, true)).Agents;
        var independent = volume.Select(v => ErlangC.RequiredAgents(v * Aht / 900, Aht, goal)).ToArray();

        var (met, missed) = (AnsweredAtOnce(volume, modified, 25), AnsweredAtOnce(volume, independent, 25));

        met[12..].Should().OnlyContain(share => share > 0.75, "every quarter-hour is near its goal");
        met[12..].Average().Should().BeGreaterThan(0.8);
        missed[12..].Min().Should().BeLessThan(0.3);
        modified.Sum().Should()
            .BeLessThan((int)(1.06 * independent.Sum()), "it is the same work at other times, with the rising intervals staffed for their end");
    }

    [Test]
    public void Over_BadInput_NamesArrayAndIndex()
    {
        Refused(() => ModifiedOfferedLoad.Over([1, double.NaN], [1, 1], Quarter), "volume[1]");
        Refused(() => ModifiedOfferedLoad.Over([], [], Quarter), "volume");
        Refused(() => ModifiedOfferedLoad.Over([1, 1], [1, 0], Quarter), "ahtSeconds[1]");
        Refused(() => ModifiedOfferedLoad.Over([1, 1], [1], Quarter), "ahtSeconds");
        Refused(() => ModifiedOfferedLoad.Over([1, 1], [1, 1], Duration.Zero), "interval");
        Refused(() => ModifiedOfferedLoad.Over([1, 1], [1, 1], Quarter, open: [true]), "open");
        Refused(() => ModifiedOfferedLoad.Over([1, 1e12], [1, 1000], Quarter), "volume[1]");
        FluentActions.Invoking(() => ModifiedOfferedLoad.Over([1], [1], Quarter).Staffed(1)).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("interval");
    }

    /// <summary>Share of each quarter-hour's contacts that find a free agent: Runge–Kutta on P(n contacts are there), empty at first.</summary>
    private static double[] AnsweredAtOnce(double[] volume, int[] agents, double ahtMinutes)
    {
        const int Most = 250, Steps = 150;
        const double Step = 15.0 / Steps;
        var state = new double[Most + 1];
        state[0] = 1;
        var answered = new double[volume.Length];
        for (var i = 0; i < volume.Length; i++)
        {
            for (var k = 0; k < Steps; k++)
            {
                answered[i] += state[..agents[i]].Sum() / Steps;
                var a = Slope(state, i);
                var b = Slope(Plus(state, a, Step / 2), i);
                var c = Slope(Plus(state, b, Step / 2), i);
                var d = Slope(Plus(state, c, Step), i);
                for (var n = 0; n <= Most; n++) state[n] += Step / 6 * (a[n] + 2 * b[n] + 2 * c[n] + d[n]);
            }
        }
        return answered;

        double[] Slope(double[] p, int i)
        {
            var (slope, arrivals) = (new double[Most + 1], volume[i] / 15);
            for (var n = 0; n < Most; n++)
            {
                var flow = arrivals * p[n] - Math.Min(n + 1, agents[i]) / ahtMinutes * p[n + 1];
                slope[n] -= flow;
                slope[n + 1] += flow;
            }
            return slope;
        }

        static double[] Plus(double[] p, double[] slope, double step) => [.. p.Select((x, n) => x + step * slope[n])];
    }

    private static void Refused(Func<object> call, string name) => call.Should().Throw<ArgumentException>().WithParameterName(name);

    private static HandleTime Shape(int kind) => kind switch { 0 => HandleTime.Exponential, 1 => HandleTime.Constant, _ => HandleTime.Lognormal(0.9) };

    private static Arbitrary<double[]> Volumes() => Gen.Choose(0, 60).ArrayOf(24).Select(v => v.Select(x => x / 2.0).ToArray()).ToArbitrary();

    private static double[] Filled(int count, double value) => [.. Enumerable.Repeat(value, count)];

    private static bool[] Filled(int count, bool value) => [.. Enumerable.Repeat(value, count)];
}
