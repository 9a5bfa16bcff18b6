using NodaTime;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Http;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Api.Features.Setup.LabourPolicies;

/// <summary>To add a rule is one class and one line: a rule that only the tests know is listed, checked, stored, kept, explained and judged like any
/// other.</summary>
public sealed class NewRuleTests
{
    private static readonly ConstraintCatalog Kinds = new([.. ConstraintCatalog.Known.All, MaximumMoonlight.Definition]); // the one line

    private static LabourPolicyRequest Policy(params (string Name, double Value)[] numbers) =>
        new()
        {
            Code = "moon",
            Name = "Moon",
            ValidFrom = new LocalDate(2020, 1, 1),
            Rules =
            [
                new LabourRuleData(
                    "maximumMoonlight",
                    numbers.ToDictionary(n => n.Name, n => n.Value),
                    "At most so many late shifts.", "Test", new LocalDate(2026, 1, 1)),
            ],
        };

    private static LabourPolicy InForce(double most)
    {
        var request = Policy(("shifts", most));
        return LabourPolicyMapping.ToProblem(
            [
                new LabourPolicyVersion
                {
                    Code = request.Code,
                    Name = request.Name,
                    ValidFrom = request.ValidFrom!.Value,
                    Rules = request.Rules,
                },
            ],
            RosterProblems.Monday, Kinds);
    }

    private static RosterProblem Problem(params PinnedShift[] pinned) =>
        RosterProblems.Hub(
            [RosterProblems.Agent("A")], [RosterProblems.Template("late", 14, 14, 8)],
            [RosterProblems.Demand("chat", 7, k => k % 48 is >= 28 and < 44 ? 1 : 0)],
            policy: InForce(2), pinned: pinned);

    [Test]
    public void Kinds_NewRule_IsListedWithItsNumbers()
    {
        var kind = LabourRuleKinds.Of(Kinds).Single(k => k.Kind == "maximumMoonlight");

        kind.Hard.Should().BeTrue();
        kind.Parameters.Should().ContainSingle().Which.Should().Be(new LabourRuleParameter("shifts", 0, 31, Required: true, Whole: true, "Most late shifts."));
    }

    [TestCase("shifts", 2)]
    [TestCase("shifts", 32, "shifts")]
    [TestCase("shifts", 1.5, "shifts")]
    [TestCase("nights", 2, "shifts", "nights")]
    public void Check_NewRule_IsCheckedByItsOwnRanges(string name, double value, params string[] unusable)
    {
        var findings = new Findings();
        LabourPolicyRules.Check(Policy((name, value)), Kinds, findings);

        findings.All.Select(f => f.Field).Should().BeEquivalentTo(unusable.Select(u => $"/rules/0/parameters/{u}"));
    }

    [Test]
    public void Solve_NewRule_IsKept()
    {
        var result = new RosterSolver().Solve(Problem(), new SolveLimits(1, 2_000));

        result.Shifts.Should().HaveCount(2);
        result.Uncovered[0].Reasons.Should().ContainSingle(r => r.Rule == "maximumMoonlight");
    }

    [Test]
    public void Solve_NewRuleBroken_IsToldAsAHardViolationWithItsConflict()
    {
        PinnedShift[] pinned =
        [
            .. Enumerable.Range(0, 3).Select(d => RosterProblems.Monday.PlusDays(d))
                .Select(date => new PinnedShift("A", date, RosterProblems.Shift("A", "UTC", date, 14, 8, "chat", "late"))),
        ];
        var result = new RosterSolver().Solve(Problem(pinned), new SolveLimits(1, 0));

        var row = ViolationRows.Of(result).Single();
        (row.Rule, row.Hard, row.Amount).Should().Be(("maximumMoonlight", true, 1));
        row.Message.Should().Be("3 late shifts; at most 2 are allowed. (Test)");
        result.Conflicts.Should().ContainSingle().Which.Facts.Should().Contain(f => f.Rule == "maximumMoonlight");
    }

    /// <summary>The one class.</summary>
    private sealed class MaximumMoonlight(LabourRule rule, RuleContext context) : AgentRule(rule, context)
    {
        public static RuleDefinition Definition { get; } =
            new(
                "maximumMoonlight", "Late shifts in a period.", [RuleParameter.Whole("shifts", 0, 31, "Most late shifts.")],
                (rule, context) => new MaximumMoonlight(rule, context));

        private readonly int _most = rule.Parameters.Whole("shifts");

        public override long Penalize(ReadOnlySpan<DayCell> days, int first, int last, ViolationSink? sink = null)
        {
            var late = 0;
            for (var row = Calendar.Offset; row < Calendar.End; row++)
            {
                if (days[row].IsWorking && days[row].Clock >= 12 * 60) late++;
            }

            if (late > _most) sink?.Add(this, Calendar.Offset, Calendar.End - 1, late - _most, $"{late} late shifts; at most {_most} are allowed.");
            return Math.Max(0, late - _most);
        }
    }
}
