using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Simulation;
using AgentSkill = Wfm.Scheduling.Problem.AgentSkill;

namespace Wfm.Scheduling.Proof;

/// <summary>Simulates rosters of one case, on the seeds that steer and on those that judge.</summary>
internal sealed class ProofBench
{
    /// <summary>Far enough from the seeds people choose; the sum may run over.</summary>
    private const int SteeringSeeds = 1_000_003;

    private const int MostRenewals = 2;

    private readonly ProofCase _case;
    private int _renewals;
    private readonly IReadOnlyList<Duration> _intervals;
    private readonly Dictionary<string, IReadOnlyList<AgentSkill>> _skills;
    private readonly Reach[] _reach;
    private readonly ServiceMemory _judging;
    private ServiceMemory _steering;

    public ProofBench(ProofCase proof, ProofOptions options)
    {
        _case = proof;
        JudgeOptions = options.Judge;
        SteerOptions = Steering(options.Replications);
        (Judged, Steered) = (proof.Work(JudgeOptions), proof.Work(SteerOptions));
        _skills = proof.Problem.Agents.ToDictionary(a => a.Id, Served, StringComparer.Ordinal);
        _intervals = [.. Enumerable.Range(0, Judged.Queues[0].AhtSeconds.Length).Select(i => Judged.Interval * i)];
        _reach = [.. Judged.Queues.Select(q => Reach.Of(q, Judged.Interval))];
        (_judging, _steering) = (new ServiceMemory(proof.Days, JudgeOptions), new ServiceMemory(_intervals, SteerOptions));
    }

    public SimulationOptions JudgeOptions { get; }

    public SimulationOptions SteerOptions { get; private set; }

    /// <summary>The work on the seeds that judge.</summary>
    public SimulatedWork Judged { get; }

    /// <summary>The work on the seeds that steer.</summary>
    public SimulatedWork Steered { get; private set; }

    /// <summary>What unlimited people would do for a queue, where that is not enough; <see langword="null"/> where people can make its goal hold.</summary>
    public Reach? OutOfReach(int q) => _reach[q].Probability < _case.Level ? _reach[q] : null;

    /// <summary>The service by local day, on the seeds that judge.</summary>
    /// <param name="added">People who are not in the problem.</param>
    public RosterService Judge(IReadOnlyList<RosterShift> shifts, CancellationToken cancellationToken, IReadOnlyList<RosterAgent>? added = null) =>
        Judge(Judged, shifts, cancellationToken, added);

    /// <summary>The service by local day of other work with the same people.</summary>
    public RosterService Judge(
        SimulatedWork work, IReadOnlyList<RosterShift> shifts, CancellationToken cancellationToken, IReadOnlyList<RosterAgent>? added = null) =>
        _judging.Simulate(work, People(shifts, added ?? []), cancellationToken);

    /// <summary>The service by interval, on the seeds that steer.</summary>
    public RosterService Steer(IReadOnlyList<RosterShift> shifts, CancellationToken cancellationToken) =>
        _steering.Simulate(Steered, People(shifts, []), cancellationToken);

    /// <summary>Steers by new seeds from now on, twice as many up to those that judge: what holds on few seeds may have been fitted to them.</summary>
    /// <returns>False when that has been done often enough.</returns>
    public bool Renew()
    {
        if (_renewals == MostRenewals) return false;
        _renewals++;
        SteerOptions = Steering(Math.Max(SteerOptions.Replications, Math.Min(2 * SteerOptions.Replications, JudgeOptions.Replications)));
        Steered = _case.Work(SteerOptions);
        _steering = new ServiceMemory(_intervals, SteerOptions);
        return true;
    }

    private SimulationOptions Steering(int replications) => new(
        unchecked(JudgeOptions.Seed + (SteeringSeeds * (_renewals + 1))), replications, JudgeOptions.Confidence, JudgeOptions.WarmUp);

    private IReadOnlyList<RosteredPerson> People(IReadOnlyList<RosterShift> shifts, IReadOnlyList<RosterAgent> added)
    {
        var skills = added.Count == 0 ? _skills : new Dictionary<string, IReadOnlyList<AgentSkill>>(_skills, StringComparer.Ordinal);
        foreach (var agent in added) skills[agent.Id] = Served(agent);
        // what somebody works elsewhere serves nobody here
        return RosteredPerson.Of(
            _case.Before.Concat(shifts.Where(s => s.Activities.Any(a => a.Kind == ActivityKinds.Work))), skills, _case.Problem.Origin, _case.AllSkills);
    }

    private static IReadOnlyList<AgentSkill> Served(RosterAgent agent) => [.. agent.Skills.Where(s => !agent.OptOutGroups.Contains(s.Group))];
}
