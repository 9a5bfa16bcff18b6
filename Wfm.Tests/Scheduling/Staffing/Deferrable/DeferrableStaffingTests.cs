using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Tests.Scheduling.Staffing.Deferrable;

public sealed class DeferrableStaffingTests
{
    private static readonly Duration Hour = Duration.FromHours(1);

    // The back-office flow every practitioner's guide works out: backlog 200, to be cleared in 5 days, inflow 80 a day, 13.2 handled per agent-day
    // (5.5 productive hours of 25 minutes each): 200 ÷ 5 + 80 = 120 a day, 120 ÷ 13.2 = 9.1 → 10 agents.
    [Test]
    public void Smooth_BacklogToClearInFiveDays_IsTheFlowFormula()
    {
        var inflow = Enumerable.Repeat(80 * 25 / 60.0, 5).ToArray();
        var work = new DeferrableClass("back office", inflow, 5 * Duration.FromHours(5.5), [new AgedBacklog(Duration.Zero, Duration.Zero, 200 * 25 / 60.0)]);

        var plan = DeferrableStaffing.Smooth([work], Duration.FromHours(5.5), Open(5), closingBacklogHours: 0);

        plan.Agents.Should().OnlyContain(agents => Math.Abs(agents - 120 / 13.2) < 1e-9);
        Math.Ceiling(plan.Peak).Should().Be(10);
    }

    [Test] // 12 h arrive evenly from 00:00 to 01:00 and fall due evenly from 03:00 to 04:00
    public void Smooth_OneBurst_SpreadsItOverItsTurnaround()
    {
        var plan = DeferrableStaffing.Smooth([new DeferrableClass("tickets", [12, 0, 0, 0, 0], 3 * Hour)], Hour, Open(5));

        plan.Agents.Should().Equal([3, 3, 3, 3, 0], (a, b) => Math.Abs(a - b) < 1e-9);
        plan.Band.DueHours.Should().Equal(0, 0, 0, 12, 12);
        plan.Band.ArrivedHours.Should().Equal(12, 12, 12, 12, 12);
        plan.Band.FirstBreach.Should().BeNull();
        plan.WorkedHours.Should().Equal([3, 6, 9, 12, 12], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Test]
    public void Smooth_ClosedInBetween_WorksBeforeAndAfterOnly()
    {
        var plan = DeferrableStaffing.Smooth([new DeferrableClass("tickets", [6, 0, 0, 0], 3 * Hour)], Hour, [true, false, false, true]);

        plan.Agents.Should().Equal([3, 0, 0, 3], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Test]
    public void Smooth_DueWhileClosed_MustBeDoneBeforeClosing()
    {
        var plan = DeferrableStaffing.Smooth([new DeferrableClass("tickets", [6, 0, 0, 0], Hour)], Hour, [true, false, false, true]);

        plan.Agents.Should().Equal(6, 0, 0, 0);
        plan.Band.DueHours.Should().Equal(6, 6, 6, 6);
    }

    [Test] // arrives at 01:00–02:00, due by 02:00–03:00, closed from 01:00 to 03:00: nobody can meet it
    public void Smooth_ArrivesAndFallsDueWhileClosed_TellsTheBreach()
    {
        var plan = DeferrableStaffing.Smooth([new DeferrableClass("tickets", [0, 6, 0, 0, 0], Hour)], Hour, [true, false, false, true, true]);

        plan.Band.FirstBreach.Should().Be(new StaffingBreach(2, 3 * Hour, 6, BreachReason.DueWhileClosed));
        plan.Agents.Should().Equal([0, 0, 0, 6, 0], (a, b) => Math.Abs(a - b) < 1e-9); // one turnaround from the opening
    }

    [Test] // half of the interval's arrivals fall due before the opening
    public void Smooth_PartlyDueWhileClosed_LosesThatPart()
    {
        var plan = DeferrableStaffing.Smooth([new DeferrableClass("tickets", [0, 8, 0, 0, 0], 1.5 * Hour)], Hour, [true, false, false, true, true]);

        plan.Band.FirstBreach.Should().Be(new StaffingBreach(2, 3 * Hour, 4, BreachReason.DueWhileClosed));
        plan.Agents.Sum().Should().BeApproximately(8, 1e-9);
    }

    [Test]
    public void Smooth_ClockStopsWhenClosed_CountsFromTheOpening()
    {
        var plan = DeferrableStaffing.Smooth(
            [new DeferrableClass("tickets", [0, 6, 0, 0, 0], 2 * Hour, null, clockStopsWhenClosed: true)], Hour, [true, false, false, true, true]);

        plan.Band.FirstBreach.Should().BeNull();
        plan.Agents.Should().Equal([0, 0, 0, 3, 3], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Test] // three days old with a turnaround of two: overdue; planned as if it arrived at the start
    public void Smooth_OverdueBacklog_TellsTheBreach()
    {
        var work = new DeferrableClass("tickets", [0, 0, 0, 0], 2 * Hour, [new AgedBacklog(3 * Hour, 3 * Hour, 4)]);

        var plan = DeferrableStaffing.Smooth([work], Hour, Open(4));

        plan.Band.FirstBreach.Should().Be(new StaffingBreach(0, Duration.Zero, 4, BreachReason.OverdueAtStart));
        plan.Agents.Should().Equal([2, 2, 0, 0], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Test] // ages 0 to 4 hours evenly, turnaround 4: a quarter falls due each hour
    public void Smooth_EvenlyAgedBacklog_FallsDueEvenly()
    {
        var work = new DeferrableClass("tickets", [0, 0, 0, 0], 4 * Hour, [new AgedBacklog(Duration.Zero, 4 * Hour, 8)]);

        DeferrableStaffing.Smooth([work], Hour, Open(4)).Band.DueHours.Should().Equal([2, 4, 6, 8], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Test]
    public void Smooth_NeverOpen_StaffsNobodyAndTellsTheBreach()
    {
        var plan = DeferrableStaffing.Smooth([new DeferrableClass("tickets", [6, 0, 0], Hour)], Hour, [false, false, false]);

        plan.Agents.Should().Equal(0, 0, 0);
        plan.Band.FirstBreach.Should().Be(new StaffingBreach(1, 2 * Hour, 6, BreachReason.DueWhileClosed));
    }

    [Test] // 20 h in six intervals would be 3.33 flat, and inside the summed band; but the 8 urgent hours have only the two intervals from their arrival
    public void Smooth_UrgentBurstBesideSlowWork_KeepsRoomForTheBurst()
    {
        DeferrableClass[] classes = [new("slow", [12, 0, 0, 0, 0, 0], 5 * Hour), new("urgent", [0, 0, 0, 8, 0, 0], Hour)];

        var plan = DeferrableStaffing.Smooth(classes, Hour, Open(6));

        plan.Agents.Should().Equal([3, 3, 3, 4, 4, 3], (a, b) => Math.Abs(a - b) < 1e-9);
        BacklogProjection.Project(classes, Hour, Open(6), plan.Agents).FirstBreach.Should().BeNull();
    }

    // Head-hours above a minimum are a convex cost of the work rate, so the smoothest plan raised to the minimum is the cheapest staffing that respects it.
    [FsCheck.NUnit.Property(MaxTest = 30)]
    public Property Smooth_RaisedToAMinimum_NoWholeNumberStaffingIsCheaper() =>
        Prop.ForAll(
            Instances(2, 4, closed: false), Gen.Choose(0, 3).ToArbitrary(),
            (x, minimum) =>
            {
                var n = x.Open.Length;
                var cost = DeferrableStaffing.Smooth(x.Classes, Hour, x.Open).Agents.Sum(a => Math.Max(a, minimum));
                var lost = DeferrableStaffing.Smooth(x.Classes, Hour, x.Open).Band.FirstBreach?.Hours ?? 0;
                for (var code = 0; code < Math.Pow(6, n); code++)
                {
                    double[] agents = [.. Enumerable.Range(0, n).Select(i => minimum + Math.Floor(code / Math.Pow(6, i)) % 6)];
                    if (agents.Sum() >= cost - 1e-6 || !DoesAllPlannedWork(x, agents))
                        continue;
                    if ((BacklogProjection.Project(x.Classes, Hour, x.Open, agents).FirstBreach?.Hours ?? 0) <= lost + 1e-7)
                        return false;
                }
                return true;
            });

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property Smooth_AnyClasses_WorksExactlyWhatIsThere() => Prop.ForAll(Instances(3, 24), x =>
    {
        var plan = DeferrableStaffing.Smooth(x.Classes, Hour, x.Open, closingBacklogHours: 0);
        var projection = BacklogProjection.Project(x.Classes, Hour, x.Open, plan.Agents);
        var met = (projection.FirstBreach?.Hours ?? 0) - (plan.Band.FirstBreach?.Hours ?? 0) < 1e-6;
        return met && projection.IdleHours.Sum() < 1e-6 && Enumerable.Range(0, x.Open.Length).All(i => x.Open[i] || plan.Agents[i] == 0);
    });

    // An independent way to the lowest peak: the least constant staffing that the earliest-deadline-first simulation finds sufficient.
    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property SmoothPeak_AnyClasses_IsTheLeastConstantStaffing() =>
        Prop.ForAll(
            Instances(3, 16, closed: false),
            x =>
            {
                var peak = DeferrableStaffing.Smooth(x.Classes, Hour, x.Open).Peak;
                var lost = DeferrableStaffing.Smooth(x.Classes, Hour, x.Open).Band.FirstBreach?.Hours ?? 0;
                return Suffices(peak + 1e-6) && (peak < 1e-6 || !Suffices(peak * 0.999 - 1e-6));

                bool Suffices(double agents) =>
                    (BacklogProjection.Project(x.Classes, Hour, x.Open, [.. x.Open.Select(o => o ? agents : 0)]).FirstBreach?.Hours ?? 0) <= lost + 1e-6;
            });

    // Plans that do all due work form the base of a polymatroid: a plan is the cheapest for every convex cost exactly when no shift of a little work from a
    // busier to a calmer interval stays feasible. Feasible is what the simulation says.
    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property Smooth_AnyClasses_NoShiftOfWorkIsBetter() =>
        Prop.ForAll(
            Instances(2, 8),
            x =>
            {
                var plan = DeferrableStaffing.Smooth(x.Classes, Hour, x.Open, closingBacklogHours: 0);
                var before = BacklogProjection.Project(x.Classes, Hour, x.Open, plan.Agents);
                for (var from = 0; from < x.Open.Length; from++)
                {
                    for (var to = 0; to < x.Open.Length; to++)
                    {
                        var shift = 0.01;
                        if (!x.Open[to] || !x.Open[from] || plan.Agents[from] < plan.Agents[to] + 2.5 * shift)
                            continue;
                        var moved = plan.Agents.Select(
                                (a, i) =>
                                    i == from ? a - shift
                                    : i == to ? a + shift
                                    : a)
                            .ToArray();
                        var after = BacklogProjection.Project(x.Classes, Hour, x.Open, moved);
                        var stillFeasible =
                            (after.FirstBreach?.Hours ?? 0) <= (before.FirstBreach?.Hours ?? 0) + 1e-7
                            && after.BacklogHours[^1] <= before.BacklogHours[^1] + 1e-7;
                        if (stillFeasible && DoesAllPlannedWork(x, moved))
                            return false;
                    }
                }
                return true;
            });

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property Smooth_OneClass_StringAndCriticalIntervalsAgree() => Prop.ForAll(Instances(1, 30), x =>
    {
        var curve = new DeferrableProblem(x.Classes, Hour, x.Open).Curves();
        var (taut, critical) = (DeferrableStaffing.Rates(curve), CriticalIntervals.Rates(curve));
        return taut.Zip(critical).All(pair => Math.Abs(pair.First - pair.Second) < 1e-7);
    });

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property Smooth_SplitIntoEqualClasses_IsTheSame() => Prop.ForAll(Instances(1, 30), x =>
    {
        var half = new DeferrableClass("half", [.. x.Classes[0].ArrivingHours.Select(h => h / 2)], x.Classes[0].Turnaround,
            [.. x.Classes[0].OpeningBacklog.Select(b => new AgedBacklog(b.Youngest, b.Oldest, b.Hours / 2))], x.Classes[0].ClockStopsWhenClosed);
        var (one, two) = (DeferrableStaffing.Smooth(x.Classes, Hour, x.Open, 1), DeferrableStaffing.Smooth([half, half], Hour, x.Open, 1));
        return one.Agents.Zip(two.Agents).All(pair => Math.Abs(pair.First - pair.Second) < 1e-7);
    });

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property Smooth_TwiceTheWork_TwiceTheAgents() => Prop.ForAll(Instances(2, 20), x =>
    {
        DeferrableClass[] twice = [.. x.Classes.Select(c => new DeferrableClass(c.Name, [.. c.ArrivingHours.Select(h => 2 * h)], c.Turnaround,
            [.. c.OpeningBacklog.Select(b => new AgedBacklog(b.Youngest, b.Oldest, 2 * b.Hours))], c.ClockStopsWhenClosed))];
        var (one, two) = (DeferrableStaffing.Smooth(x.Classes, Hour, x.Open), DeferrableStaffing.Smooth(twice, Hour, x.Open));
        return one.Agents.Zip(two.Agents).All(pair => Math.Abs(2 * pair.First - pair.Second) < 1e-7);
    });

    [Test]
    public void Smooth_BadInput_NamesIt()
    {
        DeferrableClass work = new("tickets", [1, 1], Hour);
        Refused(() => new DeferrableClass(" ", [1], Hour), "name");
        Refused(() => new DeferrableClass("x", [1, -1], Hour), "arrivingHours[1]");
        Refused(() => new DeferrableClass("x", [], Hour), "arrivingHours");
        Refused(() => new DeferrableClass("x", [1], Duration.Zero), "turnaround");
        Refused(() => new AgedBacklog(-Hour, Hour, 1), "youngest");
        Refused(() => new AgedBacklog(Hour, Duration.Zero, 1), "oldest");
        Refused(() => new AgedBacklog(Hour, Hour, double.NaN), "hours");
        Refused(() => DeferrableStaffing.Smooth([], Hour, [true]), "classes");
        Refused(() => DeferrableStaffing.Smooth([work], Duration.Zero, [true, true]), "interval");
        Refused(() => DeferrableStaffing.Smooth([work], Hour, []), "open");
        Refused(() => DeferrableStaffing.Smooth([work], Hour, [true]), "classes[0].ArrivingHours");
        Refused(() => DeferrableStaffing.Smooth([work], Hour, [true, true], -1), "closingBacklogHours");
    }

    private static bool DoesAllPlannedWork(Instance x, double[] agents)
    {
        // What is lost anyway is planned one turnaround from the opening; that promise must hold too.
        var curves = new DeferrableProblem(x.Classes, Hour, x.Open).Curves();
        var rates = agents.Where((_, i) => x.Open[i]).ToArray();
        for (var s = 0; s < rates.Length; s++)
        {
            var room = 0.0;
            for (var t = s + 1; t <= rates.Length; t++)
            {
                room += rates[t - 1];
                if (curves.Sum(c => Math.Max(0, c.Due[t] - c.Arrived[s])) > room + 1e-7) return false;
            }
        }
        return true;
    }

    private static void Refused(Func<object> call, string name) => call.Should().Throw<ArgumentException>().WithParameterName(name);

    private static bool[] Open(int intervals) => [.. Enumerable.Repeat(true, intervals)];

    private static Arbitrary<Instance> Instances(int mostClasses, int longest, bool closed = true) => (
        from n in Gen.Choose(1, longest)
        from open in Gen.Choose(0, closed ? 2 : 0).ArrayOf(n)
        from count in Gen.Choose(1, mostClasses)
        from classes in Classes(n).ArrayOf(count)
        select new Instance(classes, [.. open.Select(o => o < 2)])).ToArbitrary();

    private static Gen<DeferrableClass> Classes(int n) =>
        from hours in Gen.Choose(0, 9).ArrayOf(n)
        from turnaround in Gen.Choose(1, 20)
        from backlog in Gen.Choose(0, 8)
        from oldest in Gen.Choose(0, 10)
        from stops in Gen.Choose(0, 3)
        select new DeferrableClass(
            "class",
            [.. hours.Select(h => h / 2.0)],
            turnaround * Duration.FromMinutes(30), [new AgedBacklog(Duration.Zero, oldest * Hour, backlog)], stops == 0);

    private sealed record Instance(DeferrableClass[] Classes, bool[] Open);
}
