using NodaTime;
using Wfm.Scheduling.Simulation;

namespace Wfm.Tests.Scheduling.Simulation;

public sealed class AbsencesTests
{
    private static readonly Duration HalfHour = Duration.FromMinutes(30);

    /// <summary>A thousand shifts of eight hours with a meal of an hour.</summary>
    private static readonly WorkingPeriod[] Shifts =
    [
        .. Enumerable.Range(0, 1000).Select(d => new WorkingPeriod(
                Duration.FromHours(24 * d), Duration.FromHours((24 * d) + 8), [new Stretch(Duration.FromHours((24 * d) + 4), Duration.FromHours((24 * d) + 5))]
            )),
    ];

    private static double Hours(IEnumerable<WorkingPeriod> periods) =>
        periods.Sum(p => (p.End - p.Start - p.Breaks.Aggregate(Duration.Zero, (sum, b) => sum + (b.End - b.Start))).TotalHours);

    [TestCase(0.1, 0)]
    [TestCase(0, 0.08)]
    [TestCase(0.12, 0.08)]
    [TestCase(0.5, 0.5)]
    public void Apply_ManyShifts_LosesTheCombinedShare(double planned, double unplanned)
    {
        var worked = new Absences(planned, unplanned, HalfHour, seed: 3).Apply(0, 0, Shifts);

        // 7,000 hours; the standard error of the share is below 0.016 in every case
        (Hours(worked) / Hours(Shifts)).Should().BeApproximately((1 - planned) * (1 - unplanned), 0.05);
    }

    [Test]
    public void Apply_Result_IsWhatASimulatedAgentAcceptsAndKeepsTheMeals()
    {
        var worked = new Absences(0.4, 0.1, Duration.FromMinutes(35), seed: 1).Apply(2, 7, Shifts); // 35 minutes do not divide the hours before the meal

        FluentActions.Invoking(() => new SimulatedAgent("a", [], worked)).Should().NotThrow();
        worked.Should().OnlyContain(p => p.Breaks.Any(b => b.Start == p.Start + Duration.FromHours(4) && b.End == p.Start + Duration.FromHours(5)));
    }

    [Test]
    public void Apply_NoShrinkage_ChangesNothing() => new Absences(0, 0, HalfHour, 1).Apply(0, 0, Shifts).Should().Equal(Shifts);

    [Test]
    public void Apply_SameSeed_IsTheSameAndDiffersByReplicationAndAgent()
    {
        double Of(int replication, int agent) => Hours(new Absences(0.1, 0.1, HalfHour, 5).Apply(replication, agent, Shifts));

        Of(1, 2).Should().Be(Of(1, 2));
        Of(1, 2).Should().NotBe(Of(2, 2)).And.NotBe(Of(1, 3));
    }

    [TestCase(1, 0, 30, "planned")]
    [TestCase(double.NaN, 0, 30, "planned")]
    [TestCase(0, -0.1, 30, "unplanned")]
    [TestCase(0, 0, 0, "stretch")]
    public void Absences_OutsideTheirRange_AreRefused(double planned, double unplanned, int minutes, string parameter) =>
        FluentActions.Invoking(() => new Absences(planned, unplanned, Duration.FromMinutes(minutes), 1)).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName(parameter);

    [Test]
    public void Apply_NegativeNumbers_AreRefused()
    {
        var absences = new Absences(0.1, 0.1, HalfHour, 1);
        FluentActions.Invoking(() => absences.Apply(-1, 0, Shifts)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("replication");
        FluentActions.Invoking(() => absences.Apply(0, -1, Shifts)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("agent");
    }
}
