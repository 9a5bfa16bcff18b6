using NodaTime;
using Wfm.Api.Features.People.Me;
using Wfm.Api.Features.Rosters.Stored;

namespace Wfm.Tests.Api.Features.People.Me;

public sealed class ShiftChangesTests
{
    private static readonly LocalDate Monday = new(2026, 11, 2);
    private static readonly Guid Hub = Guid.NewGuid();

    [Test]
    public void Between_TheSameInRowsOfTheirOwn_IsNothing() => ShiftChanges.Between([On(0, 8), On(1, 8)], [On(1, 8), On(0, 8)]).Should().BeEmpty();

    [Test]
    public void Between_OneOfEachKind_TellsThemInOrderOfTime()
    {
        var changes = ShiftChanges.Between(
            [On(0, 8), On(1, 8), On(2, 8), On(4, 8)],
            [On(0, 8), On(1, 10), On(2, 8) with { Activities = [new("work", "review", At(2, 8), At(2, 16))] }, On(3, 8)]);

        changes.Select(c => c.Kind).Should().Equal(ShiftChangeKind.Moved, ShiftChangeKind.Changed, ShiftChangeKind.Added, ShiftChangeKind.Removed);
        changes[0].Before!.Start.Should().Be(At(1, 8));
        changes[0].After!.Start.Should().Be(At(1, 10));
        changes[2].Before.Should().BeNull();
        changes[3].After.Should().BeNull();
    }

    [Test]
    public void Between_NightMovedOverMidnight_IsMoved() => ShiftChanges.Between([On(0, 23)], [On(1, 1)]).Should().ContainSingle()
        .Which.Kind.Should().Be(ShiftChangeKind.Moved);

    [Test]
    public void Between_SameTimesAtAnotherHub_IsMoved() => ShiftChanges.Between([On(0, 8)], [On(0, 8) with { HubId = Guid.NewGuid() }])
        .Should().ContainSingle().Which.Kind.Should().Be(ShiftChangeKind.Moved);

    [Test]
    public void Between_OtherPay_IsChanged() => ShiftChanges.Between([On(0, 8)], [On(0, 8) with { PaidMinutes = 400 }])
        .Should().ContainSingle().Which.Kind.Should().Be(ShiftChangeKind.Changed);

    [Test]
    public void Between_RandomRosters_TurnsTheOneIntoTheOther()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var (before, after) = (Roster(random), Roster(random));
            var changes = ShiftChanges.Between(before, after);
            var made = before.Where(b => !changes.Any(c => ReferenceEquals(c.Before, b))).Concat(changes.Select(c => c.After).OfType<SeenShift>()).ToList();

            made.Should().HaveCount(after.Count, $"of seed {seed}");
            after.Should().OnlyContain(a => made.Exists(m => m.Is(a)), $"of seed {seed}");
            changes.Should().OnlyContain(c => c.Before == null || c.After == null || !c.Before.Is(c.After), $"of seed {seed}");
            ShiftChanges.Between(after, before).Should().HaveCount(changes.Count, $"of seed {seed}");
        }
    }

    private static List<SeenShift> Roster(Random random) =>
        [.. Enumerable.Range(0, 10).Where(_ => random.Next(3) > 0).Select(day => On(day, random.Next(6, 9)))];

    private static Instant At(int day, int hour) => Monday.PlusDays(day).AtMidnight().InUtc().ToInstant() + Duration.FromHours(hour);

    private static SeenShift On(int day, int hour) => new(
        Monday.PlusDays(day), Hub, "early", At(day, hour), At(day, hour + 8), 480,
        [new ShiftActivityData("work", "live", At(day, hour), At(day, hour + 8))]);
}
