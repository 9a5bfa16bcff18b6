using FsCheck;
using FsCheck.Fluent;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Staffing;

public sealed class ShortClockTests
{
    [TestCase(0.5, 600, 1200)] // M/M/1: the sojourn is exponential with mean AHT ÷ (1 − load)
    [TestCase(0.9, 300, 3600)]
    public void InTime_OneAgent_IsTheSojournOfMM1(double load, double aht, double turnaround) =>
        ShortClock.InTime(load, 1, aht, turnaround).Should().BeApproximately(1 - Math.Exp(-(1 - load) * turnaround / aht), 1e-12);

    // Erlang C with what the handle time leaves of the turnaround as threshold, over exponential handle times, integrated by the midpoint rule.
    [TestCase(5, 6, 300, 900)]
    [TestCase(5, 6.5, 300, 300)]
    [TestCase(40, 41, 600, 3600)] // relief 1: the two rates are equal
    [TestCase(0.2, 1, 2400, 3600)]
    public void InTime_AnyAgents_IsErlangCOverTheHandleTime(double load, double agents, double aht, double turnaround)
    {
        const int Steps = 100_000;
        var integral = Enumerable.Range(0, Steps).Select(k => (k + 0.5) * turnaround / Steps)
            .Sum(handling => ErlangC.ServiceLevel(load, agents, aht, turnaround - handling) * Math.Exp(-handling / aht) / aht * turnaround / Steps);

        ShortClock.InTime(load, agents, aht, turnaround).Should().BeApproximately(integral, 1e-6);
    }

    [Test]
    public void RequiredAgents_ShareStaffedFor_IsReachedAndNoMore()
    {
        var agents = ShortClock.RequiredAgents(10, 300, 1800, 0.95);

        ShortClock.InTime(10, agents, 300, 1800).Should().BeApproximately(0.95, 1e-6);
        ShortClock.InTime(10, agents - 0.01, 300, 1800).Should().BeLessThan(0.95);
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property RequiredAgents_LongerClock_NeverMore() => Prop.ForAll(Cases(), x =>
        (x.Agents() + 1e-6 >= (x with { Turnaround = x.Turnaround * x.Factor }).Agents()).ToProperty());

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property RequiredAgents_MoreLoad_NeverFewer() => Prop.ForAll(Cases(), x =>
        (x.Agents() <= (x with { Load = x.Load * x.Factor }).Agents() + 1e-6).ToProperty());

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property RequiredAgents_HigherPromise_NeverFewer() => Prop.ForAll(Cases(), x =>
        (x.Agents() <= (x with { Promise = 1 - ((1 - x.Promise) / x.Factor) }).Agents() + 1e-6).ToProperty());

    [FsCheck.NUnit.Property(MaxTest = 200)] // a second more or less moves nobody
    public Property RequiredAgents_ClockAlittleLonger_IsContinuous() => Prop.ForAll(Cases(), x =>
        (x.Agents() - (x with { Turnaround = x.Turnaround * (1 + 1e-7) }).Agents() < 1e-3).ToProperty());

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property RequiredAgents_ClockOfMonths_IsTheLoad() => Prop.ForAll(Cases(), x =>
        ((x with { Turnaround = 1e8 }).Agents() / x.Load is >= 1 and < 1.01).ToProperty());

    [Test] // 40 minutes of work within an hour: 78 % of handle times are shorter, whoever waits
    public void StaffedShare_MoreThanUnlimitedStaffReaches_IsNinetyNinePercentOfIt()
    {
        ShortClock.StaffedShare(0.99, 2400, 3600).Should().BeApproximately(0.99 * (1 - Math.Exp(-1.5)), 1e-12);
        ShortClock.StaffedShare(1, 2400, 3600).Should().BeApproximately(0.999 * (1 - Math.Exp(-1.5)), 1e-12, "all are promised");
        ShortClock.StaffedShare(0.999, 60, 86_400).Should().BeApproximately(0.999, 1e-12);
        ShortClock.StaffedShare(0.95, 150, 3600).Should().Be(0.95);
    }

    [Test]
    public void RequiredAgents_NoLoad_IsNobody() => ShortClock.RequiredAgents(0, 300, 600, 0.9).Should().Be(0);

    private static Arbitrary<Case> Cases() =>
        (from load in Gen.Choose(1, 400)
         from aht in Gen.Choose(60, 3000)
         from clock in Gen.Choose(3, 400)
         from promise in Gen.Choose(50, 99)
         from factor in Gen.Choose(101, 400)
         select new Case(load / 10.0, aht, aht * clock / 10.0, promise / 100.0, factor / 100.0)).ToArbitrary();

    private sealed record Case(double Load, double Aht, double Turnaround, double Promise, double Factor)
    {
        public double Agents() => ShortClock.RequiredAgents(Load, Aht, Turnaround, Promise);
    }
}
