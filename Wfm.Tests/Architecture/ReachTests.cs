using System.Reflection;

namespace Wfm.Tests.Architecture;

/// <summary>Everything in the libraries serves the product: what only tests or benchmarks call is wired or deleted.</summary>
public sealed class ReachTests
{
    /// <summary>
    /// Doors for one case to what the product reaches for many at once, so that it can be checked by hand, by an oracle or by simulation.
    /// </summary>
    private static readonly string[] Doors =
    [
        "Wfm.Scheduling.Staffing.ModifiedOfferedLoad", // of one path; the product spreads the load of all of them
        "Wfm.Scheduling.Simulation.ServiceSimulator", // of one scenario; the product simulates one a roster, with its absences
        "Wfm.Scheduling.Staffing.ImmediateStaffing.Require", // of one path
        "Wfm.Scheduling.Staffing.ShortClock.InTime", // of one queue; the product staffs the queues of a group together
        "Wfm.Scheduling.Staffing.ShortClock.RequiredAgents",
        "Wfm.Scheduling.Simulation.Estimate.Covers",
        "Wfm.Scheduling.Editing.RosterDocument.Violations", // all of a roster; the product asks what an edit makes worse
        "Wfm.Scheduling.Editing.RosterDocument.Broken",
        "Wfm.Scheduling.Repair.RosterSide.Of",
    ];

    private static readonly Lazy<Reach> FromTheApi = new(() => new Reach(Assembly.Load("Wfm.Api"), Repository.Libraries.Select(Assembly.Load)));

    [Test]
    public void Types_OfTheLibraries_AreReachedFromTheApi() => FromTheApi.Value.UnreachedTypes.Select(t => t.FullName).Except(Doors).Should().BeEmpty();

    [Test]
    public void Methods_OfTheLibraries_AreReachedFromTheApi() =>
        FromTheApi.Value.UnreachedMethods.Select(m => $"{m.DeclaringType}.{m.Name}").Except(Doors).Should().BeEmpty();

    [Test]
    public void Doors_AreNeededStill() => FromTheApi.Value.UnreachedTypes.Select(t => t.FullName!)
        .Concat(FromTheApi.Value.UnreachedMethods.Select(m => $"{m.DeclaringType}.{m.Name}")).Should().Contain(Doors);
}
