using NodaTime;
using Wfm.Api.Features.Rosters.Edits;

namespace Wfm.Api.Features.Rosters.Rests;

/// <summary>Rest that a person is owed for a rule that was broken under a waiver.</summary>
/// <param name="Id">Identity of the use of the waiver that owes it.</param>
/// <param name="Waiver">Identity of the waiver.</param>
/// <param name="Crisis">Identity of the crisis.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Rule">Code of the rule that was broken.</param>
/// <param name="From">First local day of the breach.</param>
/// <param name="To">Last local day of the breach.</param>
/// <param name="RestHours">Hours owed in one piece, beyond the rest that is due anyway.</param>
/// <param name="RestFrom">From when rest counts: the end of the work that broke the rule.</param>
/// <param name="RestBy">Last local day by which it is given.</param>
/// <param name="State">given, planned, open, missing or overdue.</param>
/// <param name="GivenFrom">Start of the rest that gives it; null where none does.</param>
/// <param name="GivenTo">End of that rest as far as it counts; null where none does.</param>
/// <param name="LongestHours">The most hours beyond what is due anyway that published days give in one piece, and that make up for nothing else; not below
/// zero.</param>
/// <param name="Finding">Rule, numbers, law and source for rest that is missing or overdue; null for other states.</param>
public sealed record OwedRestResponse(
    Guid Id, Guid Waiver, Guid Crisis, string Hub, string Agent, string Rule, LocalDate From, LocalDate To, double RestHours, Instant RestFrom,
    LocalDate RestBy, OwedRestState State, Instant? GivenFrom, Instant? GivenTo, double LongestHours, EditFinding? Finding)
{
    internal static OwedRestResponse Of(OwedRest owed, string hub, DateTimeZone zone) => new(
        owed.Use.Id, owed.Use.WaiverId, owed.Use.CrisisId, hub, owed.Use.Agent!.Code, owed.Use.Rule, owed.Use.From, owed.Use.To, owed.Debt.Due.TotalHours,
        owed.Debt.From, owed.Use.Waiver!.RestBy, owed.State, owed.Paid.Start, owed.Paid.End, owed.Paid.Longest.TotalHours,
        owed.State is OwedRestState.Missing or OwedRestState.Overdue ? EditFinding.Of(owed.Missing(zone)) : null);
}
