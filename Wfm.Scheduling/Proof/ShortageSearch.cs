using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Simulation;
using AgentSkill = Wfm.Scheduling.Problem.AgentSkill;

namespace Wfm.Scheduling.Proof;

/// <summary>How many more people of a group make its goals hold: they are rostered under every rule, and the roster with them is simulated.</summary>
internal sealed class ShortageSearch(ProofCase proof, ProofOptions options, ProofBench bench, RosterResult roster)
{
    private const double Gain = 2;
    private const double Price = 3;
    private const double HoursPerWeek = 40;

    /// <summary>The fewest people found; what the most did where none were enough; <see langword="null"/> when nothing was tried.</summary>
    /// <param name="line">The group's line of demand.</param>
    /// <param name="queues">Its queues whose goals do not hold.</param>
    /// <param name="missing">[line][interval] heads missing to these promises.</param>
    /// <param name="anyTemplate">Whether the people work any template, because those of the contract do not reach the hours.</param>
    public AddedPeople? Find(int line, IReadOnlyList<int> queues, double[][] missing, bool anyTemplate, CancellationToken cancellationToken)
    {
        var group = proof.Problem.Demand[line].Group;
        if (ContractFor(group) is not { } contract) return null;
        if (anyTemplate) contract = Free(contract);
        var demand = RaisedDemand.None(proof.Problem).Raise(proof.Problem, roster.Coverage, missing, Gain).Lines(proof.Problem, missing, Price);
        var (fails, people, best, fewer) = (0, FirstGuess(missing[line], contract), (AddedPeople?)null, (AddedPeople?)null);
        for (var trial = 0; trial < options.Trials && (trial == 0 || options.Limits.TimeUsed < 1); trial++) // a first answer in any case
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = Try(group, people, contract, anyTemplate, queues, demand, trial, cancellationToken);
            if (found.Holds || best is not { Holds: true }) best = found;
            if (!found.Holds) (fails, fewer) = (people, found);
            var next = best is { Holds: true } enough ? (fails + enough.People) / 2 : Math.Min(options.MostPeople, people * 2);
            if (next <= fails || next == people) break;
            people = next;
        }

        if (best is not { Holds: true }) return best;
        var withOneFewer = best.People == 1 ? Lowest(bench.Judge(roster.Shifts, cancellationToken), queues)
            : fewer?.People == best.People - 1 ? fewer.Probability : (double?)null;
        return best with { WithOneFewer = withOneFewer };
    }

    private AddedPeople Try(
        string group, int people, Contract contract, bool anyTemplate, IReadOnlyList<int> queues, IReadOnlyList<DemandLine> demand, int trial,
        CancellationToken cancellationToken)
    {
        var taken = proof.Problem.Agents.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        RosterAgent[] added =
        [
            .. Enumerable.Range(1, int.MaxValue).Select(n => $"{group}+{n}").Where(id => !taken.Contains(id)).Take(people)
                .Select(id => new RosterAgent(id, contract, SkillsFor(group), [], [], [])),
        ];
        var change = new RosterChange { Demand = demand, AddedAgents = added };
        var limits = options.Repairs with { Seed = unchecked(options.Limits.Seed - trial - 1) };
        var repair = new RepairOptions(limits) { Explains = false };
        var with = RosterRepair.Repair(proof.Problem, roster.Shifts, change, repair, cancellationToken: cancellationToken).Roster;
        var service = bench.Judge(with.Shifts, cancellationToken, added);
        var probability = Lowest(service, queues);
        var ids = added.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        string[] templates =
        [
            .. with.Shifts.Where(s => ids.Contains(s.AgentId)).GroupBy(s => s.Template).OrderByDescending(g => g.Count())
                .ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key),
        ];
        return new AddedPeople(group, people, contract.Code, anyTemplate, templates, probability, probability >= proof.Level) { Skills = added[0].Skills };
    }

    private static double Lowest(RosterService service, IReadOnlyList<int> queues) => queues.Min(q => service.Report.Queues[q].ProbabilityGoalMet);

    /// <summary>What most people with the skill have, the most hours where contracts are as frequent; of all people where nobody has the skill.</summary>
    private Contract? ContractFor(string group)
    {
        var skilled = proof.Problem.Agents.Where(a => a.Skills.Any(s => s.Group == group)).ToArray();
        return (skilled.Length > 0 ? skilled : proof.Problem.Agents).Select(a => a.ContractOn(proof.Problem.Start))
            .GroupBy(c => c.Code, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenByDescending(g => g.First().MinimumWeeklyHours)
            .ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.First();
    }

    // Where a limit keeps everybody from a whole shift on the group, people with no other skill would be of no use: they know what most of its people know.
    private AgentSkill[] SkillsFor(string group)
    {
        var skilled = proof.Problem.Agents.Where(a => a.Skills.Any(s => s.Group == group)).ToArray();
        return
        [
            new AgentSkill(group, 1),
            .. skilled.SelectMany(a => a.Skills).Where(s => s.Group != group).GroupBy(s => s.Group, StringComparer.Ordinal)
                .Where(g => g.Count() * 2 > skilled.Length).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new AgentSkill(g.Key, g.Average(s => s.Proficiency))),
        ];
    }

    private static Contract Free(Contract contract) => new(
        contract.Code, contract.MinimumWeeklyHours, contract.MaximumWeeklyHours, contract.MaximumDaysPerWeek, Templates: null)
    {
        WorkingDays = contract.WorkingDays,
        Rules = contract.Rules,
    };

    private int FirstGuess(double[] missing, Contract contract)
    {
        var hours = Math.Clamp(contract.MaximumWeeklyHours.TotalHours, 1, HoursPerWeek) * proof.Problem.Days / 7;
        return Math.Clamp((int)Math.Ceiling(missing.Sum() * proof.Problem.Interval.TotalHours / hours), 1, options.MostPeople);
    }
}
