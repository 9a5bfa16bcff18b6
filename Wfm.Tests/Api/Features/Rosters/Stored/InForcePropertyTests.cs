using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Stored;

/// <summary>What is in force, against the auditor's own reading: rosters of two hubs, of random periods and people, that lie over one another.</summary>
public sealed class InForcePropertyTests
{
    private static readonly LocalDate Monday = new(2026, 11, 2);
    private static readonly DateTimeZone Auckland = DateTimeZoneProviders.Tzdb["Pacific/Auckland"];

    [Test]
    public void Of_RandomLayers_IsTheLatestThatCoversTheDay()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var layers = Enumerable.Range(1, random.Next(1, 7)).Select(i => Layer(random, i)).OrderBy(_ => random.Next()).ToList();
            var inForce = new InForce(layers.Select(l => new RosterLayer(
                Id(l.Published), Hub(l), l.Start, l.Days, l.Published, l.Agents.Select(a => Id(int.Parse(a))).ToHashSet())));
            var decided = from layer in layers
                          from shift in layer.Shifts
                          where inForce.Of(Hub(layer), Id(int.Parse(shift.Agent)), shift.Date)?.RosterId == Id(layer.Published)
                          orderby shift.Agent, shift.Start
                          select shift;

            decided.Should().Equal(RosterAuditorLayers.InForce(layers), $"of seed {seed}");
            layers.GroupBy(l => l.Hub).SelectMany(hub => RosterAuditorLayers.Check([.. hub])).Should().BeEmpty($"of seed {seed}");
        }
    }

    private static AuditedLayer Layer(Random random, int published)
    {
        var (start, days) = (Monday.PlusDays(random.Next(20)), random.Next(1, 15));
        var (hub, zone) = random.Next(2) == 0 ? ("1", AuditedBuilder.Dublin) : ("2", Auckland);
        var people = Enumerable.Range(1, 3).Where(_ => random.Next(4) > 0).Select(a => $"{a}").ToHashSet();
        var shifts = from agent in people
                     from day in Enumerable.Range(0, days)
                     where random.Next(3) > 0
                     select Shift(agent, start.PlusDays(day), zone);
        return new AuditedLayer(published, hub, zone, start, days, people, [.. shifts]);
    }

    private static AuditedShift Shift(string agent, LocalDate date, DateTimeZone zone)
    {
        var start = date.At(new LocalTime(8, 0)).InZoneStrictly(zone).ToInstant();
        return new AuditedShift(agent, date, "t", start, start + Duration.FromHours(8), 480, []);
    }

    private static Guid Hub(AuditedLayer layer) => Id(int.Parse(layer.Hub));

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
