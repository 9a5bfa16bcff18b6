using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Requests;

namespace Wfm.Tests.Scheduling.Requests;

public sealed class RankedWishesTests
{
    private static readonly LocalDate Monday = new(2026, 3, 2);

    private static readonly Dictionary<string, LocalTime> Templates = new()
    {
        ["early"] = new LocalTime(6, 0),
        ["late"] = new LocalTime(14, 0),
        ["mid"] = new LocalTime(10, 0),
    };

    [Test]
    public void Templates_WithoutRank_OthersCostOne() =>
        Costs(["late"], false, WishedStart.Any).Should().BeEquivalentTo(new Dictionary<string, double> { ["early"] = 1, ["mid"] = 1 });

    [Test]
    public void Templates_ByRank_CostByPlace() =>
        Costs(["late", "mid"], true, WishedStart.Any).Should().BeEquivalentTo(new Dictionary<string, double> { ["mid"] = 0.5, ["early"] = 1 });

    [Test]
    public void Templates_EarlierStarts_CostByHowLateTheyAre()
    {
        Costs([], false, WishedStart.Earlier).Should().BeEquivalentTo(new Dictionary<string, double> { ["mid"] = 0.25, ["late"] = 0.5 });
        Costs([], false, WishedStart.Later).Should().BeEquivalentTo(new Dictionary<string, double> { ["mid"] = 0.25, ["early"] = 0.5 });
        Costs([], false, WishedStart.Any).Should().BeEmpty();
    }

    [Test]
    public void DaysOff_ByRank_WeighByPlace()
    {
        IsoDayOfWeek[] days = [IsoDayOfWeek.Sunday, IsoDayOfWeek.Monday];

        RankedWishes.DaysOff(days, true, Monday, 7).Select(w => (w.Date, w.Weight)).Should().Equal((Monday, 0.5), (Monday.PlusDays(6), 1));
        RankedWishes.DaysOff(days, false, Monday, 7).Should().OnlyContain(w => w.Weight == 1 && !w.Wanted);
    }

    [TestCase(null, false, true, "late", true)]
    [TestCase(null, false, false, null, false)]
    [TestCase("late", true, true, "late", false)]
    [TestCase("late", true, true, "early", true)]
    [TestCase("late", true, false, null, true)]
    [TestCase("late", false, true, "early", false)]
    public void IsRefused_ByWhatIsWorked(string? template, bool wanted, bool works, string? worked, bool refused) =>
        new ShiftWish(Monday, template, wanted, 1).IsRefused(works, worked).Should().Be(refused);

    private static Dictionary<string, double> Costs(string[] liked, bool byRank, WishedStart start) =>
        RankedWishes.Templates(liked, Templates, byRank, start).ToDictionary(t => t.Template, t => t.Cost);
}
