using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Allocation;

namespace Wfm.Api.Features.Routing;

/// <summary>Shares globally routed work out over hubs, and stores it beside the best fixed split.</summary>
internal sealed class AllocationJob(WfmDbContext db, AllocationInputs inputs, ComputeSlots slots, IClock clock) : IJobHandler
{
    private static readonly double[] Levels = [0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]; // between them the probability of a breach is read off

    public static string Kind => "allocation";

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        if (await db.Allocations.Where(a => a.JobId == job.Id).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(cancellationToken) is { } made)
        {
            return $"/api/v1/allocations/{made}"; // stored before the worker died
        }

        var question = job.Arguments<AllocationQuestion>();
        job.Progress.Report(0.02, "reading forecasts and people of all hubs");
        var input = await inputs.Read(question, cancellationToken);
        var data = await slots.Run(() => Compute(input, question, job.Progress, cancellationToken), cancellationToken);
        var run = new AllocationRun
        {
            Start = input.Span.Start,
            End = input.Span.End,
            IntervalMinutes = question.IntervalMinutes,
            Question = question,
            Hubs = [.. input.Hubs.Select(h => h.Code)],
            Data = data,
            Author = job.Owner,
            CreatedAt = clock.GetCurrentInstant(),
            JobId = job.Id,
        };
        db.Allocations.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        return $"/api/v1/allocations/{run.Id}";
    }

    private static AllocationData Compute(AllocationInput input, AllocationQuestion question, JobProgress progress, CancellationToken cancellationToken)
    {
        progress.Report(0.1, "staffing the work of all hubs");
        var levels = input.Lines([.. Levels.Append(question.RiskLevel).Distinct().Order()], question.BreachPrice, cancellationToken);
        var problem = new AllocationProblem(input.Span, input.Hubs, levels.First(l => l.Level == question.RiskLevel).Lines, input.Kinds)
        {
            MaximumNightHours = question.MaximumNightHours,
        };
        progress.Report(0.2, "sharing it out");
        var free = Allocator.Solve(problem, cancellationToken: cancellationToken);
        progress.Report(0.5, "finding the best fixed split");
        var split = Allocator.SolveFixedSplit(problem, cancellationToken: cancellationToken);
        var breaches = BreachProbability.Of(input.Span, levels, free);
        return new AllocationData(
            Outcome(input.Span, free, breaches), Outcome(input.Span, split, BreachProbability.Of(input.Span, levels, split)),
            [.. problem.Lines.Select(line => Line(line, input.Span, free, split, breaches))],
            [.. split.Shares.Select(s => new AllocatedShare(s.Group, s.Hub, Math.Round(s.Share, 4)))], input.Global, input.Forecasts, free.Findings,
            input.Skipped);
    }

    private static AllocationOutcome Outcome(AllocationSpan span, AllocationResult result, IReadOnlyList<LineBreach> breaches) => new(
        Math.Round(result.PaidHours, 1), Math.Round(result.NightHours, 1), Math.Round(result.WeekendHours, 1), Math.Round(result.Pay, 2),
        Math.Round(result.Missing.Concat(result.MissingPresence).Sum(m => m.Heads.Sum()) * span.Interval.TotalHours, 1),
        Math.Round(BreachProbability.Mean(breaches), 4), Math.Round(result.Cost, 2), Math.Round(result.Bound, 2), result.Effort.Rows, result.Effort.Columns,
        result.Effort.Pivots);

    private static AllocatedLine Line(
        AllocationLine line, AllocationSpan span, AllocationResult free, AllocationResult split, IReadOnlyList<LineBreach> breaches)
    {
        var prices = free.Prices.FirstOrDefault(p => p.Line == line.Name);
        var hubs = free.Heads.Concat(split.Heads).Where(h => h.Line == line.Name).Select(h => h.Hub)
            .Concat(prices?.Hubs.Select(h => h.Hub) ?? []).Distinct().Order(StringComparer.Ordinal);
        return new AllocatedLine(
            line.Name, line.Group, line.Hub, Rounded(line.Heads), Rounded(free.Missing.FirstOrDefault(m => m.Name == line.Name)?.Heads),
            Rounded(breaches.FirstOrDefault(b => b.Line == line.Name)?.Probability), Rounded(prices?.Needed),
            [.. hubs.Select(hub => new AllocatedHub(hub, Heads(free, hub), Heads(split, hub), Asked(prices?.Hubs.FirstOrDefault(h => h.Hub == hub)?.Asked)))]);

        double[] Rounded(double[]? values) => [.. (values ?? new double[span.Count]).Select(v => Math.Round(v, 3))];

        double[] Heads(AllocationResult result, string hub) => Rounded(result.Heads.FirstOrDefault(h => h.Hub == hub && h.Line == line.Name)?.Heads);

        double?[] Asked(double[]? asked) =>
            [.. Enumerable.Range(0, span.Count).Select(t => asked is null || double.IsNaN(asked[t]) ? (double?)null : Math.Round(asked[t], 2))];
    }
}
