using System.Text.Json;
using NodaTime;
using Wfm.Api.Features.Hubs;
using Wfm.Api.Features.Requirements;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Features.Rosters;

/// <summary>The solver's result as stored rows.</summary>
internal static class RosterRows
{
    public static Roster From(
        Hub hub, LocalDate start, RosterArguments arguments, RequirementRun requirement, RosterProblem problem, RosterResult result,
        Dictionary<string, Guid> agents, int revision, Guid jobId, Instant now)
    {
        var summary = Summarise(problem, result);
        var roster = new Roster
        {
            HubId = hub.Id,
            Start = start,
            Days = arguments.Days,
            Revision = revision,
            RequirementRunId = requirement.Id,
            RiskLevel = arguments.RiskLevel,
            Seed = arguments.Seed,
            MaximumMoves = arguments.MaximumMoves,
            IntervalMinutes = (int)problem.Interval.TotalMinutes,
            Summary = summary,
            CreatedAt = now,
            JobId = jobId,
        };
        roster.Violations.AddRange(result.Violations.Select(v => new RosterViolation(v.Rule, v.AgentId, v.From, v.To, v.Amount, $"{v.Message} ({v.Source})", Hard: v.Rule is not ("contract-minimum-hours" or "minimum-period-hours"))));
        roster.Uncovered.AddRange(result.Uncovered.Select(u => new UncoveredRun(
            u.Group, u.Start, u.End, u.HeadHours, u.DeepestGap, u.At, [.. u.Reasons.Select(r => new BlockedReason(JsonNamingPolicy.CamelCase.ConvertName(r.Reason.ToString()), r.Rule, r.Agents, r.Message))])));
        roster.Shifts.AddRange(result.Shifts.Select(s => ToRow(s, roster.Id, agents[s.AgentId])));
        roster.Coverage.AddRange(result.Coverage.Select(c => new GroupCoverage
        {
            RosterId = roster.Id,
            Group = c.Group,
            Start = problem.Origin,
            Required = c.Required,
            Scheduled = c.Scheduled,
        }));
        return roster;
    }

    internal static RosterSummary Summarise(RosterProblem problem, RosterResult result)
    {
        var hours = problem.Interval.TotalHours;
        var (required, scheduled, under, over) = (0.0, 0.0, 0.0, 0.0);
        foreach (var line in result.Coverage)
        {
            for (var i = 0; i < line.Required.Length; i++)
            {
                required += line.Required[i] * hours;
                scheduled += line.Scheduled[i] * hours;
                under += Math.Max(0, line.Required[i] - line.Scheduled[i]) * hours;
                over += Math.Max(0, line.Scheduled[i] - line.Required[i]) * hours;
            }
        }

        return new RosterSummary
        {
            Agents = problem.Agents.Count,
            Shifts = result.Shifts.Count,
            RequiredHours = required,
            ScheduledHours = scheduled,
            UnderHours = under,
            OverHours = over,
            Coverage = required > 0 ? 1 - (under / required) : 1,
            PaidHours = result.Shifts.Sum(s => s.Paid.TotalHours),
            Penalty = result.Score.Total,
            Costs = RosterCosts.From(result.Score),
            Moves = result.Moves,
            StopReason = JsonNamingPolicy.CamelCase.ConvertName(result.StopReason.ToString()),
        };
    }

    private static Shift ToRow(RosterShift shift, Guid rosterId, Guid agentId) => new()
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
