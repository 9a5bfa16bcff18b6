using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Fairness;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.People.Fairness;

/// <summary>Who is compared with whom.</summary>
public enum EqualsBy
{
    /// <summary>People of the hub with the same contract and the same skills.</summary>
    ContractAndSkills,

    /// <summary>With the same contract.</summary>
    Contract,

    /// <summary>With the same skills.</summary>
    Skills,

    /// <summary>Everybody of the hub.</summary>
    Hub,
}

/// <summary>What somebody carried.</summary>
/// <param name="Nights">Night shifts: at least three hours between 23:00 and 06:00.</param>
/// <param name="Weekends">Weekends with a shift on Saturday or Sunday.</param>
/// <param name="Holidays">Public holidays on which a shift started.</param>
/// <param name="LateChanges">Days whose published times were changed within the notice.</param>
/// <param name="RefusedWishes">Days worked that should have been off, or another shift.</param>
/// <param name="RequestsAsked">Requests for leave, swaps and availability made, without those taken back.</param>
/// <param name="RequestsRefused">Those of them that were refused, or that nobody decided in time.</param>
public sealed record BurdenCounts(
    int Nights, int Weekends, int Holidays, int LateChanges, int RefusedWishes, int RequestsAsked, int RequestsRefused)
{
    internal static BurdenCounts From(FairnessLedger ledger) => new(
        ledger.Nights, ledger.Weekends, ledger.Holidays, ledger.LateChanges, ledger.RefusedWishes, ledger.RequestsAsked, ledger.RequestsRefused);
}

/// <summary>By how much somebody carries more than the mean of the equals; below 0 for less.</summary>
/// <param name="Nights">Night shifts.</param>
/// <param name="Weekends">Weekends.</param>
/// <param name="Holidays">Public holidays.</param>
/// <param name="LateChanges">Late changes.</param>
/// <param name="RefusedWishes">Refused wishes.</param>
/// <param name="RequestsAsked">Requests made.</param>
/// <param name="RequestsRefused">Requests refused.</param>
public sealed record BurdenDifferences(
    double Nights, double Weekends, double Holidays, double LateChanges, double RefusedWishes, double RequestsAsked, double RequestsRefused)
{
    internal static BurdenDifferences From(EqualGroup group, CarriedBurdens person)
    {
        double Above(Burden burden) => Math.Round(group.Above(person, burden), 4);
        return new BurdenDifferences(
            Above(Burden.Nights), Above(Burden.Weekends), Above(Burden.Holidays), Above(Burden.LateChanges), Above(Burden.RefusedWishes),
            Above(Burden.RequestsAsked), Above(Burden.RequestsRefused));
    }
}

/// <summary>How each burden is shared inside a group of equals.</summary>
/// <param name="Nights">Night shifts.</param>
/// <param name="Weekends">Weekends.</param>
/// <param name="Holidays">Public holidays.</param>
/// <param name="LateChanges">Late changes.</param>
/// <param name="RefusedWishes">Refused wishes.</param>
/// <param name="RequestsAsked">Requests made.</param>
/// <param name="RequestsRefused">Requests refused.</param>
public sealed record BurdenSpreads(
    BurdenSpread Nights, BurdenSpread Weekends, BurdenSpread Holidays, BurdenSpread LateChanges, BurdenSpread RefusedWishes, BurdenSpread RequestsAsked,
    BurdenSpread RequestsRefused)
{
    internal static BurdenSpreads From(EqualGroup group) => new(
        Rounded(group, Burden.Nights), Rounded(group, Burden.Weekends), Rounded(group, Burden.Holidays), Rounded(group, Burden.LateChanges),
        Rounded(group, Burden.RefusedWishes), Rounded(group, Burden.RequestsAsked), Rounded(group, Burden.RequestsRefused));

    private static BurdenSpread Rounded(EqualGroup group, Burden burden)
    {
        var spread = group.Spreads[burden];
        return spread with { Mean = Math.Round(spread.Mean, 4), Deviation = Math.Round(spread.Deviation, 4), Gini = Math.Round(spread.Gini, 4) };
    }
}

/// <summary>A group of equals.</summary>
/// <param name="Group">Contract and skills, or what else it is grouped by.</param>
/// <param name="People">People in it.</param>
/// <param name="Before">How they share what they carried in the weeks before.</param>
/// <param name="After">The same with the shifts of the roster asked about; null without one.</param>
public sealed record FairnessGroupResponse(string Group, int People, BurdenSpreads Before, BurdenSpreads? After);

/// <summary>How fairly a hub shares what is hard.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="From">First local day that counts.</param>
/// <param name="Until">First local day that does not count any more.</param>
/// <param name="NoticeDays">Changes later than this before the work count as late; a day has 24 hours.</param>
/// <param name="Notice">The rule of the hub's policies that says so; null where the caller said it, or no policy does.</param>
/// <param name="Roster">The roster asked about; null for none.</param>
/// <param name="Groups">Groups of equals, in order of their names.</param>
public sealed record FairnessResponse(
    string Hub, LocalDate From, LocalDate Until, double NoticeDays, NoticeRuleData? Notice, Guid? Roster, IReadOnlyList<FairnessGroupResponse> Groups);

/// <summary>Where a notice comes from.</summary>
/// <param name="Rule">Code of the rule.</param>
/// <param name="Hours">Hours of notice.</param>
/// <param name="Text">The rule in words.</param>
/// <param name="Source">Law and article, agreement, or the owner of the policy.</param>
/// <param name="Authority">Whose rule it is.</param>
public sealed record NoticeRuleData(string Rule, double Hours, string Text, string Source, RuleAuthority Authority)
{
    internal static NoticeRuleData From(LabourRule rule) =>
        new(rule.Kind.Code, NoticeOfChange.Due(rule).TotalHours, rule.Text, rule.Source, rule.Authority);
}

/// <summary>What a person carries, against the equals.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Group">The group of equals.</param>
/// <param name="People">People in it.</param>
/// <param name="Carried">Over the weeks before.</param>
/// <param name="AboveMean">By how much more than the mean of the equals.</param>
/// <param name="WithRoster">With the shifts of the roster asked about; null without one.</param>
/// <param name="AboveMeanWithRoster">By how much more than the mean of the equals then; null without one.</param>
public sealed record FairnessPersonResponse(
    string Agent, string Group, int People, BurdenCounts Carried, BurdenDifferences AboveMean, BurdenCounts? WithRoster,
    BurdenDifferences? AboveMeanWithRoster);
