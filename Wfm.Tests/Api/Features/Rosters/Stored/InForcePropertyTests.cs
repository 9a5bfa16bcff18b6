using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Stored;

/// <summary>What is in force, against the auditor's own reading: rosters of random periods and people that lie over one another.</summary>
public sealed class InForcePropertyTests
{
    private static readonly LocalDate Monday = new(2026, 11, 2);
    private static readonly Guid Hub = new(1, 0, 0, new byte[8]);

    [Test]
    public void Of_RandomLayers_IsTheLatestThatCoversTheDay()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var layers = Enumerable.Range(1, random.Next(1, 7)).Select(i => Layer(random, i)).OrderBy(_ => random.Next()).ToList();
            var inForce = new InForce(layers.Select(l => new RosterLayer(
                Id(l.Published), Hub, l.Start, l.Days, l.Published, l.Agents.Select(a => Id(int.Parse(a))).ToHashSet())));
            var decided = from layer in layers
                          from shift in layer.Shifts
                          where inForce.Of(Hub, Id(int.Parse(shift.Agent)), shift.Date)?.RosterId == Id(layer.Published)
                          orderby shift.Agent, shift.Start
                          select shift;

            var own = RosterAuditorLayers.InForce(layers);
            decided.Should().Equal(own, $"of seed {seed}");
            RosterAuditorLayers.Check(own).Should().BeEmpty($"of seed {seed}");
        }
    }

    private static AuditedLayer Layer(Random random, int published)
    {
        var (start, days) = (Monday.PlusDays(random.Next(20)), random.Next(1, 15));
        var people = Enumerable.Range(1, 3).Where(_ => random.Next(4) > 0).Select(a => $"{a}").ToHashSet();
        var shifts = from agent in people
                     from day in Enumerable.Range(0, days)
                     where random.Next(3) > 0
                     select AuditedBuilder.Shift(start.PlusDays(day), "08:00", 8) with { Agent = agent };
        return new AuditedLayer(published, AuditedBuilder.Dublin, start, days, people, [.. shifts]);
    }

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
