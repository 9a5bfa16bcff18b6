using NodaTime;
using Wfm.Api.Features.SampleOperation;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;

namespace Wfm.Tests.Api.Features.Setup.LabourPolicies;

/// <summary>Every rule of every jurisdiction with a legal and an illegal roster, through the data, the mapping and the rules as the product uses
/// them.</summary>
public sealed class PolicyRuleTests
{
    private static readonly SampleOperationFiles Files = SampleOperationFiles.Load();

    private static IEnumerable<PolicyCase> Cases => PolicyCases.All;

    [TestCaseSource(nameof(Cases))]
    public void Rules_LegalRoster_KeepsTheWholePolicy(object policyCase)
    {
        var of = (PolicyCase)policyCase;

        Solve(of, of.Legal).Violations.Should().BeEmpty();
    }

    [TestCaseSource(nameof(Cases))]
    public void Rules_IllegalRoster_BreaksTheRuleAndNamesTheConflict(object policyCase)
    {
        var of = (PolicyCase)policyCase;
        var rule = Rule(of);

        var result = Solve(of, of.Illegal);

        result.Violations.Should().Contain(v => v.Rule == rule.Kind && v.Source == rule.Source);
        result.Conflicts.Should().ContainSingle().Which.Facts.Should().Contain(f => f.Rule != null).And.Contain(f => f.Text.Contains("is pinned"));
    }

    [Test]
    public void Cases_EveryRule_HasOne() => Files.Policies
        .SelectMany(p => p.Rules.Select((r, i) => (r.Kind, Name: $"{p.Code}: {Name(p, i)}")))
        .Where(r => r.Kind != NoticeOfChange.Definition.Code) // no roster breaks it
        .Select(r => r.Name).Should()
        .BeEquivalentTo(PolicyCases.All.Select(c => c.ToString()), "a rule without a legal and an illegal roster is not known to work");

    [Test]
    public void Rules_BeforeTheyAreInForce_BindNobody()
    {
        var of = PolicyCases.All.Single(c => c.ToString() == "in-karnataka: maximumDailyHours 2");
        var validFrom = Rule(of).ValidFrom!.Value;
        PolicyCase On(LocalDate start) => of with { Start = start };

        validFrom.Should().Be(new LocalDate(2025, 11, 21));
        Solve(On(validFrom), of.Illegal).Violations.Should().NotBeEmpty();
        Solve(On(validFrom.PlusDays(-1)), of.Illegal).Violations.Should().BeEmpty();
    }

    [Test]
    public void Policies_Dates_LieInOrder()
    {
        foreach (var policy in Files.Policies)
        {
            policy.ValidFrom.Should().BeLessThan(new LocalDate(2026, 11, 1), policy.Code);
            policy.Rules.Should().OnlyContain(r =>
                    (r.ValidFrom == null || r.ValidFrom >= policy.ValidFrom) && (r.ValidTo == null || r.ValidTo >= (r.ValidFrom ?? policy.ValidFrom)));
        }
    }

    private static RosterResult Solve(PolicyCase of, string roster)
    {
        var policy = Files.Policies.Single(p => p.Code == of.Policy);
        DemandLine[] demand = [.. Enumerable.Range(0, 5).Select(e => new DemandLine($"E{e}", new double[28 * 48], 1, e))];
        var agent = new RosterAgent(
            "A", new Contract("any", Duration.Zero, Duration.FromHours(168), null, null),
            [.. demand.Select(d => new AgentSkill(d.Group, 1))],
            [], [], []);
        var problem = new RosterProblem(
            DateTimeZone.Utc, of.Start, 28, Duration.FromMinutes(30), [agent], [], demand,
            LabourPolicyMapping.ToProblem([policy.ToVersion(policy.ValidFrom, NodaConstants.UnixEpoch)], of.Start, ConstraintCatalog.Known),
            RosterObjective.Default, [], RosterText.Read(roster, "A", of.Start));
        return new RosterSolver().Solve(problem, new SolveLimits(1, 0));
    }

    private static LabourRuleData Rule(PolicyCase of)
    {
        var policy = Files.Policies.Single(p => p.Code == of.Policy);
        var index = Enumerable.Range(0, policy.Rules.Count).Single(i => Name(policy, i) == of.Rule);
        return policy.ToVersion(policy.ValidFrom, NodaConstants.UnixEpoch).Rules[index];
    }

    private static string Name(SamplePolicy policy, int index)
    {
        var kind = policy.Rules[index].Kind;
        var before = policy.Rules.Take(index).Count(r => r.Kind == kind);
        return before == 0 ? kind : $"{kind} {before + 1}";
    }
}
