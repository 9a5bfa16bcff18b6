using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.LabourPolicies;

/// <summary>Every rule is of a known kind, with all of its numbers, in range, and says where it comes from.</summary>
internal static class LabourPolicyRules
{
    public static void Check(LabourPolicyRequest request, Findings findings)
    {
        for (var i = 0; i < request.Rules.Count; i++)
        {
            if (request.Rules[i] is { } rule)
            {
                Check(findings, $"/rules/{i}", rule);
            }
            else
            {
                findings.Add($"/rules/{i}", null, "A rule in the list is null.");
            }
        }
    }

    private static void Check(Findings findings, string field, LabourRuleData rule)
    {
        findings.Require(!string.IsNullOrWhiteSpace(rule.Text), $"{field}/text", rule.Text, "A rule needs its text in words.");
        findings.Require(!string.IsNullOrWhiteSpace(rule.Source), $"{field}/source", rule.Source, "A rule needs its source.");
        findings.Require(
            rule.ValidFrom is null || rule.ValidTo is null || rule.ValidFrom <= rule.ValidTo, $"{field}/validTo", rule.ValidTo, $"validTo lies before validFrom {rule.ValidFrom:uuuu-MM-dd}.");
        if (LabourRuleCatalog.Find(rule.Kind) is not { } kind)
        {
            findings.Add($"{field}/kind", rule.Kind, $"There is no rule '{rule.Kind}'; there are {string.Join(", ", LabourRuleCatalog.All.Select(k => k.Kind))}.");
            return;
        }

        foreach (var parameter in kind.Parameters)
        {
            var at = $"{field}/parameters/{parameter.Name}";
            if (!rule.Parameters.TryGetValue(parameter.Name, out var value))
            {
                findings.Require(!parameter.Required, at, null, $"{kind.Kind} needs {parameter.Name}: {parameter.Text}");
                continue;
            }

            findings.Require(
                value >= parameter.Minimum && value <= parameter.Maximum, at, value, $"{parameter.Name} must be between {parameter.Minimum} and {parameter.Maximum}, it is {value}.");
            findings.Require(!parameter.Whole || value == Math.Floor(value), at, value, $"{parameter.Name} must be a whole number, it is {value}.");
        }

        foreach (var name in rule.Parameters.Keys.Where(name => kind.Parameters.All(p => p.Name != name)))
        {
            findings.Add(
                $"{field}/parameters/{name}", rule.Parameters[name],
                $"{kind.Kind} has no {name}, only {string.Join(", ", kind.Parameters.Select(p => p.Name))}.");
        }
    }
}
