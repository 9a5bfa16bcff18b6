using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Proof;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Solving;
using Wfm.Scheduling.Staffing;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Proof;

/// <summary>A desk that is open from 08:00 to 20:00 and busiest in the evening, and a requirement that does not know it.</summary>
internal static class ProofCases
{
    public const int Days = 7;
    private const double AhtSeconds = 300;
    private const int Slots = Days * 48;

    /// <summary>Heads of the requirement: most in the morning.</summary>
    public static readonly DemandLine Chat = Demand("chat", Days, i => (i % 48) switch { >= 16 and < 32 => 5, >= 32 and < 40 => 2, _ => 0 });

    public static readonly DemandLine Mail = Demand("mail", Days, i => i % 48 is >= 16 and < 40 ? 1 : 0);

    /// <summary>Two of three contacts come after 16:00.</summary>
    public static readonly SimulatedQueue Calls = new(
        "calls", [[.. Enumerable.Range(0, Slots).Select(i => (i % 48) switch { >= 16 and < 32 => 5.0, >= 32 and < 40 => 18.0, _ => 0.0 })]], Flat(AhtSeconds),
        new ImmediateGoal(0.8, Duration.FromSeconds(30)));

    /// <summary>Steady work due within four hours, by law.</summary>
    public static readonly SimulatedQueue Letters = new(
        "letters", [[.. Enumerable.Range(0, Slots).Select(i => i % 48 is >= 16 and < 32 ? 3.0 : 0.0)]], Flat(AhtSeconds),
        new DeferrableGoal(Duration.FromHours(4), 0.95))
    {
        LegalClock = true,
    };

    public static readonly ProofOptions Brief = new(new SimulationOptions(5, 30), new SolveLimits(5, 30_000)) { Replications = 12, Rounds = 8 };

    public static RosterProblem Desk(
        int people, IReadOnlyList<DemandLine>? demand = null, LabourPolicy? policy = null, IReadOnlyList<PinnedShift>? pinned = null,
        Contract? contract = null, IReadOnlyList<RosterAgent>? others = null) =>
        Hub(
            [.. Enumerable.Range(0, people).Select(i => Agent($"A{i:00}", contract ?? Contract(0, 40, 5))), .. others ?? []],
            [Template("early", 8, 8, 8), Template("late", 12, 12, 8)], demand ?? [Chat], Days, policy, pinned: pinned);

    /// <summary>The plain roster of a problem, against its work.</summary>
    public static ProofCase Case(RosterProblem problem, params SimulatedQueue[] queues)
    {
        var plain = new RosterSolver().Solve(problem, new SolveLimits(1, 30_000));
        return new ProofCase(problem, plain.Shifts, options => Work(options, queues.Length == 0 ? [Calls] : queues), Starts, 0.8);
    }

    /// <summary>The day on which each local day starts, in UTC.</summary>
    public static Duration[] Starts => [.. Enumerable.Range(0, Days).Select(Duration.FromDays)];

    private static SimulatedWork Work(SimulationOptions options, SimulatedQueue[] queues) => new(
        queues, [.. queues.Select(q => q.Deferrable is null ? "chat" : "mail")], HalfHour, new Absences(0.05, 0.03, HalfHour, options.Seed));

    private static double[] Flat(double value) => [.. Enumerable.Repeat(value, Slots)];
}
