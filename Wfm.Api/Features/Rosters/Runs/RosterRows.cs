using System.Text.Json;
using NodaTime;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;

namespace Wfm.Api.Features.Rosters.Runs;

/// <summary>The solver's result as stored rows.</summary>
internal static class RosterRows
{
    /// <param name="agents">Identities by code of the people it was made for; somebody who was deleted meanwhile has none.</param>
    public static Roster From(
        Hub hub, LocalDate start, RosterArguments arguments, RequirementRun requirement, RosterProblem problem, RosterResult result,
        Dictionary<string, Guid> agents, Guid jobId, Instant now)
    {
        result = result with { Shifts = [.. result.Shifts.Where(s => s.Template != KnownShifts.OtherHub)] };
        var roster = new Roster
        {
            HubId = hub.Id,
            Start = start,
            Days = arguments.Days,
            RequirementRunId = requirement.Id,
            RiskLevel = arguments.RiskLevel,
            Seed = arguments.Limits.Seed,
            MaximumMoves = arguments.Limits.MaximumMoves,
            IntervalMinutes = (int)problem.Interval.TotalMinutes,
            Summary = Summary(problem, result),
            CreatedAt = now,
            JobId = jobId,
        };
        roster.Violations.AddRange(ViolationRows.Of(result));
        roster.Uncovered.AddRange(UncoveredRows.Of(result));
        roster.People.AddRange(agents.Values.Select(id => new RosterPerson { RosterId = roster.Id, AgentId = id }));
        roster.Shifts.AddRange(result.Shifts.Where(s => agents.ContainsKey(s.AgentId)).Select(s => ToRow(s, roster.Id, agents[s.AgentId])));
        AddCoverage(roster, problem, result);
        return roster;
    }

    private static void AddCoverage(Roster roster, RosterProblem problem, RosterResult result)
    {
        var deferrable = result.Deferrable.Select(d => d.Group).ToHashSet(StringComparer.Ordinal);
        bool IsOfTheHub(CoverageLine c) => c.Required.Any(h => h > 0) || c.Scheduled.Any(h => h > 0) || deferrable.Contains(c.Group);
        roster.Coverage.AddRange(result.Coverage.Where(IsOfTheHub).Select(c => new GroupCoverage
        {
            RosterId = roster.Id,
            Group = c.Group,
            Start = problem.Origin,
            IntervalMinutes = (int)problem.Interval.TotalMinutes,
            TimeZone = problem.Zone.Id,
            Required = c.Required,
            Scheduled = c.Scheduled,
        }));
        roster.Deadlines.AddRange(result.Deferrable.Select((d, place) => new DeadlineCoverage
        {
            RosterId = roster.Id,
            Group = d.Group,
            Queue = d.Class,
            Place = place,
            Start = problem.Origin,
            IntervalMinutes = (int)problem.Interval.TotalMinutes,
            TimeZone = problem.Zone.Id,
            DueHours = d.DueHours,
            ArrivedHours = d.ArrivedHours,
            WorkedHours = d.WorkedHours,
            LateHours = d.LateHours,
            UndoneHours = d.UndoneHours,
            FirstLate = d.FirstLate,
        }));
    }

    /// <summary>What an edited roster shows: its figures, what it cannot keep and its coverage. The bound stays, and what the search did.</summary>
    public static Roster Edited(Roster roster, RosterProblem problem, RosterResult result)
    {
        result = result with { Shifts = [.. result.Shifts.Where(s => s.Template != KnownShifts.OtherHub)] };
        var edited = new Roster
        {
            Id = roster.Id,
            Summary = Summary(problem, result) with
            {
                LowerBound = roster.Summary.LowerBound,
                Moves = roster.Summary.Moves,
                StopReason = roster.Summary.StopReason,
            },
        };
        edited.Violations.AddRange(ViolationRows.Of(result));
        AddCoverage(edited, problem, result);
        return edited;
    }

    private static RosterSummary Summary(RosterProblem problem, RosterResult result)
    {
        var card = Scorecard.Of(problem, result);
        return new RosterSummary
        {
            Agents = card.Agents,
            Shifts = card.Shifts,
            RequiredHours = card.Coverage.RequiredHours,
            ScheduledHours = card.ScheduledHours,
            UnderHours = card.Coverage.MissingHours,
            OverHours = card.Coverage.SurplusHours,
            Coverage = card.Coverage.Coverage,
            DueHours = card.DueHours,
            LateHours = card.LateHours,
            UndoneHours = card.UndoneHours,
            FirstLate = card.FirstLate,
            PaidHours = card.PaidHours,
            Penalty = card.Cost,
            Costs = RosterCosts.From(result.Score),
            LowerBound = card.Bound,
            Ergonomics = card.Ergonomics,
            ExposureBasis = problem.Policy.ExposureBasis,
            Moves = result.Moves,
            StopReason = JsonNamingPolicy.CamelCase.ConvertName(result.StopReason.ToString()),
        };
    }

    public static Shift ToRow(RosterShift shift, Guid rosterId, Guid agentId) => new()
    {
        RosterId = rosterId,
        AgentId = agentId,
        Date = shift.Date,
        Template = shift.Template,
        Start = shift.Start,
        End = shift.End,
        PaidMinutes = (int)shift.Paid.TotalMinutes,
        Activities = [.. shift.Activities.Select(a => new ShiftActivityData(a.Kind, a.Group, a.Start, a.End))],
    };
}
