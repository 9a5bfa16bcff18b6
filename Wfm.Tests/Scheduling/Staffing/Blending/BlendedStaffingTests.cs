using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Blending;
using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Tests.Scheduling.Staffing.Blending;

public sealed class BlendedStaffingTests
{
    private static readonly Duration Hour = Duration.FromHours(1);

    [Test] // 2 idle agents in each of four hours do the 6 hours of tickets alone
    public void Plan_EnoughIdleTime_AddsNobody()
    {
        var plan = BlendedStaffing.Plan(Immediate([5, 5, 5, 5], [3, 3, 3, 3]), [new DeferrableClass("tickets", [6, 0, 0, 0], 3 * Hour)], Hour, Open(4));

        plan.Agents.Should().Equal(5, 5, 5, 5);
        plan.DeferrableWork.Should().Equal(2, 2, 2, 0);
        plan.FromIdle.Sum().Should().Be(6);
        plan.SeparateAgentHours.Should().BeApproximately(26, 1e-9);
    }

    [Test] // 12 hours due within the first two: 4 idle, 8 more, level over both hours: 5 − 3 idle… so 9 each
    public void Plan_MoreThanIdleTime_AddsTheRestEvenly()
    {
        var plan = BlendedStaffing.Plan(Immediate([5, 5, 5, 5], [3, 3, 3, 3]), [new DeferrableClass("tickets", [12, 0, 0, 0], Hour)], Hour, Open(4));

        plan.Agents.Should().Equal([9, 9, 5, 5], (a, b) => Math.Abs(a - b) < 1e-9);
        plan.Extra.Should().Equal([4, 4, 0, 0], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Test] // a quiet hour takes the tickets before a busy one does
    public void Plan_UnevenImmediateWork_FillsTheQuietHours()
    {
        var plan = BlendedStaffing.Plan(Immediate([10, 2, 10, 2], [10, 2, 10, 2]), [new DeferrableClass("tickets", [8, 0, 0, 0], 3 * Hour)], Hour, Open(4));

        plan.Agents.Should().Equal([10, 6, 10, 6], (a, b) => Math.Abs(a - b) < 1e-9);
        plan.Peak.Should().BeApproximately(10, 1e-9);
        plan.SeparatePeak.Should().BeApproximately(12, 1e-9);
    }

    [Test]
    public void Plan_HalfOfIdleUsable_UsesHalf()
    {
        var plan = BlendedStaffing.Plan(Immediate([5, 5], [3, 3]), [new DeferrableClass("tickets", [6, 0], Hour)], Hour, Open(2), usableIdle: 0.5);

        plan.FromIdle.Should().Equal([1, 1], (a, b) => Math.Abs(a - b) < 1e-9);
        plan.Extra.Should().Equal([2, 2], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property Plan_NoImmediateWork_IsTheSmoothestStaffing() => Prop.ForAll(Instances(3, 16), x =>
    {
        var plan = BlendedStaffing.Plan(Immediate(new int[x.Open.Length], new double[x.Open.Length]), x.Classes, Hour, x.Open, closingBacklogHours: 2);
        var smooth = DeferrableStaffing.Smooth(x.Classes, Hour, x.Open, 2);
        return plan.Agents.Zip(smooth.Agents).All(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
    });

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property Plan_AnyWork_PartsAddUpAndImmediateWorkKeepsItsAgents() => Prop.ForAll(Instances(3, 24), x =>
    {
        var plan = Plan(x);
        return Enumerable.Range(0, x.Open.Length).All(i =>
            plan.Agents[i] >= x.Agents[i] - 1e-12
            && Math.Abs(plan.ImmediateLoad[i] + plan.ImmediateMargin[i] + plan.Extra[i] - plan.Agents[i]) < 1e-9
            && plan.DeferrableWork[i] <= plan.Agents[i] - plan.ImmediateLoad[i] + 1e-9
            && (x.Open[i] || plan.Agents[i] == 0))
            && plan.AgentHours <= plan.SeparateAgentHours + 1e-6 && plan.Peak <= plan.SeparatePeak + 1e-6;
    });

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property Plan_AnyWork_MeetsEveryDeadlineThatCanBeMet() => Prop.ForAll(Instances(3, 24), x =>
    {
        var plan = Plan(x);
        var spare = plan.Agents.Select((a, i) => Math.Max(0, a - plan.ImmediateLoad[i])).ToArray();
        var missed = BacklogProjection.Project(x.Classes, Hour, x.Open, spare).FirstBreach?.Hours ?? 0;
        return missed <= (plan.Band.FirstBreach?.Hours ?? 0) + 1e-6;
    });

    // Brute force: whole-number data, so the cheapest plan is a whole-number plan (the base of a polymatroid), and every whole-number plan is tried.
    [FsCheck.NUnit.Property(MaxTest = 40)]
    public Property Plan_SmallInstances_NoWholeNumberPlanIsCheaper() =>
        Prop.ForAll(
            Instances(2, 4),
            x =>
            {
                var plan = Plan(x);
                var curves = new DeferrableProblem(x.Classes, Hour, x.Open).Curves();
                var n = x.Open.Length;
                for (var code = 0; code < Math.Pow(7, n); code++)
                {
                    double[] extra = [.. Enumerable.Range(0, n).Select(i => x.Open[i] ? Math.Floor(code / Math.Pow(7, i)) % 7 : 0)];
                    double[] agents = [.. extra.Select((e, i) => x.Agents[i] + e)];
                    double[] spare = [.. agents.Select((a, i) => a - x.Load[i]).Where((_, i) => x.Open[i])];
                    if (!MeetsWindows(curves, spare))
                        continue;
                    if (
                        agents.Sum() < plan.AgentHours - 1e-6
                        || agents.Max() < plan.Peak - 1 + 1e-6
                        || agents.Sum(a => a * a) < plan.Agents.Sum(a => a * a) - 1e-6)
                        return false;
                }
                return true;
            });

    [Test]
    public void Plan_BadInput_NamesIt()
    {
        var immediate = Immediate([5, 5], [3, 3]);
        DeferrableClass[] tickets = [new("tickets", [1, 1], Hour)];
        Refused(() => BlendedStaffing.Plan(immediate, [], Hour, Open(2)), "classes");
        Refused(() => BlendedStaffing.Plan(immediate, tickets, Duration.Zero, Open(2)), "interval");
        Refused(() => BlendedStaffing.Plan(immediate, tickets, Hour, []), "open");
        Refused(() => BlendedStaffing.Plan(Immediate([5], [3]), tickets, Hour, Open(2)), "immediate.Agents");
        Refused(() => BlendedStaffing.Plan(immediate, tickets, Hour, [true, false]), "immediate.Agents[1]");
        Refused(() => BlendedStaffing.Plan(immediate, tickets, Hour, Open(2), usableIdle: 1.01), "usableIdle");
        Refused(() => BlendedStaffing.Plan(immediate, tickets, Hour, Open(2), usableIdle: double.NaN), "usableIdle");
        Refused(() => BlendedStaffing.Plan(immediate, tickets, Hour, Open(2), closingBacklogHours: -1), "closingBacklogHours");
    }

    private static BlendedPlan Plan(Instance x) => BlendedStaffing.Plan(Immediate(x.Agents, x.Load), x.Classes, Hour, x.Open);

    private static bool MeetsWindows(DeadlineCurve[] curves, double[] spare)
    {
        for (var s = 0; s < spare.Length; s++)
        {
            var room = 0.0;
            for (var t = s + 1; t <= spare.Length; t++)
            {
                room += spare[t - 1];
                if (curves.Sum(c => Math.Max(0, c.Due[t] - c.Arrived[s])) > room + 1e-7) return false;
            }
        }
        return true;
    }

    private static StaffingRequirement Immediate(int[] agents, double[] load)
    {
        double[] None() => new double[agents.Length];
        var waterfall = new Waterfall(None(), load, None(), [.. agents.Select((a, i) => a - load[i])], None(), None(), None(), None());
        return new StaffingRequirement(waterfall, agents, [.. agents.Select(a => (double)a)], agents);
    }

    private static void Refused(Func<object> call, string name) => call.Should().Throw<ArgumentException>().WithParameterName(name);

    private static bool[] Open(int intervals) => [.. Enumerable.Repeat(true, intervals)];

    private static Arbitrary<Instance> Instances(int mostClasses, int longest) =>
        (
            from n in Gen.Choose(1, longest)
            from closed in Gen.Choose(0, 3).ArrayOf(n)
            from load in Gen.Choose(0, 4).ArrayOf(n)
            from idle in Gen.Choose(0, 2).ArrayOf(n)
            from count in Gen.Choose(1, mostClasses)
            from classes in Classes(n).ArrayOf(count)
            let open = closed.Select(c => c > 0).ToArray()
            select new Instance(classes, open, [.. load.Select((l, i) => open[i] ? l + idle[i] : 0)], [.. load.Select((l, i) => open[i] ? (double)l : 0)])
        ).ToArbitrary();

    private static Gen<DeferrableClass> Classes(int n) =>
        from hours in Gen.Choose(0, 3).ArrayOf(n)
        from turnaround in Gen.Choose(1, 8)
        select new DeferrableClass("class", [.. hours.Select(h => (double)h)], turnaround * Hour);

    private sealed record Instance(DeferrableClass[] Classes, bool[] Open, int[] Agents, double[] Load);
}
