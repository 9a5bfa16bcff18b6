using NodaTime;
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
public sealed record BurdenCounts(int Nights, int Weekends, int Holidays, int LateChanges, int RefusedWishes)
{
    internal static BurdenCounts From(FairnessLedger ledger) =>
        new(ledger.Nights, ledger.Weekends, ledger.Holidays, ledger.LateChanges, ledger.RefusedWishes);
}

/// <summary>By how much somebody carries more than the mean of the equals; below 0 for less.</summary>
/// <param name="Nights">Night shifts.</param>
/// <param name="Weekends">Weekends.</param>
/// <param name="Holidays">Public holidays.</param>
/// <param name="LateChanges">Late changes.</param>
/// <param name="RefusedWishes">Refused wishes.</param>
public sealed record BurdenDifferences(double Nights, double Weekends, double Holidays, double LateChanges, double RefusedWishes)
{
    internal static BurdenDifferences From(EqualGroup group, CarriedBurdens person)
    {
        double Above(Burden burden) => Math.Round(group.Above(person, burden), 4);
        return new BurdenDifferences(
            Above(Burden.Nights), Above(Burden.Weekends), Above(Burden.Holidays), Above(Burden.LateChanges), Above(Burden.RefusedWishes));
    }
}

/// <summary>How each burden is shared inside a group of equals.</summary>
/// <param name="Nights">Night shifts.</param>
/// <param name="Weekends">Weekends.</param>
/// <param name="Holidays">Public holidays.</param>
/// <param name="LateChanges">Late changes.</param>
/// <param name="RefusedWishes">Refused wishes.</param>
public sealed record BurdenSpreads(BurdenSpread Nights, BurdenSpread Weekends, BurdenSpread Holidays, BurdenSpread LateChanges, BurdenSpread RefusedWishes)
{
    internal static BurdenSpreads From(EqualGroup group) => new(
        Rounded(group, Burden.Nights), Rounded(group, Burden.Weekends), Rounded(group, Burden.Holidays), Rounded(group, Burden.LateChanges),
        Rounded(group, Burden.RefusedWishes));

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
/// <param name="NoticeDays">Changes later than this before the work count as late.</param>
/// <param name="Roster">The roster asked about; null for none.</param>
/// <param name="Groups">Groups of equals, in order of their names.</param>
public sealed record FairnessResponse(
    string Hub, LocalDate From, LocalDate Until, int NoticeDays, Guid? Roster, IReadOnlyList<FairnessGroupResponse> Groups);

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
