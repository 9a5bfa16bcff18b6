using System.Collections.Concurrent;
using System.Globalization;
using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Scoring;
using Wfm.Tests.Scheduling.Properties;
using Wfm.Tests.Support;

namespace Wfm.Tests.Scheduling.Editing;

/// <summary>
/// Random edits of random rosters: after each the document agrees with a document opened anew and with the full evaluation, and where no rule was said to be
/// broken the independent auditor finds none that was not. <c>WFM_PROPERTY_EDITS=10000</c> makes more of them, <c>WFM_PROPERTY_SEED</c> begins elsewhere.
/// </summary>
public sealed class EditPropertyTests
{
    private const int Edits = 1_200;
    private const int EditsOfOne = 40;

    // The auditor matches breaks by their order and takes leave to forbid the whole shift: that is for shifts as templates make them.
    private static readonly HashSet<string> Audited =
    [
        .. RandomPolicy.AllKinds, .. new[] { "contractMaximumHours", "contractMaximumDays", "oneShiftAtATime" }.Select(RosterComplaints.WordsFor), "employment",
        "availability", "contract: templates", "skill", "opt-out", "seats",
    ];

    [Test]
    public void Apply_RandomEdits_StateIsThatOfAFullCheck()
    {
        var (edits, first) = (Setting("WFM_PROPERTY_EDITS", Edits), Setting("WFM_PROPERTY_SEED", 1));
        var failed = new ConcurrentDictionary<int, string>();
        var made = 0;
        Parallel.For(first, first + (edits / EditsOfOne), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            try
            {
                Interlocked.Add(ref made, Run(seed));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failed[seed] = e.ToString();
            }
        });

        failed.Should().BeEmpty(
            $"of {edits / EditsOfOne} rosters {failed.Count} failed, seeds {string.Join(' ', failed.Keys.Order())}\n"
                + string.Join('\n', failed.OrderBy(f => f.Key).Take(4).Select(f => $"{f.Key}: {f.Value[..Math.Min(f.Value.Length, 1_500)]}")));
        TestContext.Out.WriteLine($"{made} edits applied");
        made.Should().BeGreaterThan(edits / 3, "of random edits many can be made");
    }

    private static int Run(int seed)
    {
        var operation = new RandomOperation(seed);
        var imported = operation.Chance(3) ? operation.Imported(operation.First) : [];
        var made = operation.Case(seed, operation.First, operation.Days(), 300, operation.Agents, [.. imported.Where(s => s.Start < Origin(operation))]);
        var problem = made.Problem();
        var pinned = problem.Pinned.Select(p => (p.AgentId, p.Date)).ToHashSet();
        RosterShift[] shifts = [.. made.Solve().Shifts.Where(s => !pinned.Contains((s.AgentId, s.Date)))];
        var (roster, random, applied) = (new RosterDocument(problem, shifts), new RandomEdits(seed), 0);
        for (var i = 0; i < EditsOfOne; i++)
        {
            var (days, refusals) = roster.Propose(random.Next(roster));
            if (refusals.Count > 0 || days.Count == 0) continue;
            var (before, checkedFirst) = (roster.Shifts, roster.Check(days));
            var said = Said(roster.Violations());
            var effect = roster.Apply(days);
            applied++;
            if (effect.Broken.Count != checkedFirst.Broken.Count) throw new InvalidOperationException($"edit {i}: check and apply differ");
            Compare(problem, roster, effect, pinned, i);
            if (effect.Broken.Count > 0) continue;
            if (Said(roster.Violations()).Except(said).FirstOrDefault() is { Rule: not null } unsaid)
                throw new InvalidOperationException($"edit {i}: {unsaid} is new and was not said; {Show(days)}");
            Audit(problem, before, roster.Shifts, i, days);
        }

        return applied;
    }

    private static void Compare(
        RosterProblem problem, RosterDocument roster, EditEffect effect, HashSet<(string Agent, LocalDate Date)> pinned, int edit)
    {
        var anew = new RosterDocument(problem, [.. roster.Shifts.Where(s => !pinned.Contains((s.AgentId, s.Date)))]);
        Near(roster.Score(), anew.Score(), $"edit {edit}: score");
        Near(effect.After, anew.Score(), $"edit {edit}: score told");
        roster.Violations().Should().BeEquivalentTo(anew.Violations(), "edit {0}", edit);
        for (var k = 0; k < anew.Covered.Scheduled.Length; k++)
        {
            if (Math.Abs(anew.Covered.Scheduled[k] - roster.Covered.Scheduled[k]) > 1e-6 || Math.Abs(anew.Covered.People[k] - roster.Covered.People[k]) > 1e-6)
                throw new InvalidOperationException($"edit {edit}: coverage at {k}");
        }

        if (edit % 8 == 0 && !Overlap(roster)) Near(RosterRepair.Evaluate(problem, roster.Shifts).Score, roster.Score(), $"edit {edit}: evaluation");
    }

    // The evaluation pins every shift, and pinned shifts must not overlap.
    private static bool Overlap(RosterDocument roster) =>
        roster.Shifts.GroupBy(s => s.AgentId).Any(own => own.Zip(own.Skip(1)).Any(p => p.Second.Start < p.First.End));

    private static void Near(RosterScore a, RosterScore b, string what)
    {
        foreach (var part in typeof(RosterScore).GetProperties().Where(p => p.PropertyType == typeof(double)))
        {
            var (x, y) = ((double)part.GetValue(a)!, (double)part.GetValue(b)!);
            if (Math.Abs(x - y) > 1e-6 * Math.Max(1, Math.Abs(y))) throw new InvalidOperationException($"{what}: {part.Name} is {x}, not {y}");
        }
    }

    private static HashSet<(string? Agent, string Rule)> Said(IEnumerable<Violation> violations) =>
        [.. violations.Where(v => v.IsHard).Select(v => (v.AgentId, v.Rule))];

    private static void Audit(RosterProblem problem, IReadOnlyList<RosterShift> before, IReadOnlyList<RosterShift> after, int edit, IReadOnlyList<DayEdit> days)
    {
        if (after.Any(s => s.Activities.Any(a => a.Kind is ActivityKinds.Leave or RandomEdits.Training))) return;
        var known = RosterAuditor.AuditWidely(AuditedProblem.Of(problem, before)).Select(f => (f.Agent, f.Rule)).ToHashSet();
        var found = RosterAuditor.AuditWidely(AuditedProblem.Of(problem, after))
            .Where(f => f.IsCertain && Audited.Contains(f.Rule) && !known.Contains((f.Agent, f.Rule)));
        if (found.FirstOrDefault() is { } finding) throw new InvalidOperationException($"edit {edit}: broken and not said: {finding}; {Show(days)}");
    }

    private static string Show(IReadOnlyList<DayEdit> days) => string.Join("; ", days.Select(d => $"{d.AgentId} {d.Date:MM-dd} {EditBench.Show(d.Shift)}"));

    private static Instant Origin(RandomOperation operation) => operation.Zone.AtStartOfDay(operation.First).ToInstant();

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
