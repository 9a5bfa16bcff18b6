using Wfm.Api.Features.Crises.StandDown;
using Wfm.Scheduling.Editing;
using static Wfm.Tests.Scheduling.Editing.EditBench;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Api.Features.Crises;

/// <summary>Shifts of eight hours, of which seven and a half are paid, from Monday on.</summary>
public sealed class RestInReturnTests
{
    [Test]
    public void Of_NineHours_TakesAShiftAndTheBeginningOfTheNext()
    {
        var roster = Open(Of([Agent("A")]), Shift("A", Monday, 9), Shift("A", Monday.PlusDays(1), 9), Shift("A", Monday.PlusDays(2), 9));

        var (rest, operations) = RestInReturn.Of(roster, "A", At(18), 9);

        // 9 − 7.5 = 1.5 hours of Wednesday, which begins at 10:30.
        rest.Select(r => (r.Date, r.Hours)).Should().Equal((Monday.PlusDays(1), 7.5), (Monday.PlusDays(2), 1.5));
        rest[1].Until.Should().Be(At(48 + 10.5));
        operations.Should().Equal(
            new EditOperation.Remove("A", Monday.PlusDays(1)), new EditOperation.Resize("A", Monday.PlusDays(2), At(48 + 10.5), null));
    }

    [Test]
    public void Of_ShiftsThatHaveBegunOrAreOfOthers_Stay()
    {
        var roster = Open(Of([Agent("A"), Agent("B")]), Shift("A", Monday, 9), Shift("B", Monday.PlusDays(1), 9));

        RestInReturn.Of(roster, "A", At(10), 4).Freed.Should().BeEmpty();
        RestInReturn.Of(roster, "B", At(10), 0.2).Freed.Should().BeEmpty("a quarter of an hour is nobody's while");
    }
}
