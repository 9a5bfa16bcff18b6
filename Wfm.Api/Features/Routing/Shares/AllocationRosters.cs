using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Allocation;

namespace Wfm.Api.Features.Routing.Shares;

/// <summary>Compares the rosters made for an allocation with what it gave to each hub.</summary>
/// <remarks>Over the intervals of the allocation, which knows nothing finer: the mean of the heads scheduled in one against the heads given.</remarks>
internal sealed class AllocationRosters(WfmDbContext db)
{
    /// <param name="run">The allocation.</param>
    /// <param name="hubs">Codes of the hubs that may be seen.</param>
    public async Task<AllocationRostersResponse> Of(AllocationRun run, IReadOnlyCollection<string> hubs, CancellationToken cancellationToken)
    {
        var gaps = new List<AllocationRosterGap>();
        foreach (var hub in await db.Hubs.AsNoTracking().Where(h => hubs.Contains(h.Code)).OrderBy(h => h.Code).ToListAsync(cancellationToken))
        {
            var requirement = await db.Requirements.AsNoTracking().Where(r => r.HubId == hub.Id && r.AllocationId == run.Id).OrderByDescending(r => r.Id)
                .Select(r => (Guid?)r.Id).FirstOrDefaultAsync(cancellationToken);
            var roster = requirement is null ? null : await db.Rosters.AsNoTracking()
                .Where(r => r.RequirementRunId == requirement && r.State != PublicationState.Superseded)
                .OrderByDescending(r => r.State == PublicationState.Published).ThenByDescending(r => r.Id).FirstOrDefaultAsync(cancellationToken);
            var coverage = roster is null ? [] : await db.Coverage.AsNoTracking().Where(c => c.RosterId == roster.Id).ToListAsync(cancellationToken);
            gaps.Add(Gap(run, hub.Code, requirement, roster, coverage));
        }

        var rostered = gaps.FindAll(g => g.Roster is not null);
        var (given, kept) = (rostered.Sum(g => g.AllocatedHours), rostered.Sum(g => g.AllocatedHours - g.ShortHours!.Value));
        return new AllocationRostersResponse(
            run.Id, gaps, Round(given), Round(rostered.Sum(g => g.ScheduledHours!.Value)), Round(rostered.Sum(g => g.ShortHours!.Value)),
            given > 0 ? Math.Round(kept / given, 4) : null, Words(gaps, rostered, given, kept));
    }

    private static string Words(List<AllocationRosterGap> gaps, List<AllocationRosterGap> rostered, double given, double kept) => rostered.Count == 0
        ? "No hub has a roster made for its share."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{rostered.Count} of {gaps.Count} hubs have a roster for their share; they keep {kept:N0} of {given:N0} head-hours given, "
                + $"{100 * kept / Math.Max(given, 1e-9):0.#} %.");

    private static AllocationRosterGap Gap(AllocationRun run, string hub, Guid? requirement, Roster? roster, List<GroupCoverage> coverage)
    {
        var span = new AllocationSpan(run.Start, Duration.FromMinutes(run.IntervalMinutes), (int)((run.End - run.Start).TotalMinutes / run.IntervalMinutes));
        var lines = run.Data.Lines.Where(l => l.Hubs.Any(h => h.Hub == hub)).ToLookup(
            l => l.Group, l => l.Hubs.First(h => h.Hub == hub).Heads, StringComparer.Ordinal);
        var scheduled = coverage.ToDictionary(c => c.Group, StringComparer.Ordinal);
        var groups = lines.Select(l => l.Key).Union(scheduled.Keys).Order(StringComparer.Ordinal)
            .Select(group => Gap(group, span, [.. lines[group]], roster is null ? null : scheduled.GetValueOrDefault(group), coverage.FirstOrDefault()))
            .Where(g => g.AllocatedHours > 0 || g.ScheduledHours > 0).ToList();
        return new AllocationRosterGap(
            hub, requirement, roster?.Id, roster?.State, roster?.Start, roster?.Days, roster?.Summary.PaidHours, Round(groups.Sum(g => g.AllocatedHours)),
            roster is null ? null : Round(groups.Sum(g => g.ScheduledHours ?? 0)), roster is null ? null : Round(groups.Sum(g => g.ShortHours ?? 0)),
            roster is null ? null : Round(groups.Sum(g => g.OverHours ?? 0)), groups);
    }

    private static AllocationGroupGap Gap(
        string group, AllocationSpan span, IReadOnlyList<double[]> lines, GroupCoverage? coverage, GroupCoverage? any)
    {
        var (allocated, scheduled, missing, over, hours) = (0.0, 0.0, 0.0, 0.0, span.Interval.TotalHours);
        for (var t = 0; t < span.Count; t++)
        {
            var (from, to) = (span.Start + (span.Interval * t), span.Start + (span.Interval * (t + 1)));
            if (any is not null && (from < any.Span.Start || to > any.Span.End)) continue; // not on the days of the roster
            var given = lines.Sum(l => l[t]);
            allocated += given * hours;
            if (any is null) continue;
            var there = coverage is null ? 0 : Mean(coverage, from, to);
            scheduled += there * hours;
            missing += Math.Max(0, given - there) * hours;
            over += Math.Max(0, there - given) * hours;
        }

        return any is null ? new AllocationGroupGap(group, Round(allocated), null, null, null)
            : new AllocationGroupGap(group, Round(allocated), Round(scheduled), Round(missing), Round(over));
    }

    private static double Mean(GroupCoverage coverage, Instant from, Instant to)
    {
        var (span, sum) = (coverage.Span, 0.0);
        for (var i = (int)Math.Max(0, span.IndexOf(from)); i < span.Count && span.StartOf(i) < to; i++)
        {
            var common = Instant.Min(to, span.StartOf(i + 1)) - Instant.Max(from, span.StartOf(i));
            if (common > Duration.Zero) sum += coverage.Scheduled[i] * common.TotalHours;
        }

        return sum / (to - from).TotalHours;
    }

    private static double Round(double hours) => Math.Round(hours, 1);
}
