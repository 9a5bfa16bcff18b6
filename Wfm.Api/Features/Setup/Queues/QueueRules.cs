using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.Queues;

/// <summary>What a queue must say to be staffed: a promise that fits its kind, complete and without members that mean nothing there.</summary>
internal static class QueueRules
{
    /// <summary>What stands for all contacts must be near to it.</summary>
    private const double LeastJudged = 0.9;

    public static void Check(QueueRequest request, Findings findings)
    {
        var goal = request.Goal;
        findings.Fraction(goal.ServiceLevel, "/goal/serviceLevel");
        findings.Fraction(goal.MaximumOccupancy, "/goal/maximumOccupancy");
        findings.Fraction(goal.TurnaroundFraction, "/goal/turnaroundFraction");
        findings.Fraction(goal.ActionFraction, "/goal/actionFraction");
        NotZero(findings, goal.ActionFraction, "/goal/actionFraction");
        findings.Require(
            goal.JudgedFraction is null or (>= LeastJudged and <= 1), "/goal/judgedFraction", goal.JudgedFraction,
            "It stands for all contacts, so it lies between 0.9 and 1. To promise less, give turnaroundFraction.");
        NotZero(findings, goal.ServiceLevel, "/goal/serviceLevel");
        findings.Require(
            goal.ServiceLevel is not 1, "/goal/serviceLevel", goal.ServiceLevel,
            "1 can never be promised: whatever the staffing, a contact can find everybody busy. Give a fraction below 1, such as 0.99.");
        findings.Fraction(goal.MaximumAbandonment, "/goal/maximumAbandonment");
        NotZero(findings, goal.MaximumAbandonment, "/goal/maximumAbandonment");
        findings.Require(
            goal.MaximumAbandonment is not 1, "/goal/maximumAbandonment", goal.MaximumAbandonment, "1 promises nothing: everybody may give up. Leave it out.");
        findings.Fraction(goal.ConcurrencySlowdown, "/goal/concurrencySlowdown");
        NotZero(findings, goal.MaximumOccupancy, "/goal/maximumOccupancy");
        NotZero(findings, goal.TurnaroundFraction, "/goal/turnaroundFraction");
        Seconds(findings, goal.ThresholdSeconds, "/goal/thresholdSeconds", mayBeZero: true);
        Seconds(findings, goal.MaximumAsaSeconds, "/goal/maximumAsaSeconds", mayBeZero: false);
        Seconds(findings, goal.PatienceSeconds, "/goal/patienceSeconds", mayBeZero: false);
        Seconds(findings, goal.TurnaroundMinutes, "/goal/turnaroundMinutes", mayBeZero: false);
        if (request.Kind == WorkKind.Immediate)
        {
            Immediate(findings, request, goal);
        }
        else if (request.Kind == WorkKind.Deferrable)
        {
            Deferrable(findings, request, goal);
        }

        WeeklyWindows.Check(findings, "/openingHours", request.OpeningHours);
        Closures(findings, request.Closures);
    }

    private static void Closures(Findings findings, List<Closure> closures)
    {
        foreach (var (i, closure) in closures.Index())
        {
            findings.Require(closure is not null, $"/closures/{i}", null, "null is no date.");
            findings.Require(
                closure is null || closure.To >= closure.From, $"/closures/{i}/to", closure?.To,
                $"The last date must not be before the first, {closure?.From:uuuu-MM-dd}.");
        }
    }

    private static void Immediate(Findings findings, QueueRequest request, QueueGoal goal)
    {
        findings.Require(
            goal is { ServiceLevel: not null, ThresholdSeconds: not null } or { MaximumAsaSeconds: not null } or { MaximumAbandonment: not null },
            "/goal", null, "Immediate work needs serviceLevel with thresholdSeconds, maximumAsaSeconds or maximumAbandonment.");
        findings.Require(
            goal.ServiceLevel is null == goal.ThresholdSeconds is null,
            goal.ServiceLevel is null ? "/goal/serviceLevel" : "/goal/thresholdSeconds", null, "serviceLevel and thresholdSeconds go together.");
        findings.Require(
            goal.MaximumAbandonment is null || goal.PatienceSeconds is not null, "/goal/patienceSeconds", null,
            "maximumAbandonment needs patienceSeconds: who waits for ever never gives up.");
        findings.Require(
            goal.ConcurrencySlowdown is null || request.Concurrency > 1, "/goal/concurrencySlowdown", goal.ConcurrencySlowdown,
            "One contact at a time slows nobody down; it needs a concurrency above 1.");
        Meaningless(findings, goal.TurnaroundMinutes, "/goal/turnaroundMinutes", "deferrable");
        Meaningless(findings, goal.TurnaroundFraction, "/goal/turnaroundFraction", "deferrable");
        Meaningless(findings, goal.JudgedFraction, "/goal/judgedFraction", "deferrable");
        Meaningless(findings, goal.ActionFraction, "/goal/actionFraction", "deferrable");
        findings.Require(
            !goal.LegalClock, "/goal/legalClock", goal.LegalClock, "This is a promise of deferrable work and would be ignored here; leave it out.");
        findings.Require(
            !goal.CountsOpenHoursOnly, "/goal/countsOpenHoursOnly", goal.CountsOpenHoursOnly,
            "This is a promise of deferrable work and would be ignored here; leave it out.");
    }

    private static void Deferrable(Findings findings, QueueRequest request, QueueGoal goal)
    {
        findings.Require(goal.TurnaroundMinutes is not null, "/goal/turnaroundMinutes", null, "Deferrable work needs turnaroundMinutes.");
        findings.Require(request.Concurrency == 1, "/concurrency", request.Concurrency, "Deferrable work is done one by one: concurrency is 1.");
        findings.Require(
            !goal.LegalClock || goal.TurnaroundFraction is null or 1, "/goal/turnaroundFraction", goal.TurnaroundFraction,
            $"A legal clock allows no late share; {goal.TurnaroundFraction} leaves some. Leave it out, or make the clock the operation's own.");
        findings.Require(
            goal.JudgedFraction is null || goal.TurnaroundFraction is null or 1, "/goal/judgedFraction", goal.JudgedFraction,
            $"A promise of {goal.TurnaroundFraction} is judged as it stands; this belongs to a promise of all contacts.");
        findings.Require(
            !goal.LegalClock || !goal.CountsOpenHoursOnly, "/goal/countsOpenHoursOnly", true,
            "A legal clock runs on while the queue is closed; leave one of the two out.");
        Meaningless(findings, goal.ServiceLevel, "/goal/serviceLevel", "immediate");
        Meaningless(findings, goal.MaximumAbandonment, "/goal/maximumAbandonment", "immediate");
        Meaningless(findings, goal.ConcurrencySlowdown, "/goal/concurrencySlowdown", "immediate");
        Meaningless(findings, goal.ThresholdSeconds, "/goal/thresholdSeconds", "immediate");
        Meaningless(findings, goal.MaximumAsaSeconds, "/goal/maximumAsaSeconds", "immediate");
        Meaningless(findings, goal.MaximumOccupancy, "/goal/maximumOccupancy", "immediate");
        Meaningless(findings, goal.PatienceSeconds, "/goal/patienceSeconds", "immediate");
    }

    private static void NotZero(Findings findings, double? value, string field) =>
        findings.Require(value is not 0, field, value, "0 promises nothing; leave it out.");

    private static void Seconds(Findings findings, double? value, string field, bool mayBeZero) => findings.Require(
        value is null || (double.IsFinite(value.Value) && (value > 0 || (mayBeZero && value == 0))),
        field, value, $"A {(mayBeZero ? "number of at least 0" : "number above 0")} is needed, {value} is not.");

    private static void Meaningless(Findings findings, double? value, string field, string kind) =>
        findings.Require(value is null, field, value, $"This is a promise of {kind} work and would be ignored here; leave it out.");
}
