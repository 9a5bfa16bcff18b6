using NodaTime;
using Wfm.Scheduling.Activities;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Activities;

/// <summary>Placements of random activities in random rosters with every kind of rule.</summary>
public sealed class ActivityPlacerPropertyTests
{
    private const int Cases = 20;

    [Test]
    public void Place_Anything_KeepsWindowsQuorumRulesAndPeople()
    {
        for (var seed = 1; seed <= Cases; seed++)
        {
            var (roster, activities) = PlacementCases.Random(seed);

            var placement = ActivityPlacer.Place(roster, activities);

            foreach (var activity in activities)
            {
                var sessions = placement.Sessions.Where(s => s.Activity == activity.Id).ToList();
                sessions.SelectMany(s => s.People).Concat(placement.Unplaced.Where(u => u.Activity == activity.Id).Select(u => u.Agent))
                    .Should().BeEquivalentTo(activity.People, $"nobody is dropped silently, seed {seed}");
                foreach (var session in sessions)
                {
                    activity.Windows.Should().Contain(w => w.Start <= session.Start && session.End <= w.End, $"seed {seed}");
                    (session.End - session.Start).Should().Be(activity.Length);
                    session.People.Count.Should().BeInRange(Math.Min(activity.Quorum, activity.GroupSize ?? int.MaxValue), activity.GroupSize ?? int.MaxValue);
                    session.Coach.Should().Be(activity.Coach);
                }
            }

            NobodyIsTwiceAtOnce(placement, seed);
            placement.Effect.Broken.Should().BeEmpty($"seed {seed}");
            placement.Unplaced.Should().NotContain(u => u.Code.Length == 0 || u.Message.Length <= 10);
            OnlyWorkIsTaken(roster, placement, seed);
        }
    }

    [Test]
    public void Place_Anything_IsNoWorseThanTheFirstTimesThatServe()
    {
        for (var seed = 101; seed <= 100 + Cases; seed++)
        {
            var (roster, activities) = PlacementCases.Random(seed);
            ActivityToPlace[] equal = [.. activities.Select(a => a with { Must = false, Priority = 0 })];

            var placement = ActivityPlacer.Place(roster, equal);

            var (missing, cost) = FirstFit(roster, equal);
            placement.Unplaced.Count.Should().BeLessThanOrEqualTo(missing, $"seed {seed}");
            var paid = placement.Effect.After.Total - placement.Effect.Before.Total;
            if (placement.Unplaced.Count == missing) paid.Should().BeLessThanOrEqualTo(cost + 1e-6, $"seed {seed}");
        }
    }

    [Test]
    public void Place_Twice_IsTheSame()
    {
        static string[] Words(ActivityPlacement p) => [.. p.Sessions.Select(s => $"{s.Activity} {s.Start} {string.Join(' ', s.People)}")];
        var (roster, activities) = PlacementCases.Random(7);
        Words(ActivityPlacer.Place(roster, activities)).Should().Equal(Words(ActivityPlacer.Place(roster, activities)));
    }

    private static void NobodyIsTwiceAtOnce(ActivityPlacement placement, int seed)
    {
        var all = placement.Sessions.SelectMany(s => s.People.Concat(s.Coach is null ? [] : [s.Coach]).Select(p => (Agent: p, s.Start, s.End))).ToList();
        foreach (var mine in all.GroupBy(a => a.Agent))
        {
            var ordered = mine.OrderBy(a => a.Start).ToList();
            ordered.Zip(ordered.Skip(1)).Should().NotContain(p => p.First.End > p.Second.Start, $"seed {seed}");
        }
    }

    private static void OnlyWorkIsTaken(RosterDocument roster, ActivityPlacement placement, int seed)
    {
        foreach (var day in placement.Days)
        {
            static IEnumerable<ShiftActivity> Others(RosterShift shift, ActivityPlacement p) => shift.Activities.Where(a =>
                a.Kind != ActivityKinds.Work && !p.Sessions.Any(s => s.Start == a.Start && s.End == a.End));
            Others(day.Shift!, placement).Should().Equal(Others(roster.Find(day.AgentId, day.Date)!, placement), $"seed {seed}");
            (day.Shift!.Start, day.Shift.End).Should().Be((roster.Find(day.AgentId, day.Date)!.Start, roster.Find(day.AgentId, day.Date)!.End));
        }
    }

    /// <summary>Everybody at the first quarter of an hour at which enough are free and no rule breaks, in the order given; by the document alone.</summary>
    private static (int Missing, double Cost) FirstFit(RosterDocument roster, ActivityToPlace[] activities)
    {
        var (placed, operations) = (0, new List<EditOperation>());
        foreach (var activity in activities.OrderBy(a => a.Windows.Sum(w => (w.End - w.Start).TotalMinutes)))
        {
            var waiting = activity.People.ToList();
            var size = activity.GroupSize ?? waiting.Count;
            foreach (var start in activity.Windows.SelectMany(w => Starts(w, activity.Length)))
            {
                if (waiting.Count == 0 || (activity.GroupSize is null && waiting.Count < activity.People.Count)) break;
                var chosen = new List<EditOperation>();
                if (activity.Coach is { } coach && !Take(coach, chosen)) continue;
                var free = new List<string>();
                foreach (var person in waiting.TakeWhile(_ => free.Count < size))
                {
                    if (Take(person, chosen)) free.Add(person);
                }

                if (free.Count < Math.Min(activity.Quorum, size)) continue;
                operations.AddRange(chosen);
                waiting.RemoveAll(free.Contains);
                placed += free.Count;

                bool Take(string person, List<EditOperation> into)
                {
                    if (!roster.Knows(person)) return false;
                    var end = start + activity.Length;
                    var shift = Enumerable.Range(0, roster.Problem.Days).Select(d => roster.Find(person, roster.Problem.Start.PlusDays(d)))
                        .FirstOrDefault(s => s is not null && s.Start <= start && end <= s.End && !roster.IsLocked(person, s.Date));
                    if (shift is null || shift.Activities.Any(a => a.Kind != ActivityKinds.Work && a.Start < end && start < a.End)) return false;
                    var mine = operations.Concat(into).Cast<EditOperation.Segment>().Where(s => s.AgentId == person).ToList();
                    if (mine.Exists(s => s.Activity.Start < end && start < s.Activity.End)) return false;
                    var segment = new EditOperation.Segment(person, shift.Date, new ShiftActivity(activity.Code, null, start, end));
                    if (roster.Check(roster.Propose([.. mine, segment]).Days).Broken.Count > 0) return false;
                    into.Add(segment);
                    return true;
                }
            }
        }

        var effect = roster.Check(operations.Count == 0 ? [] : roster.Propose(operations).Days);
        return (activities.Sum(a => a.People.Count) - placed, effect.After.Total - effect.Before.Total);
    }

    private static IEnumerable<Instant> Starts(ActivityWindow window, Duration length)
    {
        for (var at = window.Start; at + length <= window.End; at += Duration.FromMinutes(15))
        {
            yield return at;
        }
    }
}
