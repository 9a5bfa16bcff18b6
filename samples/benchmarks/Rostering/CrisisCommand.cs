using System.CommandLine;
using System.Diagnostics;
using NodaTime;
using Wfm.Scheduling.Crises;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;

namespace Wfm.Benchmarks.Rostering;

/// <summary><c>crisis</c>: six made-up hubs in six zones with published rosters meet twice the severe work for a day; plans it jointly and prints what that
/// took and changed, next to fresh solves.</summary>
internal static class CrisisCommand
{
    private static readonly string[] Zones =
        ["Europe/Dublin", "Asia/Manila", "America/Chicago", "Asia/Kuala_Lumpur", "America/Sao_Paulo", "Asia/Kolkata"];

    public static Command Create()
    {
        var agents = new Option<int>("--agents") { Description = "Agents of all six hubs.", DefaultValueFactory = _ => 1000 };
        var days = new Option<int>("--days") { Description = "Days of the rosters.", DefaultValueFactory = _ => 4 };
        var hours = new Option<int>("--hours") { Description = "Hours of the crisis.", DefaultValueFactory = _ => 24 };
        var solve = new Option<long>("--solve-moves")
        {
            Description = "Work limit of every published roster and fresh solve.",
            DefaultValueFactory = _ => 2_000_000,
        };
        var moves = new Option<long>("--moves")
        {
            Description = "Work limit of the repair of a hub.",
            DefaultValueFactory = _ => JointPlanOptions.DefaultMoves,
        };
        var threads = new Option<int>("--threads") { Description = "Hubs planned at the same time.", DefaultValueFactory = _ => 2 };
        var seed = new Option<int>("--seed") { Description = "Seed of the searches.", DefaultValueFactory = _ => 1 };
        var command = new Command("crisis", "Plans a crisis over six made-up hubs in six zones, next to fresh solves.")
        {
            agents, days, hours, solve, moves, threads, seed,
        };
        command.SetAction(parse =>
        {
            var limit = new SolveLimits(parse.GetValue(seed), parse.GetValue(solve));
            var (people, length) = (parse.GetValue(agents), parse.GetValue(days));
            var hubs = Zones.Select((zone, i) =>
            {
                var problem = HubProblem.Create((people / Zones.Length) + (i < people % Zones.Length ? 1 : 0), length, 7 + i, zoneId: zone);
                return new SurgeHub(zone, problem, new RosterSolver().Solve(problem, limit).Shifts);
            }).ToArray();
            var from = Instant.Max(hubs[0].Problem.Origin, hubs.Max(h => h.Problem.Origin)) + Duration.FromHours(24);
            SharedSurge[] surges = [Doubled(hubs, "severe", from, parse.GetValue(hours))];
            Console.WriteLine(
                $"{hubs.Sum(h => h.Problem.Agents.Count)} people, {hubs.Sum(h => h.Published.Count)} published shifts, {surges[0].Hours:0} head-hours "
                    + $"of severe work on top from {from} on");

            var watch = Stopwatch.StartNew();
            var plan = JointPlanner.Plan(
                hubs, surges, new JointPlanOptions(from, parse.GetValue(seed), parse.GetValue(moves)) { Threads = parse.GetValue(threads) });
            Print(hubs, plan, watch.Elapsed);
            Fresh(hubs, plan, from, limit);
        });
        return command;
    }

    // As much again as all hubs expect, by the hour.
    private static SharedSurge Doubled(SurgeHub[] hubs, string group, Instant from, int hours)
    {
        var heads = new double[hours];
        foreach (var problem in hubs.Select(h => h.Problem))
        {
            var curve = problem.Demand.Single(d => d.Group == group).Heads;
            for (var h = 0; h < hours; h++)
            {
                var at = (int)Math.Floor((from + Duration.FromHours(h) - problem.Origin) / problem.Interval);
                if (at + 1 < curve.Length) heads[h] += (curve[at] + curve[at + 1]) / 2;
            }
        }

        return new SharedSurge(group, from, Duration.FromHours(1), heads) { Urgency = 4 };
    }

    private static void Print(SurgeHub[] hubs, JointPlan plan, TimeSpan time)
    {
        var cover = plan.Surges[0];
        Console.WriteLine(
            $"joint plan in {time.TotalSeconds:0.0} s, {plan.Rounds} rounds: {cover.UnmetBefore:0} head-hours unmet if nobody moved, "
                + $"{cover.UnmetHours:0.0} as planned; {plan.PeopleChanged} people and {plan.Hubs.Sum(h => h.Repair.Changes.Count)} shifts change");
        foreach (var (hub, made) in hubs.Zip(plan.Hubs))
        {
            var before = RosterRepair.Evaluate(hub.Problem, hub.Published).Violations.Count(v => v.IsHard);
            var hard = RosterRepair.Evaluate(made.Repair.Problem, made.Repair.Roster.Shifts).Violations.Count(v => v.IsHard);
            Console.WriteLine(
                $"  {hub.Code,-18} share {made.Shares[0].Sum(),6:0.0} head-hours, {made.Repair.PeopleChanged,3} people change, hard violations "
                    + $"{hard} ({before} before), other work misses {made.Lent.Sum(l => l.MissingAfter - l.MissingBefore):+0.0;-0.0;0.0} head-hours");
        }
    }

    private static void Fresh(SurgeHub[] hubs, JointPlan plan, Instant from, SolveLimits limit)
    {
        var watch = Stopwatch.StartNew();
        var changed = 0;
        foreach (var (hub, made) in hubs.Zip(plan.Hubs))
        {
            var p = made.Repair.Problem;
            var problem = new RosterProblem(
                p.Zone, p.Start, p.Days, p.Interval, p.Agents, p.Templates, p.Demand, p.Policy, p.Objective, p.Surroundings, p.Pinned);
            var fresh = new RosterSolver().Solve(problem, limit).Shifts.ToDictionary(s => (s.AgentId, s.Date), s => (s.Start, s.End));
            var old = hub.Published.Where(s => s.Start >= from).ToDictionary(s => (s.AgentId, s.Date), s => (s.Start, s.End));
            changed += problem.Agents.Count(a => Enumerable.Range(0, p.Days).Select(p.Start.PlusDays).Any(d =>
                fresh.TryGetValue((a.Id, d), out var now) && now.Start >= from ? !old.TryGetValue((a.Id, d), out var then) || then != now
                    : old.ContainsKey((a.Id, d))));
        }

        Console.WriteLine($"fresh solves of the same demand in {watch.Elapsed.TotalSeconds:0.0} s: {changed} people change");
    }
}
