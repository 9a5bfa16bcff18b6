using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Repair;

/// <summary>One of two rosters that are compared.</summary>
/// <param name="Zone">Time zone of the hub.</param>
/// <param name="Start">First local date.</param>
/// <param name="Days">Local dates in the period.</param>
/// <param name="Shifts">The shifts, one per agent and date at most.</param>
/// <param name="Coverage">How well they cover the demand they were made for.</param>
/// <param name="Score">Cost in parts; <see langword="null"/> when it was not kept.</param>
/// <param name="Violations">Breaches that could not be avoided, and minima that stay unmet.</param>
public sealed record RosterSide(
    DateTimeZone Zone, LocalDate Start, int Days, IReadOnlyList<RosterShift> Shifts, CoverageFigures Coverage, RosterScore? Score, int Violations)
{
    /// <summary>The side of a result.</summary>
    /// <param name="problem">The problem it solves.</param>
    /// <param name="result">The result.</param>
    public static RosterSide Of(RosterProblem problem, RosterResult result)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(result);
        var coverage = CoverageFigures.Of(problem, result.Coverage, result.Deferrable);
        return new RosterSide(problem.Zone, problem.Start, problem.Days, result.Shifts, coverage, result.Score, result.Violations.Count);
    }
}

/// <summary>Figures of one side of a comparison.</summary>
/// <param name="Shifts">Shifts.</param>
/// <param name="PaidHours">Hours paid.</param>
/// <param name="Coverage">How well the demand is covered.</param>
/// <param name="Score">Cost in parts; <see langword="null"/> when it was not kept.</param>
/// <param name="Fairness">How nights and weekends are shared.</param>
/// <param name="Violations">Breaches and unmet minima.</param>
public sealed record RosterFigures(int Shifts, double PaidHours, CoverageFigures Coverage, RosterScore? Score, FairnessFigures Fairness, int Violations);

/// <summary>A day of an agent on which two rosters differ.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Date">The local date.</param>
/// <param name="From">The shift of the first roster; <see langword="null"/> for a day off.</param>
/// <param name="To">The shift of the second roster; <see langword="null"/> for a day off.</param>
/// <param name="Kind">What the person would have to get used to.</param>
public sealed record ShiftDifference(string AgentId, LocalDate Date, RosterShift? From, RosterShift? To, ShiftChangeKind Kind);

/// <summary>Two rosters of one hub and period side by side.</summary>
/// <param name="First">Figures of the first.</param>
/// <param name="Second">Figures of the second.</param>
/// <param name="Changes">Days on which they differ, by agent id and date.</param>
public sealed record RosterComparison(RosterFigures First, RosterFigures Second, IReadOnlyList<ShiftDifference> Changes)
{
    /// <summary>People with at least one day that differs.</summary>
    public int PeopleChanged => Changes.Select(c => c.AgentId).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Compares two rosters.</summary>
    /// <param name="first">The one that is there.</param>
    /// <param name="second">The one that would take its place.</param>
    /// <exception cref="SchedulingDataException">They are not of the same zone and period, or one has two shifts of an agent on a date.</exception>
    public static RosterComparison Of(RosterSide first, RosterSide second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Zone.Id != second.Zone.Id || first.Start != second.Start || first.Days != second.Days)
        {
            throw new SchedulingDataException($"The rosters cannot be compared: one covers {first.Days} days from {first.Start} in {first.Zone.Id}, "
                + $"the other {second.Days} days from {second.Start} in {second.Zone.Id}.");
        }

        return new RosterComparison(Figures(first), Figures(second), Differences(first.Shifts, second.Shifts));
    }

    private static RosterFigures Figures(RosterSide side) => new(side.Shifts.Count, side.Shifts.Sum(s => s.Paid.TotalHours), side.Coverage, side.Score,
        FairnessFigures.Of(side.Shifts, side.Zone, RosterObjective.Default), side.Violations);

    private static List<ShiftDifference> Differences(IReadOnlyList<RosterShift> first, IReadOnlyList<RosterShift> second)
    {
        var (was, now) = (ByDay(first), ByDay(second));
        return [.. was.Keys.Union(now.Keys).OrderBy(k => k.AgentId, StringComparer.Ordinal).ThenBy(k => k.Date)
            .Select(k => (Key: k, From: was.GetValueOrDefault(k), To: now.GetValueOrDefault(k))).Where(d => !Same(d.From, d.To))
            .Select(d => new ShiftDifference(d.Key.AgentId, d.Key.Date, d.From, d.To, ShiftChangeKinds.Of(d.From, d.To)))];
    }

    private static Dictionary<(string AgentId, LocalDate Date), RosterShift> ByDay(IReadOnlyList<RosterShift> shifts)
    {
        var byDay = new Dictionary<(string, LocalDate), RosterShift>();
        foreach (var shift in shifts)
        {
            if (!byDay.TryAdd((shift.AgentId, shift.Date), shift))
            {
                throw new SchedulingDataException($"A roster has two shifts of agent '{shift.AgentId}' on {shift.Date}.");
            }
        }

        return byDay;
    }

    private static bool Same(RosterShift? a, RosterShift? b) => a is not null && b is not null && a.Start == b.Start && a.End == b.End
        && a.Template == b.Template && a.Activities.SequenceEqual(b.Activities);
}
