using NodaTime;
using Wfm.Api.Http;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Setup.LabourPolicies;

/// <summary>Every rule is of a known kind, with all of its numbers, in range, and says where it comes from.</summary>
internal static class LabourPolicyRules
{
    public static void Check(LabourPolicyRequest request, ConstraintCatalog kinds, Findings findings)
    {
        findings.Require(request.FirstDayOfWeek != IsoDayOfWeek.None, "/firstDayOfWeek", request.FirstDayOfWeek, "A week begins on one of its days.");
        findings.Require(
            request.WeekendDays.Distinct().Count(d => d != IsoDayOfWeek.None) is >= 1 and <= 6,
            "/weekendDays", request.WeekendDays, "A weekend has one to six days of the week.");
        for (var i = 0; i < request.Rules.Count; i++)
        {
            if (request.Rules[i] is { } rule)
            {
                Check(findings, $"/rules/{i}", rule, kinds);
            }
            else
            {
                findings.Add($"/rules/{i}", null, "A rule in the list is null.");
            }
        }
    }

    private static void Check(Findings findings, string field, LabourRuleData rule, ConstraintCatalog kinds)
    {
        findings.Require(!string.IsNullOrWhiteSpace(rule.Text), $"{field}/text", rule.Text, "A rule needs its text in words.");
        findings.Require(!string.IsNullOrWhiteSpace(rule.Source), $"{field}/source", rule.Source, "A rule needs its source.");
        findings.Require(
            rule.ValidFrom is null || rule.ValidTo is null || rule.ValidFrom <= rule.ValidTo, $"{field}/validTo", rule.ValidTo,
            $"validTo lies before validFrom {rule.ValidFrom:uuuu-MM-dd}.");
        if (LabourRuleKinds.Find(kinds, rule.Kind) is not { } kind)
        {
            findings.Add(
                $"{field}/kind", rule.Kind,
                $"There is no rule '{rule.Kind}'; there are {string.Join(", ", LabourRuleKinds.Of(kinds).Select(k => k.Kind))}.");
            return;
        }

        foreach (var (name, message) in kind.Findings(new RuleParameters(rule.Parameters)))
        {
            findings.Add($"{field}/parameters/{name}", rule.Parameters.TryGetValue(name, out var value) ? value : null, message);
        }
    }
}
