using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Setup.LabourPolicies;

/// <summary>A labour policy as it is in force from a date; the code is shared by its versions.</summary>
public sealed class LabourPolicyVersion : VersionedEntity
{
    public required string Name { get; set; }
    public string? Country { get; set; }

    /// <summary>Whom it binds and how it was read, in words.</summary>
    public string? Note { get; set; }
    public LocalDate ValidFrom { get; init; }
    /// <summary>The day on which a week begins.</summary>
    public IsoDayOfWeek FirstDayOfWeek { get; set; } = IsoDayOfWeek.Monday;
    /// <summary>The days of a weekend, in order.</summary>
    public List<IsoDayOfWeek> WeekendDays { get; set; } = [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday];
    /// <summary>How limits on exposure count a minute on a group of several classes.</summary>
    public ExposureBasis ExposureBasis { get; set; }
    /// <summary>When the blocks of a shift may serve two skill groups.</summary>
    public SegmentedShifts SegmentedShifts { get; set; }
    public List<LabourRuleData> Rules { get; set; } = [];

    /// <summary>What the law asks and no rule checks.</summary>
    public List<LabourGapData> NotExpressed { get; set; } = [];
}

/// <summary>One rule as data, with its source.</summary>
/// <param name="Kind">Which rule, e.g. <c>minimumDailyRest</c>; GET /api/v1/labour-rule-kinds lists them.</param>
/// <param name="Parameters">Named numbers with the unit in the name, e.g. <c>hours</c>.</param>
/// <param name="Text">The rule in words, shown beside a violation.</param>
/// <param name="Source">Where it comes from: law and article, or who decided it.</param>
/// <param name="AsOf">Date on which the source was read.</param>
/// <param name="ValidFrom">First local date the rule is in force, when it is not that of the policy.</param>
/// <param name="ValidTo">Last local date the rule is in force; absent for no end.</param>
/// <param name="Authority">Whose rule it is: <c>statute</c> (when left out), <c>agreement</c>, <c>organisation</c> or <c>wellbeing</c>. Only one of the
/// organisation can be waived, and only while a crisis is declared.</param>
public sealed record LabourRuleData(
    string Kind, Dictionary<string, double> Parameters, string Text, string Source, LocalDate AsOf, LocalDate? ValidFrom = null, LocalDate? ValidTo = null,
    RuleAuthority Authority = RuleAuthority.Statute);

/// <summary>What a statute asks and no rule checks.</summary>
/// <param name="Text">What it asks, and why no rule says so.</param>
/// <param name="Source">Where it comes from: law and article.</param>
public sealed record LabourGapData(string Text, string Source);
