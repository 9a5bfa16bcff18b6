using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;
using Wfm.Api.Features.SampleOperation;
using Wfm.Tests.Architecture;

namespace Wfm.Tests.Api.Features.Setup.LabourPolicies;

/// <summary>The tables of docs/labour-policies.md are those of the data.</summary>
public sealed class PolicyGuideTests
{
    private const string Begin = "<!-- tables: written from samples/operation/labour-policies.json -->";
    private const string End = "<!-- end of tables -->";

    private static readonly SampleOperationFiles Files = SampleOperationFiles.Load();

    [Test]
    public void Tables_OfTheGuide_AreThoseOfTheData()
    {
        var path = Repository.PathOf("docs", "labour-policies.md");
        var guide = File.ReadAllText(path);
        var (begin, end) = (guide.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, guide.IndexOf(End, StringComparison.Ordinal));
        var tables = Tables();
        if (Environment.GetEnvironmentVariable("WFM_REWRITE_SAMPLES") == "1")
        {
            File.WriteAllText(path, guide[..begin] + tables + guide[end..]);
            Assert.Inconclusive("docs/labour-policies.md was written. Run again without WFM_REWRITE_SAMPLES.");
        }

        guide[begin..end].Split('\n').Should().Equal(tables.Split('\n'), "WFM_REWRITE_SAMPLES=1 writes the tables anew");
    }

    private static string Tables()
    {
        var text = new StringBuilder("\n");
        foreach (var policy in Files.Policies)
        {
            Line($"## {policy.Name}");
            Line($"`{policy.Code}`{(policy.Country is { } country ? $", {country}" : "")}, valid from {policy.ValidFrom:uuuu-MM-dd}. {policy.Note}");
            Line();
            Line("| rule | value | in words | whose | source | valid | read |");
            Line("|---|---|---|---|---|---|---|");
            foreach (var rule in policy.Rules)
            {
                Line(
                    $"| `{rule.Kind}` | {Values(rule)} | {rule.Text} | {Whose(rule)} | {rule.Source} | "
                        + $"{Valid(rule.ValidFrom ?? policy.ValidFrom, rule.ValidTo)} | {rule.AsOf:uuuu-MM-dd} |");
            }

            Line();
            if (policy.NotExpressed.Count == 0) continue;
            Line("Not expressed:");
            foreach (var gap in policy.NotExpressed)
            {
                Line($"* {gap.Text} ({gap.Source})");
            }

            Line();
        }

        return text.ToString();

        void Line(string line = "") => text.Append(line).Append('\n');
    }

    private static string Valid(LocalDate from, LocalDate? to) => to is { } last ? $"{from:uuuu-MM-dd} to {last:uuuu-MM-dd}" : $"from {from:uuuu-MM-dd}";

    private static string Whose(SampleRule rule) => JsonNamingPolicy.CamelCase.ConvertName(rule.Authority.ToString());

    private static string Values(SampleRule rule) => string.Join(", ", rule.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal)
        .Select(p => $"{p.Key} {p.Value.ToString(CultureInfo.InvariantCulture)}"));
}
