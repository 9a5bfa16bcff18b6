using Wfm.Api.Http;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Features.Staffing.Erlang;

/// <summary>What the calculator can be asked; everything wrong is told at once.</summary>
internal static class ErlangRules
{
    private const double LargestLoad = 100_000;
    private const double MostAgents = 1_000_000;
    private const int MostSlots = 20;
    private const double Smallest = 0.001; // below it a duration would vanish
    private const double LongestSeconds = 31 * 86_400;

    public static void Check(ErlangRequest request, Findings findings)
    {
        Work(findings, request.Volume, request.AhtSeconds);
        Interval(findings, request.IntervalMinutes);
        Between(findings, request.Agents, Smallest, MostAgents, "/agents");
        Seconds(findings, request.ThresholdSeconds, "/thresholdSeconds", zero: true);
        Seconds(findings, request.MaximumAsaSeconds, "/maximumAsaSeconds");
        Inside(findings, request.ServiceLevel, "/serviceLevel");
        Inside(findings, request.MaximumAbandonment, "/maximumAbandonment");
        Inside(findings, request.MaximumBlocking, "/maximumBlocking");
        Occupancy(findings, request.MaximumOccupancy, "/maximumOccupancy");
        Chat(findings, request.Concurrency, request.InflationPerSlot);
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
            Seconds(findings, request.PatienceSeconds, "/patienceSeconds");
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
            findings.Require(
                request.ServiceLevel is null || request.ThresholdSeconds is not null, "/thresholdSeconds", null, "A serviceLevel needs its thresholdSeconds.");
        }

        if (loss || patient)
        {
            Meaningless(findings, request.MaximumAbandonment, "/maximumAbandonment", "erlangA");
        }

        findings.Require(
            request.Agents is not null || HasTarget(request), "/agents", null, loss
                ? "Give agents, or maximumBlocking to have them found."
                : "Give agents, or a target (serviceLevel, maximumAsaSeconds, maximumOccupancy or maximumAbandonment) to have them found.");
    }

    private static void CheckLoad(Findings findings, ErlangRequest request)
    {
        if (findings.Any)
        {
            return; // there is no load to speak of
        }

        var load = request.Volume!.Value * request.AhtSeconds!.Value / 60 / request.IntervalMinutes;
        Load(findings, load, "/volume", $"{request.Volume} contacts of {request.AhtSeconds} s in {request.IntervalMinutes} minutes");
    }

    /// <summary>Volume and handle time, both needed.</summary>
    public static void Work(Findings findings, double? volume, double? ahtSeconds, string at = "")
    {
        findings.Require(volume is { } v && double.IsFinite(v) && v >= 0, $"{at}/volume", volume, $"A finite number of at least 0 is needed, {volume} is not.");
        findings.Require(ahtSeconds is not null, $"{at}/ahtSeconds", null, "The average handle time is needed.");
        Seconds(findings, ahtSeconds, $"{at}/ahtSeconds");
    }

    public static void Interval(Findings findings, double minutes) => Between(findings, minutes, Smallest, LongestSeconds / 60, "/intervalMinutes");

    /// <summary>A length of time that a duration can hold; null is fine.</summary>
    public static void Seconds(Findings findings, double? value, string field, bool zero = false) =>
        Between(findings, value, zero ? 0 : Smallest, LongestSeconds, field);

    public static void Occupancy(Findings findings, double? value, string field) =>
        findings.Require(value is null or (> 0 and <= 1), field, value, $"A fraction above 0 and at most 1 is needed, {value} is not.");

    public static void Chat(Findings findings, int concurrency, double inflationPerSlot, string at = "")
    {
        findings.Require(
            concurrency is >= 1 and <= MostSlots, $"{at}/concurrency", concurrency, $"1 to {MostSlots} contacts at once can be handled, not {concurrency}.");
        findings.Fraction(inflationPerSlot, $"{at}/inflationPerSlot");
    }

    public static void Load(Findings findings, double load, string field, string what) =>
        findings.Require(load <= LargestLoad, field, load, $"{what} make {load:G4} erlangs, more than {LargestLoad:N0}.");

    public static void Inside(Findings findings, double? value, string field) =>
        findings.Require(value is null or (> 0 and < 1), field, value, $"A fraction above 0 and below 1 is needed, {value} is not.");

    public static void BelowOne(Findings findings, double value, string field) =>
        findings.Require(value is >= 0 and < 1, field, value, $"A fraction of at least 0 and below 1 is needed, {value} is not.");

    private static void Between(Findings findings, double? value, double low, double high, string field) =>
        findings.Require(value is null || (value >= low && value <= high), field, value, $"A number from {low} to {high:N0} is needed, {value} is not.");

    private static void Meaningless(Findings findings, double? value, string field, string model) =>
        findings.Require(value is null, field, value, $"This belongs to {model} and would be ignored here; leave it out.");
}
