using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Explanation;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Explanation.Conflicts;

/// <summary>The exact search of one agent's days against every roster there is, and conflicts against the same.</summary>
public sealed class BestDaysTests
{
    private static readonly Instant Origin = Monday.AtMidnight().InUtc().ToInstant();

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public void Find_RandomAgent_IsTheBestOfAllRosters(int seed)
    {
        var problem = OneAgent(seed);
        var compiled = new CompiledProblem(OneAgentProblem.Of(problem, 0, Everything(problem)));
        var goal = new WorkedMinutes(Monday, Monday.PlusDays(6));

        var whole = new CompiledProblem(problem);
        new BestDays(whole, new AgentChoices(whole, 0, Everything(problem)), goal, new WorkBudget(long.MaxValue)).Find(long.MaxValue).Should()
            .Be(BestOfAll(compiled));
    }

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public void Conflicts_RandomAgent_NeedEveryFact(int seed)
    {
        var problem = OneAgent(seed);
        var facts = Everything(problem);
        var due = (long)problem.Agents[0].Contract.MinimumWeeklyHours.TotalMinutes;
        var compiled = new CompiledProblem(problem);
        var week = compiled.Calendar.Week(compiled.Calendar.Offset);
        if (compiled.Due.Of(0, week) < due) return; // leave has shortened what is due
        var violation = new Violation("A", UnmetHours.ContractMinimum, Monday, Monday.PlusDays(6), 1, "minutes", "", "");
        var best = BestOfAll(new CompiledProblem(OneAgentProblem.Of(problem, 0, facts)));

        if (best < 0) return; // the pinned days break a rule: another kind of conflict

        var conflicts = new ConflictFinder(compiled).Find([violation], compiled.Start.Covered.People);

        conflicts.Count.Should().Be(best < due ? 1 : 0);
        foreach (var conflict in conflicts)
        {
            Fact[] kept = [.. facts.Where(f => conflict.Facts.Contains(f.Words))];
            kept.Length.Should().Be(conflict.Facts.Count - 1); // the hours due are the other one
            BestOf(kept).Should().BeLessThan(due);
            Array.TrueForAll(kept, f => BestOf(kept.Where(other => other != f)) >= due).Should()
                .BeTrue("without any one of {0} the hours can be given", conflict.Message);
        }

        long BestOf(IEnumerable<Fact> some) => BestOfAll(new CompiledProblem(OneAgentProblem.Of(problem, 0, [.. some])));
    }

    private static Fact[] Everything(RosterProblem problem)
    {
        var book = new FactBook(new CompiledProblem(problem));
        return [.. book.Rules(), .. book.Of(0)];
    }

    /// <summary>A week of one agent with few shifts and many rules.</summary>
    private static RosterProblem OneAgent(int seed)
    {
        var random = new Random(seed);
        T[] Some<T>(params T[] all) => [.. all.Where(_ => random.Next(2) == 0)];
        var hours = Duration.FromHours(1);
        LabourRule[] rules = Some(
            Rule("minimumDailyRest", new() { ["hours"] = random.Next(9, 13) }),
            Rule("minimumWeeklyRest", new() { ["hours"] = random.Next(24, 60), ["perDays"] = 7 }),
            Rule("maximumWeeklyHours", new() { ["hours"] = random.Next(24, 48) }),
            Rule("maximumConsecutiveDays", new() { ["days"] = random.Next(2, 6) }),
            Rule("minimumDaysOffPerWeek", new() { ["days"] = random.Next(1, 4) }),
            Rule("minimumConsecutiveDays", new() { ["days"] = random.Next(2, 5) }),
            Rule("minimumConsecutiveDaysOff", new() { ["days"] = random.Next(2, 4) }),
            Rule("maximumConsecutiveNights", new() { ["nights"] = random.Next(1, 4), ["nightFromHour"] = 0, ["nightToHour"] = 6 }),
            Rule("maximumAverageWeeklyHours", new() { ["hours"] = random.Next(24, 40), ["weeks"] = 2 }),
            Rule("maximumExposure", new() { ["minutes"] = 60 * 40, ["days"] = random.Next(2, 5) }),
            Rule("forbiddenSuccession", new() { Successions = [new TemplateSuccession("night", ["day"])] }),
            Rule("maximumShifts", new() { Templates = [new TemplateLimit("day", random.Next(1, 4))] }),
            Rule("maximumPeriodHours", new() { ["hours"] = random.Next(30, 50) }));
        var contract = new Contract("c", hours * random.Next(16, 44), hours * 44, random.Next(2) == 0 ? random.Next(3, 7) : null, null);
        AvailabilityWindow[] windows =
            random.Next(2) == 0
                ? []
                :
                [
                    .. Enumerable.Range(1, 7).Where(_ => random.Next(5) > 0)
                        .Select(d => new AvailabilityWindow((IsoDayOfWeek)d, LocalTime.Midnight, LocalTime.Midnight)),
                ];
        var agent = new RosterAgent("A", contract, [new AgentSkill(random.Next(2) == 0 ? "chat" : "severe", 1)], windows,
            [.. Some(1, 4, 5).Select(d => new TimeOff(Origin + (hours * ((24 * d) + 6)), Origin + (hours * ((24 * d) + 20))))], []);
        ShiftTemplate[] templates = [Template("day", 7, 7, 8), Template("late", 14, 14, 7.5), Template("night", 21, 21, 9)];
        DemandLine[] demand = [Demand("chat", 7, _ => 1), new("severe", Demand("severe", 7, _ => 1).Heads, 1, 3)];
        OutsideShift[] history =
            random.Next(2) == 0
                ? []
                :
                [
                    .. Enumerable.Range(1, 3)
                        .Select(d => new OutsideShift("A", Origin - (hours * ((24 * d) - 14)), Origin - (hours * ((24 * d) - 22)), hours * 8)),
                ];
        PinnedShift[] pinned =
            random.Next(3) > 0 ? [] : [new("A", Monday.PlusDays(3), random.Next(2) == 0 ? null : Shift("A", "UTC", Monday.PlusDays(3), 10, 6, "chat"))];
        return Hub([agent], templates, demand, policy: Policy(rules), surroundings: history, pinned: pinned);
    }

    private static long BestOfAll(CompiledProblem compiled)
    {
        var days = compiled.Start.Cells.ToArray();
        var goal = new WorkedMinutes(Monday, Monday.PlusDays(6));
        return Every(compiled.Calendar.Offset);

        long Every(int row)
        {
            if (row == compiled.Calendar.End)
                return IsLegal() ? days.Skip(compiled.Calendar.WeekStart(compiled.Calendar.Week(compiled.Calendar.Offset))).Sum(d => (long)d.Work) : -1;
            if (compiled.Start.Pinned[row]) return Every(row + 1);
            var best = Every(row + 1);
            foreach (var variant in compiled.Eligibility.On(0, row))
            {
                foreach (var group in compiled.Skills.GroupsOn(0, compiled.Shifts[variant].Template))
                {
                    days[row] = compiled.Start.Place(row, compiled.Cell(variant, group, 0));
                    if (BreaksNoCap()) best = Math.Max(best, Every(row + 1));
                }
            }

            days[row] = compiled.Start.Place(row);
            return best;
        }

        bool BreaksNoCap() => Array.TrueForAll(compiled.Rules(0).Caps, Keeps); // only to end in time: what breaks a cap stays broken
        bool IsLegal() => Array.TrueForAll(compiled.Rules(0).All, Keeps);
        bool Keeps(AgentRule rule) => rule.Penalize(days, compiled.Calendar.Offset, compiled.Calendar.End - 1) == 0;
    }
}
