using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Staffing.Blends;

/// <summary>Immediate and deferrable queues of a requirement with the same people.</summary>
internal static class BlendEndpoints
{
    public static void MapBlend(this RouteGroupBuilder requirements) =>
        requirements.MapGet("/{id:guid}/blend", Blend).WithName("BlendRequirement")
            .WithSummary("Immediate and deferrable queues served by the same people: what idle time does, and whom it saves.").Requires(Permission.ReadPlans);

    /// <param name="id">Identity of the requirement.</param>
    /// <param name="group">Skill groups whose queues the same people serve, comma-separated; give this or queues.</param>
    /// <param name="queues">Codes of queues that the same people serve, comma-separated; give this or group.</param>
    /// <param name="riskLevel">One of the requirement's risk levels; the highest when left out.</param>
    /// <param name="usableIdle">Share of idle time that deferrable work can use, 0 to 1; 1 when left out. 1 takes it that a ticket is put aside when a contact
    /// arrives; 0 where it never is.</param>
    /// <param name="from">First interval start.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<BlendResponse> Blend(
        Guid id, WfmDbContext db, ComputeSlots slots, ClaimsPrincipal user, CancellationToken cancellationToken, string? group = null, string? queues = null,
        double? riskLevel = null, double? usableIdle = null, QueryInstant? from = null, QueryInstant? to = null, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var (run, hub) = await RequirementEndpoints.Find(id, db, user, cancellationToken);
        var usable = usableIdle ?? 1;
        if (usable is not (>= 0 and <= 1))
        {
            throw ProblemException.Semantic("usableIdle", $"A fraction between 0 and 1 is needed, {usable} is not.");
        }

        var rows = await Rows(run, group, queues, riskLevel ?? run.RiskLevels.Max(), db, cancellationToken);
        var answer = await slots.Run(() => new GroupBlend(rows, hub).Blend(usable), cancellationToken);
        var page = IntervalPages.Of(rows[0].Span, from, to, take, after, (i, _) => answer.Items[i]);
        return answer with { Items = page.Items, Next = page.Next };
    }

    private static async Task<List<SeriesRequirement>> Rows(
        RequirementRun run, string? group, string? queues, double level, WfmDbContext db, CancellationToken cancellationToken)
    {
        if (group is null == queues is null)
        {
            throw ProblemException.Semantic("queues", "Give queues or group, one of the two.");
        }

        if (!run.RiskLevels.Contains(level))
        {
            throw ProblemException.Semantic("riskLevel", $"The requirement has no risk level {level}; its levels are {string.Join(", ", run.RiskLevels)}.");
        }

        var (field, asked) = queues is null ? ("group", Split(group!)) : ("queues", Split(queues));
        var rows = await db.SeriesRequirements.AsNoTracking().Include(s => s.Series).ThenInclude(s => s!.Queue).Where(s =>
                s.RequirementRunId == run.Id && s.RiskLevel == level && asked.Contains(queues == null ? s.Series!.Queue!.SkillGroup : s.Series!.Queue!.Code))
            .OrderBy(s => s.SeriesId).ToListAsync(cancellationToken);
        var known = rows.Select(row => queues is null ? row.Series!.Queue!.SkillGroup : row.Series!.Queue!.Code);
        if (asked.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw ProblemException.Semantic(field, $"The requirement has no {(queues is null ? "queue of group " : "queue ")}'{unknown}'.");
        }

        Check(rows, field);
        return rows;
    }

    private static string[] Split(string codes) =>
        [.. codes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>Work of both kinds, over the same intervals of a day.</summary>
    private static void Check(List<SeriesRequirement> rows, string field)
    {
        foreach (var kind in new[] { WorkKind.Immediate, WorkKind.Deferrable })
        {
            if (!rows.Exists(row => row.Series!.Queue!.Kind == kind))
            {
                throw ProblemException.Semantic(
                    field,
                    $"There is no {kind.ToString().ToLowerInvariant()} queue among these; blending needs immediate work that leaves time idle and "
                        + "deferrable work to fill it.");
            }
        }

        var first = rows[0];
        if (rows.Find(row => row.Span != first.Span) is { } other)
        {
            throw ProblemException.Semantic(
                field,
                $"Queue '{first.Series!.Queue!.Code}' has {first.Heads.Length} intervals of {first.IntervalMinutes} minutes from {first.Start}, "
                    + $"'{other.Series!.Queue!.Code}' {other.Heads.Length} of {other.IntervalMinutes} from {other.Start}; only like intervals can be blended.");
        }
    }
}
