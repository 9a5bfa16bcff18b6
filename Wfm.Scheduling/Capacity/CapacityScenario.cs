namespace Wfm.Scheduling.Capacity;

/// <summary>Everything a capacity plan follows from. Checked once: an instance is a proof. A what-if is a copy with one thing changed.</summary>
public sealed record CapacityScenario
{
    /// <summary>Checks lengths and ranges.</summary>
    /// <param name="Name">Shown in results, not empty.</param>
    /// <param name="Requirement">Required FTE for 1 to 104 weeks.</param>
    /// <param name="Cohorts">People there and people to come; each starts within the horizon.</param>
    /// <param name="Attrition">Hazard of leaving by tenure.</param>
    /// <param name="Learning">Output by week after training.</param>
    /// <param name="TrainingWeeks">Weeks from hire without output, 0 to 104.</param>
    /// <param name="LeaveShare">Share of trained people on leave per week, in [0, 1]; null for none.</param>
    /// <param name="OvertimeShare">Most overtime per week, as a share of the regular FTE, in [0, 1]; null for none.</param>
    /// <param name="TransfersOut">People who go to other teams; null for none.</param>
    /// <exception cref="ArgumentException">Unequal lengths or a value outside its range; the parameter's name carries the index, as in
    /// <c>Cohorts[2].StartWeek</c>.</exception>
    public CapacityScenario(
        string Name, CapacityRequirement Requirement, IReadOnlyList<Cohort> Cohorts, AttritionCurve Attrition, LearningCurve Learning, int TrainingWeeks,
        double[]? LeaveShare = null, double[]? OvertimeShare = null, IReadOnlyList<TransferOut>? TransfersOut = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        ArgumentNullException.ThrowIfNull(Requirement);
        ArgumentNullException.ThrowIfNull(Cohorts);
        ArgumentNullException.ThrowIfNull(Attrition);
        ArgumentNullException.ThrowIfNull(Learning);
        (this.Name, this.Requirement, this.Attrition, this.Learning) = (Name, Requirement, Attrition, Learning);
        this.TrainingWeeks = CapacityGuard.Within(TrainingWeeks, 0, CapacityGuard.LongestHorizon, nameof(TrainingWeeks));
        this.LeaveShare = CapacityGuard.Weekly(LeaveShare, Requirement.Weeks, nameof(LeaveShare));
        this.OvertimeShare = CapacityGuard.Weekly(OvertimeShare, Requirement.Weeks, nameof(OvertimeShare));
        this.Cohorts = [.. Cohorts];
        this.TransfersOut = [.. TransfersOut ?? []];
        for (var c = 0; c < this.Cohorts.Count; c++)
        {
            ArgumentNullException.ThrowIfNull(this.Cohorts[c], $"{nameof(Cohorts)}[{c}]");
            CapacityGuard.Within(this.Cohorts[c].StartWeek, 0, Requirement.Weeks - 1, $"{nameof(Cohorts)}[{c}].{nameof(Cohort.StartWeek)}");
        }
        for (var t = 0; t < this.TransfersOut.Count; t++) Check(this.TransfersOut[t], $"{nameof(TransfersOut)}[{t}]");
    }

    /// <summary>Shown in results.</summary>
    public string Name { get; }

    /// <summary>Required FTE.</summary>
    public CapacityRequirement Requirement { get; }

    /// <summary>People there and people to come.</summary>
    public IReadOnlyList<Cohort> Cohorts { get; }

    /// <summary>Hazard of leaving by tenure.</summary>
    public AttritionCurve Attrition { get; }

    /// <summary>Output by week after training.</summary>
    public LearningCurve Learning { get; }

    /// <summary>Weeks from hire without output.</summary>
    public int TrainingWeeks { get; }

    /// <summary>Share of trained people on leave per week.</summary>
    public double[] LeaveShare { get; }

    /// <summary>Most overtime per week, as a share of the regular FTE.</summary>
    public double[] OvertimeShare { get; }

    /// <summary>People who go to other teams.</summary>
    public IReadOnlyList<TransferOut> TransfersOut { get; }

    /// <summary>Weeks of the plan.</summary>
    public int Weeks => Requirement.Weeks;

    /// <summary>A what-if: the same scenario with the stated parts replaced.</summary>
    /// <param name="name">Name of the copy, not empty.</param>
    /// <param name="requirement">Another requirement, null to keep it; of the same number of weeks unless leave and overtime are replaced too.</param>
    /// <param name="cohorts">Other cohorts, null to keep them.</param>
    /// <param name="attrition">Another attrition, null to keep it.</param>
    /// <param name="learning">Another learning curve, null to keep it.</param>
    /// <param name="trainingWeeks">Other training weeks, null to keep them.</param>
    /// <param name="leaveShare">Other leave, null to keep it.</param>
    /// <param name="overtimeShare">Other overtime limits, null to keep them.</param>
    /// <param name="transfersOut">Other transfers out, null to keep them.</param>
    /// <returns>A checked copy.</returns>
    /// <exception cref="ArgumentException">As in the constructor.</exception>
    public CapacityScenario With(
        string name, CapacityRequirement? requirement = null, IReadOnlyList<Cohort>? cohorts = null, AttritionCurve? attrition = null,
        LearningCurve? learning = null, int? trainingWeeks = null, double[]? leaveShare = null, double[]? overtimeShare = null,
        IReadOnlyList<TransferOut>? transfersOut = null) =>
        new(
            name, requirement ?? Requirement, cohorts ?? Cohorts, attrition ?? Attrition, learning ?? Learning, trainingWeeks ?? TrainingWeeks,
            leaveShare ?? LeaveShare, overtimeShare ?? OvertimeShare, transfersOut ?? TransfersOut);

    private void Check(TransferOut transfer, string name)
    {
        ArgumentNullException.ThrowIfNull(transfer, name);
        CapacityGuard.Within(transfer.Cohort, 0, Cohorts.Count - 1, $"{name}.{nameof(TransferOut.Cohort)}");
        CapacityGuard.Within(transfer.Week, Cohorts[transfer.Cohort].StartWeek + 1, Weeks - 1, $"{name}.{nameof(TransferOut.Week)}");
        CapacityGuard.Within(transfer.Heads, 0, CapacityGuard.MostHeads, $"{name}.{nameof(TransferOut.Heads)}");
    }
}
