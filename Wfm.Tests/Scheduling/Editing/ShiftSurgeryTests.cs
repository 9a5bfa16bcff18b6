using NodaTime;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Editing.EditBench;

namespace Wfm.Tests.Scheduling.Editing;

public sealed class ShiftSurgeryTests
{
    private static readonly string[] Kinds = [ActivityKinds.Work, ActivityKinds.Work, ActivityKinds.Break, ActivityKinds.Meal, "training", ActivityKinds.Leave];

    [Test]
    public void AllCuts_AnyShift_StayInOrderWithoutGaps([Range(1, 300)] int seed)
    {
        var random = new Random(seed);
        var shift = Any(random);
        var (from, to) = (At(random.Next(20, 60) / 4.0), At(random.Next(61, 90) / 4.0));
        var within = Instant.Max(shift[0].Start, Instant.Min(from, shift[^1].End - Duration.FromMinutes(15)));

        List<ShiftActivity>[] made =
        [
            ShiftSurgery.Resized(shift, from, to), ShiftSurgery.Without(shift, from, to), ShiftSurgery.Moved(shift, Duration.FromHours(3)),
            ShiftSurgery.Overlaid(shift, new ShiftActivity("training", null, within, Instant.Min(to, shift[^1].End))),
        ];

        foreach (var activities in made.Where(m => m.Count > 0))
        {
            activities.Zip(activities.Skip(1)).Should().NotContain(p => p.First.End != p.Second.Start);
            activities.Zip(activities.Skip(1)).Should().NotContain(p => p.First.Kind == p.Second.Kind && p.First.Group == p.Second.Group);
        }

        made[0].Should().NotContain(a => a.Start < from || a.End > to);
        made[1].Where(a => a.Kind != ActivityKinds.Leave).Should().NotContain(a => a.End > from && a.Start < to);
        Minutes(made[2]).Should().Be(Minutes(shift));
        Minutes(made[3]).Should().Be(Minutes(shift));
    }

    private static double Minutes(IEnumerable<ShiftActivity> activities) => activities.Sum(a => (a.End - a.Start).TotalMinutes);

    // From 08:00 on, six parts, no two alike in a row, work at both ends.
    private static List<ShiftActivity> Any(Random random)
    {
        var (at, parts) = (At(8), new List<ShiftActivity>());
        for (var i = 0; i < 6; i++)
        {
            var kind = i is 0 or 5 ? ActivityKinds.Work : Kinds[random.Next(Kinds.Length)];
            var group = kind != ActivityKinds.Work ? null : i % 2 == 0 ? "chat" : "mail";
            if (parts.Count > 0 && parts[^1].Kind == kind && parts[^1].Group == group) continue;
            parts.Add(new ShiftActivity(kind, group, at, at += Duration.FromMinutes(15 * random.Next(1, 10))));
        }

        return parts;
    }
}
