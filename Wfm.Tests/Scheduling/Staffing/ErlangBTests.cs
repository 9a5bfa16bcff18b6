using FsCheck;
using FsCheck.Fluent;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Staffing;

public sealed class ErlangBTests
{
    // B(N, A) = (A^N/N!) ÷ Σ A^k/k!: exact fractions for one and two servers; 10 E as in published Erlang B tables (0.01295, 0.02230, 0.00714).
    [TestCase(1, 1, 0.5)]
    [TestCase(1, 2, 0.2)]
    [TestCase(10, 17, 0.012948875)]
    [TestCase(10, 16, 0.022301872)]
    [TestCase(10, 18, 0.007142438)]
    public void Blocking_PublishedCase_MatchesTable(double load, int servers, double blocking) =>
        ErlangB.Blocking(load, servers).Should().BeApproximately(blocking, 5e-10);

    // Erlang B tables: 10 E at 2 %, 8 E and 12 E at 1 %.
    [TestCase(10, 0.02, 17)]
    [TestCase(8, 0.01, 15)]
    [TestCase(12, 0.01, 20)]
    public void RequiredServers_PublishedCase_MatchesTable(double load, double blocking, int servers) =>
        ErlangB.RequiredServers(load, blocking).Should().Be(servers);

    // The recursion B(n) = A·B(n−1) ÷ (n + A·B(n−1)), the plain version, as an oracle.
    [TestCase(0.01, 1)]
    [TestCase(0.01, 5)]
    [TestCase(0.3, 12)]
    [TestCase(7.7, 3)]
    [TestCase(120, 120)]
    [TestCase(120, 60)]
    [TestCase(120, 190)]
    [TestCase(99_000, 100_000)]
    [TestCase(100_000, 100_000)]
    [TestCase(100_000, 120_000)]
    [TestCase(100_000, 1)]
    [TestCase(100_000, 101_500)]
    public void Blocking_AnySize_MatchesRecursion(double load, int servers)
    {
        var blocking = 1.0;
        for (var n = 1; n <= servers; n++) blocking = load * blocking / (n + load * blocking);

        ErlangB.Blocking(load, servers).Should().BeApproximately(blocking, 1e-12 * blocking + 1e-300);
    }

    [Test]
    public void Blocking_LightLoadManyServers_IsZeroNotNaN() => ErlangB.Blocking(0.1, 150).Should().BeInRange(0, 1e-300);

    // 1/B = A·∫₀^∞ e^(−A·y)(1+y)^N dy by the midpoint rule: the definition of the continuous extension.
    [TestCase(0.05, 0.4)]
    [TestCase(0.9, 0.5)]
    [TestCase(1.1, 0.99)]
    [TestCase(3, 2.5)]
    [TestCase(20, 24.25)]
    [TestCase(20, 0.75)]
    public void Blocking_FractionOfAServer_MatchesIntegral(double load, double servers)
    {
        const int Steps = 400_000;
        var width = (60 + 3 * servers) / load / Steps;
        var integral = 0.0;
        for (var i = 0; i < Steps; i++)
        {
            var y = (i + 0.5) * width;
            integral += Math.Exp(-load * y + servers * Math.Log(1 + y));
        }

        (1 / ErlangB.Blocking(load, servers)).Should().BeApproximately(load * integral * width, 1e-6 / ErlangB.Blocking(load, servers));
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property RequiredServers_AnyLoad_IsSmallest() => Prop.ForAll(
        Gen.Choose(1, 3_000_000).Select(x => x / 10_000.0).ToArbitrary(), Gen.Choose(1, 900).Select(x => x / 1000.0).ToArbitrary(), (load, blocking) =>
        {
            var servers = ErlangB.RequiredServers(load, blocking);
            return ErlangB.Blocking(load, servers) <= blocking * (1 + 1e-12) && (servers == 0 || ErlangB.Blocking(load, servers - 1) > blocking);
        });

    [TestCase(-1.0, 3)]
    [TestCase(double.NaN, 3)]
    [TestCase(double.PositiveInfinity, 3)]
    [TestCase(1e8, 3)]
    [TestCase(1.0, -1)]
    [TestCase(1.0, double.NaN)]
    public void Blocking_BadArgument_Throws(double load, double servers) => FluentActions.Invoking(() => ErlangB.Blocking(load, servers))
        .Should().Throw<ArgumentOutOfRangeException>().Which.ParamName.Should().BeOneOf("offeredLoad", "servers");

    [TestCase(0.0)]
    [TestCase(1.0)]
    [TestCase(1.2)]
    [TestCase(double.NaN)]
    public void RequiredServers_BadBlocking_Throws(double blocking) => FluentActions.Invoking(() => ErlangB.RequiredServers(3, blocking))
        .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(blocking));
}
