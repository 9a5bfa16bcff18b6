using System.Globalization;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Wellbeing;

/// <summary>A limit on harmful content, and the policies in which it is loosened by a step, or taken away.</summary>
/// <param name="Rule">The limit.</param>
/// <param name="Loosened">What it would say then, in numbers; <see langword="null"/> when one step less is no limit any more.</param>
/// <param name="WithLoosened">The policy in which it does.</param>
/// <param name="Without">The policy without it.</param>
public sealed record LimitChange(LabourRule Rule, string? Loosened, LabourPolicy? WithLoosened, LabourPolicy Without);

/// <summary>What the price of limits is asked of: every limit in turn, the others as they are.</summary>
public static class LimitChanges
{
    private const double Step = 0.15;

    private static readonly Dictionary<RuleKind, (string Parameter, Func<double, double> Loosened)> Steps = new()
    {
        [MaximumExposure.Definition] = ("minutes", More),
        [ExposureRamp.Definition] = ("minutes", More),
        [MaximumContinuousWork.Definition] = ("minutes", More),
        [NoExposureAtEnd.Definition] = ("minutes", Less),
        [ExposureCooldown.Definition] = ("minutes", Less),
        [MaximumConsecutiveExposureDays.Definition] = ("days", days => days + 1),
        [PeopleTogether.Definition] = ("people", people => people - 1),
    };

    /// <summary>The limits of a policy in its order.</summary>
    /// <param name="policy">The rules of a problem.</param>
    /// <remarks>A step is 15 % of minutes, rounded to whole minutes, one day, or one person.</remarks>
    public static IReadOnlyList<LimitChange> Of(LabourPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return [.. policy.Rules.Where(r => ExposureLimits.IsLimit(r) || r.Kind == PeopleTogether.Definition).Select(r => Change(policy, r))];
    }

    /// <summary>The numbers of a rule in one line, such as <c>minutes 240, days 1</c>.</summary>
    public static string Numbers(RuleParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return string.Join(", ", parameters.Names.Select(n => string.Create(CultureInfo.InvariantCulture, $"{n} {parameters[n]:0.##}")));
    }

    private static LimitChange Change(LabourPolicy policy, LabourRule rule)
    {
        var (name, step) = Steps[rule.Kind];
        var parameters = rule.Parameters.With(name, step(rule.Parameters[name]));
        var without = With(policy, rule, null);
        if (rule.Kind.Findings(parameters).Any()) return new LimitChange(rule, null, null, without);
        var loosened = new LabourRule(rule.Kind, parameters, rule.Source, rule.AsOf, rule.Text, rule.ValidFrom, rule.ValidTo, rule.Authority);
        return new LimitChange(rule, Numbers(parameters), With(policy, rule, loosened), without);
    }

    private static LabourPolicy With(LabourPolicy policy, LabourRule rule, LabourRule? instead) => new(
        policy.Code, policy.ValidFrom, [.. policy.Rules.Select(r => ReferenceEquals(r, rule) ? instead : r).OfType<LabourRule>()])
    {
        FirstDayOfWeek = policy.FirstDayOfWeek,
        WeekendDays = policy.WeekendDays,
        ExposureBasis = policy.ExposureBasis,
        SegmentedShifts = policy.SegmentedShifts,
    };

    private static double More(double minutes) => Math.Max(minutes + 1, Math.Round(minutes * (1 + Step)));

    private static double Less(double minutes) => Math.Min(minutes - 1, Math.Round(minutes * (1 - Step)));
}
