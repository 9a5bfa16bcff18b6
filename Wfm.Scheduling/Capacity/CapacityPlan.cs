using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Capacity;

/// <summary>One week of a plan in expectation, as a waterfall: every line follows from the ones above it.</summary>
/// <param name="Week">0 is the first week.</param>
/// <param name="TraineesAtStart">People in training at the end of the week before (in week 0: at the start of the plan).</param>
/// <param name="Hired">People who start in training: hires, and transfers in who train first.</param>
/// <param name="TraineeAttrition">Of these, people who left.</param>
/// <param name="TraineesTransferredOut">Of these, people who went to another team.</param>
/// <param name="Graduates">People whose training is over: out of the trainees, into the trained.</param>
/// <param name="Trainees">TraineesAtStart + Hired − TraineeAttrition − TraineesTransferredOut − Graduates.</param>
/// <param name="TrainedAtStart">Trained people at the end of the week before.</param>
/// <param name="TrainedAttrition">Of these, people who left.</param>
/// <param name="TransferredIn">Trained people who came from another team.</param>
/// <param name="TrainedTransferredOut">Trained people who went to another team.</param>
/// <param name="Trained">TrainedAtStart − TrainedAttrition + Graduates + TransferredIn − TrainedTransferredOut.</param>
/// <param name="RampLoss">FTE that new people do not yet do.</param>
/// <param name="Leave">FTE on leave, of Trained − RampLoss.</param>
/// <param name="RegularFte">Trained − RampLoss − Leave.</param>
/// <param name="OvertimeFte">Overtime that is needed, up to the limit.</param>
/// <param name="AvailableFte">RegularFte + OvertimeFte.</param>
/// <param name="RequiredFte">Mean requirement.</param>
/// <param name="Gap">RequiredFte − AvailableFte: more than 0 is a shortage.</param>
public sealed record CapacityWeek(
    int Week, double TraineesAtStart, double Hired, double TraineeAttrition, double TraineesTransferredOut, double Graduates, double Trainees,
    double TrainedAtStart, double TrainedAttrition, double TransferredIn, double TrainedTransferredOut, double Trained, double RampLoss, double Leave,
    double RegularFte, double OvertimeFte, double AvailableFte, double RequiredFte, double Gap);

/// <summary>One week of a plan over the paths of attrition and requirement.</summary>
/// <param name="ProbabilityCovered">P(gap ≤ 0), overtime up to its limit included.</param>
/// <param name="MeanRegularFte">Mean of the regular FTE.</param>
/// <param name="RegularFteP10">The regular FTE that one path in ten stays at or below.</param>
/// <param name="RegularFteP50">The median.</param>
/// <param name="RegularFteP90">The regular FTE that nine paths in ten stay at or below.</param>
/// <param name="GapP90">The gap after overtime that nine paths in ten stay at or below.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CapacityRisk(
    double ProbabilityCovered, double MeanRegularFte, double RegularFteP10, double RegularFteP50, double RegularFteP90, double GapP90);

/// <summary>A capacity plan.</summary>
/// <param name="Scenario">What it follows from.</param>
/// <param name="Weeks">Expectation, week by week.</param>
/// <param name="Risk">Over the paths, week by week.</param>
public sealed record CapacityPlan(CapacityScenario Scenario, IReadOnlyList<CapacityWeek> Weeks, IReadOnlyList<CapacityRisk> Risk);
