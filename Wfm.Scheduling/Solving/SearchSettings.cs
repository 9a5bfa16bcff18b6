namespace Wfm.Scheduling.Solving;

/// <summary>The constants of the search, in multiples of what a missing shift costs on average.</summary>
/// <remarks>
/// Found by trial on made-up hubs and on the instances of Curtois &amp; Qu: with temperatures measured in shifts both want the same. Where
/// rules ask for minimum runs or hours the legal space is torn into islands, and a search that may step over a cap at a price finds more.
/// </remarks>
/// <param name="Hot">Temperature at the start.</param>
/// <param name="Cold">Temperature at the end.</param>
/// <param name="Floor">Price of a day missing to a minimum run or of a shift missing to a period minimum.</param>
/// <param name="Cap">Price of a unit of a broken cap; infinite keeps the search inside the caps.</param>
internal sealed record SearchSettings(double Hot, double Cold, double Floor, double Cap)
{
    public static SearchSettings For(CompiledProblem compiled) =>
        new(Hot: 0.28, Cold: 0.003, Floor: 2, Cap: Array.Exists(compiled.RuleSets, r => r.Floors.Length > 0) ? 2 : double.PositiveInfinity);
}
