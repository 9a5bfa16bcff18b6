using Wfm.Scheduling.Repair;

namespace Wfm.Scheduling.Crises;

/// <summary>What all hubs do together.</summary>
/// <param name="Hubs">In the order given.</param>
/// <param name="Surges">In the order given.</param>
/// <param name="Rounds">Rounds in which shares were asked for.</param>
public sealed record JointPlan(IReadOnlyList<HubPlan> Hubs, IReadOnlyList<SurgeCover> Surges, int Rounds)
{
    /// <summary>People whose published days change.</summary>
    public int PeopleChanged => Hubs.Sum(h => h.Repair.PeopleChanged);

    /// <summary>Head-hours of all surges that nobody does.</summary>
    public double UnmetHours => Surges.Sum(s => s.UnmetHours);
}

/// <summary>What one hub does.</summary>
/// <param name="Code">Code of the hub.</param>
/// <param name="Repair">Its roster and every change of it; its demand has the hub's share in it.</param>
/// <param name="Shares">[surge][interval]: heads of it that the hub does.</param>
/// <param name="Lent">Groups of its own demand that miss more, or less, than they did.</param>
public sealed record HubPlan(string Code, RepairResult Repair, IReadOnlyList<double[]> Shares, IReadOnlyList<LentWork> Lent);

/// <summary>What helping costs a group at a hub.</summary>
/// <param name="Group">The group.</param>
/// <param name="MissingBefore">Head-hours of its own demand that were missing as published, interval by interval.</param>
/// <param name="MissingAfter">The same as planned.</param>
public sealed record LentWork(string Group, double MissingBefore, double MissingAfter);

/// <summary>How far a surge is met.</summary>
/// <param name="Group">The group.</param>
/// <param name="Hub">The only hub that may do it; <see langword="null"/> for every hub.</param>
/// <param name="Hours">Head-hours of it.</param>
/// <param name="UnmetBefore">Head-hours that nobody would do if nothing changed: what people to spare on the group leave over.</param>
/// <param name="UnmetHours">Head-hours that nobody does as planned.</param>
/// <param name="Unmet">Heads missing per interval as planned.</param>
public sealed record SurgeCover(string Group, string? Hub, double Hours, double UnmetBefore, double UnmetHours, double[] Unmet);
