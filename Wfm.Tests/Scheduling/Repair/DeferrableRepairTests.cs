using NodaTime;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Repair;

public sealed class DeferrableRepairTests
{
    [Test]
    public void Of_Surge_GrowsWhatArrivesInItAndWhatIsDueOfThat()
    {
        var problem = DeferrableProblems.Mixed(3);
        var (start, end) = (problem.Origin + Duration.FromDays(2), problem.Origin + Duration.FromDays(4));

        var surged = ChangedProblem.Of(
            problem, new RosterChange { Surges = [new DemandSurge(null, start, end, 1.5)] }, new PublishedRoster(problem, []), from: null);

        foreach (var (before, after) in problem.Demand.Zip(surged.Demand).SelectMany(p => (p.First.Band?.Classes ?? []).Zip(p.Second.Band?.Classes ?? [])))
        {
            int At(Instant moment) => (int)((moment - problem.Origin) / problem.Interval) - 1;
            var added = 0.5 * (before.ArrivedHours[At(end)] - before.ArrivedHours[At(start)]);
            after.ArrivedHours[At(start)].Should().BeApproximately(before.ArrivedHours[At(start)], 1e-9);
            (after.ArrivedHours[^1] - before.ArrivedHours[^1]).Should().BeApproximately(added, 1e-9);
            (after.DueHours[^1] - before.DueHours[^1]).Should().BeInRange(-1e-9, added + 1e-9);
            for (var i = 0; i < after.DueHours.Length; i++)
            {
                if (before.DueHours[i] <= before.ArrivedHours[At(start)]) after.DueHours[i].Should().BeApproximately(before.DueHours[i], 1e-9);
                if (before.DueHours[i] >= before.ArrivedHours[At(end)]) after.DueHours[i].Should().BeApproximately(before.DueHours[i] + added, 1e-6);
            }
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 8)]
    public void Repair_AbsencesInAHubWithBands_KeepsEveryRuleAndTheAbsentAway(int number)
    {
        var seed = 1 + (Math.Abs(number % 1000));
        var problem = DeferrableProblems.Mixed(seed, agents: 10, days: 7);
        var published = new RosterSolver().Solve(problem, new SolveLimits(seed, 60_000));
        var absent = published.Shifts.Where(s => problem.Pinned.All(p => p.AgentId != s.AgentId)).Skip(3).FirstOrDefault();
        if (absent is null) return;
        var change = new RosterChange { Absences = [new Absence(absent.AgentId, absent.Start, absent.End)] };

        var repaired = RosterRepair.Repair(problem, published.Shifts, change, new RepairOptions(new SolveLimits(seed, 30_000)));

        repaired.Roster.Shifts.Should().NotContain(s => s.AgentId == absent.AgentId && s.Start < absent.End && absent.Start < s.End);
        var judged = RosterRepair.Evaluate(repaired.Problem, repaired.Roster.Shifts);
        judged.Violations.Should().NotContain(v => v.Rule != "contractMinimumHours" && v.AgentId != "A2", "only the pinned day of A2 may break a rule");
        judged.Score.Total.Should().BeApproximately(repaired.Roster.Score.Total, 1e-9);
        repaired.Roster.Deferrable.Should().HaveSameCount(published.Deferrable);
        repaired.Changes.Should().Contain(c => c.AgentId == absent.AgentId);
    }
}
