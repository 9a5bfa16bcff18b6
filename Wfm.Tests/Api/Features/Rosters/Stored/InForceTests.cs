using FsCheck.Fluent;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;

namespace Wfm.Tests.Api.Features.Rosters.Stored;

public sealed class InForceTests
{
    private static readonly LocalDate Monday = new(2025, 7, 28);
    private static readonly Guid Hub = Guid.NewGuid();
    private static readonly Guid[] People = [.. Enumerable.Range(0, 3).Select(_ => Guid.NewGuid())];

    [Test]
    public void Of_WeekOverAFortnight_TheFortnightKeepsItsSecondWeek()
    {
        var (fortnight, week) = (Layer(0, 14, 1, People), Layer(0, 7, 2, People));
        var inForce = new InForce([week, fortnight]);

        Enumerable.Range(0, 14).Select(d => inForce.Of(Hub, People[0], Monday.PlusDays(d))!.RosterId).Should()
            .Equal(Enumerable.Range(0, 14).Select(d => d < 7 ? week.RosterId : fortnight.RosterId));
        inForce.HasDays(fortnight).Should().BeTrue();
        inForce.Of(Hub, People[0], Monday.PlusDays(14)).Should().BeNull();
    }

    [Test]
    public void HasDays_AllDaysCoveredByTwoLaterOnes_IsFalse()
    {
        var fortnight = Layer(0, 14, 1, People);

        new InForce([fortnight, Layer(-3, 10, 2, People), Layer(7, 9, 3, People)]).HasDays(fortnight).Should().BeFalse();
        new InForce([fortnight, Layer(-3, 10, 2, People), Layer(8, 9, 3, People)]).HasDays(fortnight).Should().BeTrue("the eighth day is left");
    }

    [Test]
    public void Of_SomebodyTheLaterRosterWasNotMadeFor_KeepsTheEarlier()
    {
        var (first, second) = (Layer(0, 7, 1, People), Layer(0, 7, 2, People[..2]));
        var inForce = new InForce([first, second]);

        inForce.Of(Hub, People[2], Monday)!.RosterId.Should().Be(first.RosterId);
        inForce.Of(Hub, People[1], Monday)!.RosterId.Should().Be(second.RosterId);
        inForce.HasDays(first).Should().BeTrue("of one person");
    }

    [Test]
    public void Of_RosterOfAnotherHub_TakesNothingAway()
    {
        var (here, there) = (Layer(0, 7, 1, People), Layer(0, 7, 2, People) with { HubId = Guid.NewGuid() });
        var inForce = new InForce([here, there]);

        inForce.Of(Hub, People[0], Monday)!.RosterId.Should().Be(here.RosterId);
        inForce.Of(there.HubId, People[0], Monday)!.RosterId.Should().Be(there.RosterId);
    }

    [Test]
    public void DraftOf_DayThatIsPublished_IsNoneElseTheNewest()
    {
        var (older, newer) = (Layer(0, 14, null, People), Layer(0, 14, null, People));
        var inForce = new InForce([newer, older, Layer(0, 7, 1, People)]);
        var newest = older.RosterId.CompareTo(newer.RosterId) > 0 ? older : newer;

        inForce.DraftOf(People[0], Monday).Should().BeNull();
        inForce.DraftOf(People[0], Monday.PlusDays(7))!.RosterId.Should().Be(newest.RosterId);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public FsCheck.Property Of_AnyPublications_IsTheLastThatCoversTheDay() =>
        Prop.ForAll(
            (from start in Gen.Choose(-10, 10) from days in Gen.Choose(1, 14) from people in Gen.SubListOf(People) select (start, days, people)).ListOf()
                .ToArbitrary(),
            rosters =>
            {
                var layers = rosters.Select((r, i) => Layer(r.start, r.days, i + 1, [.. r.people])).ToList();
                var inForce = new InForce(layers);
                foreach (var agent in People)
                {
                    for (var day = Monday.PlusDays(-12); day < Monday.PlusDays(26); day = day.PlusDays(1))
                    {
                        RosterLayer? last = null; // as if published one after the other
                        foreach (var layer in layers)
                        {
                            last = layer.People.Contains(agent) && day >= layer.Start && day < layer.Start.PlusDays(layer.Days) ? layer : last;
                        }

                        inForce.Of(Hub, agent, day).Should().BeSameAs(last);
                    }
                }

                layers.Where(inForce.HasDays).Should()
                    .BeEquivalentTo(layers.Where(l => l.People.Any(a => Enumerable.Range(0, l.Days).Any(d => inForce.Of(Hub, a, l.Start.PlusDays(d)) == l))));
            });

    private static RosterLayer Layer(int start, int days, int? publication, Guid[] people) =>
        new(Guid.NewGuid(), Hub, Monday.PlusDays(start), days, publication, people.ToHashSet());
}
