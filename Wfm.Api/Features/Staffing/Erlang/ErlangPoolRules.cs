using Wfm.Api.Http;

namespace Wfm.Api.Features.Staffing.Erlang;

/// <summary>What a pool can be asked; everything wrong is told at once.</summary>
internal static class ErlangPoolRules
{
    private const int LongestName = 100;

    public static void Check(ErlangPoolRequest request, Findings findings)
    {
        ErlangRules.Interval(findings, request.IntervalMinutes);
        ErlangRules.BelowOne(findings, request.PlannedShrinkage, "/plannedShrinkage");
        ErlangRules.BelowOne(findings, request.UnplannedShrinkage, "/unplannedShrinkage");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (q, queue) in request.Queues.Index())
        {
            if (queue is null)
            {
                findings.Add($"/queues/{q}", null, "null is no queue.");
                continue;
            }

            CheckQueue(findings, queue, $"/queues/{q}");
            findings.Require(names.Add(queue.Name), $"/queues/{q}/name", queue.Name, $"There are two queues '{queue.Name}'; give each a name of its own.");
        }

        if (!findings.Any)
        {
            var load = request.Queues.Sum(q =>
                q.Volume!.Value * q.AhtSeconds!.Value * (1 + (q.InflationPerSlot * (q.Concurrency - 1))) / 60 / request.IntervalMinutes);
            ErlangRules.Load(findings, load, "/queues", $"{request.Queues.Count} queues");
        }

        findings.ThrowIfAny();
    }

    private static void CheckQueue(Findings findings, ErlangPoolQueue queue, string at)
    {
        findings.Require(queue.Name.Length <= LongestName, $"{at}/name", queue.Name, $"A name has at most {LongestName} characters, not {queue.Name.Length}.");
        ErlangRules.Work(findings, queue.Volume, queue.AhtSeconds, at);
        ErlangRules.Inside(findings, queue.ServiceLevel, $"{at}/serviceLevel");
        ErlangRules.Seconds(findings, queue.ThresholdSeconds, $"{at}/thresholdSeconds", zero: true);
        findings.Require(
            queue.ServiceLevel is null == queue.ThresholdSeconds is null, $"{at}/thresholdSeconds", queue.ThresholdSeconds,
            "A serviceLevel and its thresholdSeconds come together.");
        ErlangRules.Seconds(findings, queue.MaximumAsaSeconds, $"{at}/maximumAsaSeconds");
        ErlangRules.Occupancy(findings, queue.MaximumOccupancy, $"{at}/maximumOccupancy");
        findings.Require(
            queue is not { ServiceLevel: null, ThresholdSeconds: null, MaximumAsaSeconds: null, MaximumOccupancy: null }, at, null,
            "A queue needs a target: serviceLevel with thresholdSeconds, maximumAsaSeconds or maximumOccupancy.");
        ErlangRules.Chat(findings, queue.Concurrency, queue.InflationPerSlot, at);
    }
}
