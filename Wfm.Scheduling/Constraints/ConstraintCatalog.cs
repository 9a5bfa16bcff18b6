using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>The kinds of rule there are. A new one is its file and its line here.</summary>
public sealed class ConstraintCatalog
{
    private readonly Dictionary<string, RuleDefinition> _byCode;

    internal ConstraintCatalog(IEnumerable<RuleDefinition> kinds)
    {
        All = [.. kinds];
        _byCode = All.ToDictionary(k => k.Code, StringComparer.Ordinal);
    }

    /// <summary>Every kind, in the order in which the search asks: what is cheap and often says no comes first.</summary>
    public static ConstraintCatalog Known { get; } = new(
    [
        MaximumDailyHours.Definition,
        MaximumSpread.Definition,
        BreakAfter.Definition,
        MaximumContinuousWork.Definition,
        MaximumNightHours.Definition,
        NoExposureAtEnd.Definition,
        ExposureCooldown.Definition,
        ForbiddenSuccession.Definition,
        MinimumDailyRest.Definition,
        MaximumWeeklyHours.Definition,
        MinimumDaysOff.Definition,
        MaximumConsecutiveDays.Definition,
        MinimumWeeklyRest.Definition,
        MaximumConsecutiveNights.Definition,
        RestAfterNights.Definition,
        MaximumExposure.Definition,
        ExposureRamp.Definition,
        MaximumConsecutiveExposureDays.Definition,
        MaximumAverageWeeklyHours.Definition,
        MaximumWeekends.Definition,
        MaximumShifts.Definition,
        MaximumPeriodHours.Definition,
        MinimumConsecutiveDays.Definition,
        MinimumConsecutiveDaysOff.Definition,
        MinimumPeriodHours.Definition,
        PeopleTogether.Definition,
        NoticeOfChange.Definition,
    ]);

    /// <summary>The kinds.</summary>
    public IReadOnlyList<RuleDefinition> All { get; }

    /// <summary>The kind of a name, <see langword="null"/> when there is none.</summary>
    /// <param name="code">Its name, such as <c>minimumDailyRest</c>.</param>
    public RuleDefinition? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>A rule of a kind.</summary>
    /// <param name="code">Name of the kind.</param>
    /// <param name="parameters">Its numbers.</param>
    /// <param name="source">Where the rule comes from.</param>
    /// <param name="asOf">Date on which the source was read.</param>
    /// <param name="text">The rule in words.</param>
    /// <param name="validFrom">First local date in force; <see langword="null"/> for that of the policy.</param>
    /// <param name="validTo">Last local date in force; <see langword="null"/> for no end.</param>
    /// <param name="authority">Whose rule it is.</param>
    /// <exception cref="SchedulingDataException">There is no such kind, or its parameters do not serve.</exception>
    public LabourRule Rule(
        string code, RuleParameters parameters, string source, LocalDate asOf, string text, LocalDate? validFrom = null, LocalDate? validTo = null,
        RuleAuthority authority = RuleAuthority.Statute) =>
        new(Find(code) ?? throw new SchedulingDataException($"There is no rule '{code}'; there are {string.Join(", ", All.Select(k => k.Code))}."),
            parameters, source, asOf, text, validFrom, validTo, authority);

    /// <summary>Days before a period that some rules have to know, and as many after it: what looks back from the first day looks ahead from the
    /// last.</summary>
    /// <param name="rules">The rules; those on rests and weeks that every contract has are always seen to.</param>
    /// <returns>At least 8.</returns>
    public static int DaysAround(IEnumerable<LabourRule> rules) => rules.Select(r => RuleDefinition.Of(r).DaysAround(r.Parameters)).Append(8).Max();

    /// <summary>Where the search asks a rule; those it does not know come first.</summary>
    internal int Order(AgentRule rule)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (ReferenceEquals(All[i], rule.Kind)) return i;
        }

        return -1;
    }
}
