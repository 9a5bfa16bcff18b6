using Wfm.Api.Hosting;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Features.Erlang;

/// <summary>What the calculator can be asked; everything wrong is told at once.</summary>
internal static class ErlangRules
{
    private const double LargestLoad = 100_000;
    private const double MostAgents = 1_000_000;
    private const int MostSlots = 20;
    private const double Smallest = 0.001; // below it a duration would vanish
    private const double LongestSeconds = 31 * 86_400;

    public static void Check(ErlangRequest request)
    {
        var findings = new Findings();
        findings.Require(request.Volume is { } volume && double.IsFinite(volume) && volume >= 0, "/volume", request.Volume, $"A finite number of at least 0 is needed, {request.Volume} is not.");
        Between(findings, request.IntervalMinutes, Smallest, LongestSeconds / 60, "/intervalMinutes");
        findings.Require(request.AhtSeconds is not null, "/ahtSeconds", null, "The average handle time is needed.");
        Between(findings, request.AhtSeconds, Smallest, LongestSeconds, "/ahtSeconds");
        Between(findings, request.Agents, Smallest, MostAgents, "/agents");
        Between(findings, request.ThresholdSeconds, 0, LongestSeconds, "/thresholdSeconds");
        Between(findings, request.MaximumAsaSeconds, Smallest, LongestSeconds, "/maximumAsaSeconds");
        Inside(findings, request.ServiceLevel, "/serviceLevel");
        Inside(findings, request.MaximumAbandonment, "/maximumAbandonment");
        Inside(findings, request.MaximumBlocking, "/maximumBlocking");
        findings.Require(
            request.MaximumOccupancy is null or (> 0 and <= 1), "/maximumOccupancy", request.MaximumOccupancy, $"A fraction above 0 and at most 1 is needed, {request.MaximumOccupancy} is not.");
        findings.Require(request.Concurrency is >= 1 and <= MostSlots, "/concurrency", request.Concurrency, $"1 to {MostSlots} contacts at once can be handled, not {request.Concurrency}.");
        findings.Fraction(request.InflationPerSlot, "/inflationPerSlot");
        BelowOne(findings, request.PlannedShrinkage, "/plannedShrinkage");
        BelowOne(findings, request.UnplannedShrinkage, "/unplannedShrinkage");
        CheckModel(findings, request);
        CheckLoad(findings, request);
        findings.ThrowIfAny();
    }

    /// <summary>Whether any target is given that the model can have.</summary>
    public static bool HasTarget(ErlangRequest request) => request.Model == QueueModel.ErlangB ? request.MaximumBlocking is not null
        : request is not { ServiceLevel: null, MaximumAsaSeconds: null, MaximumOccupancy: null, MaximumAbandonment: null };

    private static void CheckModel(Findings findings, ErlangRequest request)
    {
        var (loss, patient) = (request.Model == QueueModel.ErlangB, request.Model == QueueModel.ErlangC);
        if (request.Model == QueueModel.ErlangA)
        {
            findings.Require(request.PatienceSeconds is not null, "/patienceSeconds", null, "erlangA needs the mean patience.");
            Between(findings, request.PatienceSeconds, Smallest, LongestSeconds, "/patienceSeconds");
        }
        else
        {
            Meaningless(findings, request.PatienceSeconds, "/patienceSeconds", "erlangA");
        }

        if (loss)
        {
            Meaningless(findings, request.ThresholdSeconds, "/thresholdSeconds", "erlangC and erlangA");
            Meaningless(findings, request.ServiceLevel, "/serviceLevel", "erlangC and erlangA");
            Meaningless(findings, request.MaximumAsaSeconds, "/maximumAsaSeconds", "erlangC and erlangA");
            Meaningless(findings, request.MaximumOccupancy, "/maximumOccupancy", "erlangC and erlangA");
        }
        else
        {
            Meaningless(findings, request.MaximumBlocking, "/maximumBlocking", "erlangB");
            findings.Require(request.ServiceLevel is null || request.ThresholdSeconds is not null, "/thresholdSeconds", null, "A serviceLevel needs its thresholdSeconds.");
        }

        if (loss || patient)
        {
            Meaningless(findings, request.MaximumAbandonment, "/maximumAbandonment", "erlangA");
        }

        findings.Require(
            request.Agents is not null || HasTarget(request), "/agents", null,
            loss ? "Give agents, or maximumBlocking to have them found." : "Give agents, or a target (serviceLevel, maximumAsaSeconds, maximumOccupancy or maximumAbandonment) to have them found.");
    }

    private static void CheckLoad(Findings findings, ErlangRequest request)
    {
        if (findings.Any)
        {
            return; // there is no load to speak of
        }

        var load = request.Volume!.Value * request.AhtSeconds!.Value / 60 / request.IntervalMinutes;
        findings.Require(
            load <= LargestLoad, "/volume", request.Volume, $"{request.Volume} contacts of {request.AhtSeconds} s in {request.IntervalMinutes} minutes make {load:G4} erlangs, more than {LargestLoad:N0}.");
    }

    private static void Between(Findings findings, double? value, double low, double high, string field) =>
        findings.Require(value is null || (value >= low && value <= high), field, value, $"A number from {low} to {high:N0} is needed, {value} is not.");

    private static void Inside(Findings findings, double? value, string field) =>
        findings.Require(value is null or (> 0 and < 1), field, value, $"A fraction above 0 and below 1 is needed, {value} is not.");

    private static void BelowOne(Findings findings, double value, string field) =>
        findings.Require(value is >= 0 and < 1, field, value, $"A fraction of at least 0 and below 1 is needed, {value} is not.");

    private static void Meaningless(Findings findings, double? value, string field, string model) =>
        findings.Require(value is null, field, value, $"This belongs to {model} and would be ignored here; leave it out.");
}
