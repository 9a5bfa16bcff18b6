using NodaTime;
using Wfm.Api.Features.SampleOperation;

namespace Wfm.Tests.Api.Features.SampleOperation;

/// <summary>Shift templates and contracts of every hub keep the law of the hub and the organisation's wellbeing policy, wherever breaks fall.</summary>
public sealed class SamplePolicyTests
{
    private static readonly SampleOperationFiles Files = SampleOperationFiles.Load();
    private static readonly List<SampleRule> Wellbeing = [.. Files.Policies.Where(p => p.Country is null).SelectMany(p => p.Rules)];

    private static IEnumerable<string> Templates => Files.ShiftTemplates.Select(t => t.Code);

    [TestCaseSource(nameof(Templates))]
    public void Rules_Template_KeepsTheLawOfItsHub(string code)
    {
        var template = Files.ShiftTemplates.Single(t => t.Code == code);
        var hub = Files.HubsByCode[template.Hub];
        foreach (var rule in Files.Policies.Single(p => p.Code == hub.LabourPolicy).Rules.Concat(Wellbeing))
        {
            Keeps(template, rule).Should().BeTrue("{0} must keep: {1}", code, rule.Text);
        }
    }

    [TestCaseSource(nameof(Templates))]
    public void Breaks_Template_CannotCollide(string code)
    {
        var template = Files.ShiftTemplates.Single(t => t.Code == code);
        foreach (var (earlier, later) in template.Breaks.Zip(template.Breaks.Skip(1)))
        {
            (earlier.LatestAfterMinutes + earlier.LengthMinutes).Should().BeLessThanOrEqualTo(later.EarliestAfterMinutes);
        }
        template.Breaks.Should().Contain(b => b.Kind == "wellness" && b.Paid);
        (template.LengthMinutes % 30).Should().Be(0);
    }

    [Test]
    public void Contracts_Week_KeepsTheLawOfTheCountry()
    {
        foreach (var contract in Files.Contracts)
        {
            var rules = Files.Policies.Single(p => p.Country == contract.Country).Rules.Concat(Wellbeing).ToLookup(r => r.Kind, r => r.Parameters);
            foreach (var limit in rules["maximumWeeklyHours"].Concat(rules["maximumAverageWeeklyHours"]))
            {
                contract.MaximumWeeklyHours.Should().BeLessThanOrEqualTo(limit["hours"], contract.Code);
            }
            contract.MaximumDaysPerWeek.Should().BeLessThanOrEqualTo(6, contract.Code); // a weekly rest in every country
            contract.Templates.Should().OnlyContain(code => Files.HubsByCode[Files.ShiftTemplates.Single(t => t.Code == code).Hub].Country == contract.Country);
        }
    }

    [Test]
    public void Policies_Rule_HasTextSourceAndDate() => Files.Policies.SelectMany(p => p.Rules).Should()
        .OnlyContain(r => r.Text.Length > 20 && r.Source.Length > 10 && r.AsOf == new LocalDate(2026, 11, 1) && r.Parameters.Count > 0);

    [Test]
    public void Policies_OfCountries_CoverEveryHubAndIndia() => Files.Policies.Select(p => p.Country).OfType<string>().Should()
        .BeEquivalentTo("SG", "MY", "IE", "BR", "US", "PH", "IN");

    // What no statute says must not look like one.
    [Test]
    public void Policies_WithoutStatute_SaySo()
    {
        Files.Policies.Single(p => p.Country == "US").Rules.Should().OnlyContain(r => r.Source.StartsWith("Organisation policy"));
        Wellbeing.Should().OnlyContain(r => r.Source.StartsWith("Proposal"));
    }

    private static bool Keeps(SampleShiftTemplate template, SampleRule rule) => rule.Kind switch
    {
        "minimumDailyRest" => template.LengthMinutes + rule.Parameters["hours"] * 60 <= 24 * 60, // the same shift on the next day
        "maximumDailyHours" => template.PaidMinutes <= rule.Parameters["hours"] * 60,
        "maximumNightHours" => NightHours(template, rule) < rule.Parameters["minimumNightHours"] || template.PaidMinutes <= rule.Parameters["hours"] * 60,
        "maximumSpread" => template.LengthMinutes <= rule.Parameters["hours"] * 60,
        "breakAfter" => LongestStretch(template, rule.Parameters["minutes"]) <= rule.Parameters["afterHours"] * 60,
        "maximumContinuousWork" => CanBreakWithin(template, (int)rule.Parameters["minutes"]),
        "maximumExposure" or "minimumWeeklyRest" or "maximumWeeklyHours" or "maximumAverageWeeklyHours" or "maximumConsecutiveDays"
            or "minimumDaysOffPerWeek" or "noticeOfChange" => true, // a matter of the week and of the work, not of one shift
        _ => throw new NotSupportedException($"No test knows the rule '{rule.Kind}'."),
    };

    /// <summary>Longest paid time without a break of at least <paramref name="minutes"/>, when every break falls as badly as its window allows.</summary>
    private static int LongestStretch(SampleShiftTemplate template, double minutes)
    {
        var (longest, since, unpaid) = (0, 0, 0);
        foreach (var pause in template.Breaks)
        {
            if (pause.LengthMinutes < minutes)
            {
                unpaid += pause.Paid ? 0 : pause.LengthMinutes;
                continue;
            }
            longest = Math.Max(longest, pause.LatestAfterMinutes - since - unpaid);
            (since, unpaid) = (pause.EarliestAfterMinutes + pause.LengthMinutes, 0);
        }
        return Math.Max(longest, template.LengthMinutes - since - unpaid);
    }

    /// <summary>Whether the breaks can be placed so that no stretch between them is longer: each as late as limit and window allow.</summary>
    private static bool CanBreakWithin(SampleShiftTemplate template, int minutes)
    {
        var since = 0;
        foreach (var pause in template.Breaks)
        {
            var start = Math.Min(pause.LatestAfterMinutes, since + minutes);
            if (start < pause.EarliestAfterMinutes) return false;
            since = start + pause.LengthMinutes;
        }
        return template.LengthMinutes - since <= minutes;
    }

    /// <summary>Most hours of the shift inside the night, over its possible starts.</summary>
    private static double NightHours(SampleShiftTemplate template, SampleRule rule)
    {
        var (from, to) = (rule.Parameters["nightFromHour"] * 60, rule.Parameters["nightToHour"] * 60);
        var (first, last) = (template.EarliestStart.Hour * 60 + template.EarliestStart.Minute, template.LatestStart.Hour * 60 + template.LatestStart.Minute);
        return Enumerable.Range(first, last - first + 1).Max(start => new[] { 0, 1440 }
            .Sum(day => Math.Max(0, Math.Min(start + template.LengthMinutes, day + to) - Math.Max(start, day + from)))) / 60;
    }
}
