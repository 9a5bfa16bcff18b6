using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Compiled;

public sealed class BreakPatternsTests
{
    [Test]
    public void Of_MealInWindow_TriesEveryStep() =>
        BreakPatterns.Of(RosterProblems.Template("day", 8, 8, 8, RosterProblems.Meal(30, 3, 4)), 480, 15).Select(p => (int)p[0].From).Should()
            .Equal(180, 195, 210, 225, 240);

    [Test]
    public void Of_ManyBreaks_StaysSmallInsideAndWithoutOverlap()
    {
        BreakRule[] rules =
        [
            .. Enumerable.Range(0, 6).Select(_ => new BreakRule("break", Duration.FromMinutes(15), Duration.Zero, Duration.FromHours(7), Paid: true)),
        ];
        var patterns = BreakPatterns.Of(RosterProblems.Template("day", 8, 8, 8, rules), 480, 5);

        patterns.Length.Should().BeInRange(50, 192);
        patterns.Should().OnlyContain(p => p.Zip(p.Skip(1), (a, b) => a.From + a.Length <= b.From).All(x => x) && p.Last().From + p.Last().Length <= 480);
    }

    [Test]
    public void Of_BreakLongerThanRoom_IsEmpty() =>
        BreakPatterns.Of(RosterProblems.Template("short", 8, 8, 4, RosterProblems.Meal(30, 3.75, 4)), 240, 15).Should().BeEmpty();
}
