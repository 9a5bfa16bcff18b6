using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.Queues;

/// <summary>What a queue must say to be staffed: a promise that fits its kind, complete and without members that mean nothing there.</summary>
internal static class QueueRules
{
    public static void Check(QueueRequest request, Findings findings)
    {
        var goal = request.Goal;
        findings.Fraction(goal.ServiceLevel, "/goal/serviceLevel");
        findings.Fraction(goal.MaximumOccupancy, "/goal/maximumOccupancy");
        findings.Fraction(goal.TurnaroundFraction, "/goal/turnaroundFraction");
        NotZero(findings, goal.ServiceLevel, "/goal/serviceLevel");
        NotZero(findings, goal.MaximumOccupancy, "/goal/maximumOccupancy");
        NotZero(findings, goal.TurnaroundFraction, "/goal/turnaroundFraction");
        Seconds(findings, goal.ThresholdSeconds, "/goal/thresholdSeconds", mayBeZero: true);
        Seconds(findings, goal.MaximumAsaSeconds, "/goal/maximumAsaSeconds", mayBeZero: false);
        Seconds(findings, goal.PatienceSeconds, "/goal/patienceSeconds", mayBeZero: false);
        Seconds(findings, goal.TurnaroundMinutes, "/goal/turnaroundMinutes", mayBeZero: false);
        if (request.Kind == WorkKind.Immediate)
        {
            Immediate(findings, goal);
        }
        else if (request.Kind == WorkKind.Deferrable)
        {
            Deferrable(findings, request, goal);
        }
    }

    private static void Immediate(Findings findings, QueueGoal goal)
    {
        findings.Require(
            goal is { ServiceLevel: not null, ThresholdSeconds: not null } or { MaximumAsaSeconds: not null },
            "/goal", null, "Immediate work needs serviceLevel with thresholdSeconds, or maximumAsaSeconds.");
        findings.Require(
            goal.ServiceLevel is null == goal.ThresholdSeconds is null,
            goal.ServiceLevel is null ? "/goal/serviceLevel" : "/goal/thresholdSeconds", null, "serviceLevel and thresholdSeconds go together.");
        Meaningless(findings, goal.TurnaroundMinutes, "/goal/turnaroundMinutes", "deferrable");
        Meaningless(findings, goal.TurnaroundFraction, "/goal/turnaroundFraction", "deferrable");
        findings.Require(!goal.LegalClock, "/goal/legalClock", goal.LegalClock, "This is a promise of deferrable work and would be ignored here; leave it out.");
    }

    private static void Deferrable(Findings findings, QueueRequest request, QueueGoal goal)
    {
        findings.Require(goal.TurnaroundMinutes is not null, "/goal/turnaroundMinutes", null, "Deferrable work needs turnaroundMinutes.");
        findings.Require(request.Concurrency == 1, "/concurrency", request.Concurrency, "Deferrable work is done one by one: concurrency is 1.");
        findings.Require(
            !goal.LegalClock || goal.TurnaroundFraction is null or 1, "/goal/turnaroundFraction", goal.TurnaroundFraction,
            $"A legal clock allows no late share; {goal.TurnaroundFraction} leaves some. Leave it out, or make the clock the operation's own.");
        Meaningless(findings, goal.ServiceLevel, "/goal/serviceLevel", "immediate");
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
