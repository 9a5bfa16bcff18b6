using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Activities;

/// <summary>Plans activities row by row: the same activity of the same people not twice, and a bad row loses nothing else.</summary>
internal sealed class ActivityImport(WfmDbContext db, ActivityRules rules, ClaimsPrincipal user)
{
    private const int Batch = 100;

    private readonly Dictionary<string, List<PlannedActivity>> _there = new(StringComparer.Ordinal);

    public async Task<RowReport> Run(IReadOnlyList<ImportRow<CreateActivityRequest>> rows, bool dryRun, CancellationToken cancellationToken)
    {
        var book = new RowBook<CreateActivityRequest>(rows);
        var hubs = await db.Hubs.AsNoTracking().ToDictionaryAsync(h => h.Code, StringComparer.Ordinal, cancellationToken);
        await Read(rows, hubs, cancellationToken);
        var read = new List<(ImportRow<CreateActivityRequest> Row, PlannedActivity Activity)>();
        foreach (var row in rows)
        {
            if (await Make(row, hubs, cancellationToken) is not { } activity)
            {
                book.Reject(row, row.Value?.Title, row.Findings);
            }
            else if (Known(activity, row.Value!) is { } known)
            {
                book.Accept(row, RowOutcome.Duplicate, activity.Title, known.Id);
            }
            else
            {
                _there[KeyOf(activity)] = [.. _there.GetValueOrDefault(KeyOf(activity), []), activity];
                read.Add((row, activity));
                book.Accept(row, RowOutcome.Created, activity.Title, activity.Id);
            }
        }

        foreach (var portion in dryRun ? [] : read.Chunk(Batch))
        {
            await Retries.Store(
                portion, db, async part =>
                {
                    db.Activities.AddRange(part.Select(p => p.Activity));
                    await db.SaveChangesAsync(cancellationToken);
                },
                (row, reason) => book.Reject(row.Row, row.Activity.Title, "/hub", row.Row.Value!.Hub, reason, FindingCodes.Conflict));
        }

        return book.Report(dryRun);
    }

    /// <summary>What is planned already at the hubs and on the dates of the file.</summary>
    private async Task Read(IReadOnlyList<ImportRow<CreateActivityRequest>> rows, Dictionary<string, Hub> hubs, CancellationToken cancellationToken)
    {
        var told = rows.Select(r => r.Value).OfType<CreateActivityRequest>().ToList();
        var ids = told.Select(r => hubs.GetValueOrDefault(r.Hub)?.Id).OfType<Guid>().Distinct().ToList();
        LocalDate? first = told.Min(r => r.From), last = told.Max(r => r.To);
        var found = await db.Activities.AsNoTracking()
            .Where(a => ids.Contains(a.HubId) && a.CancelledAt == null && a.From >= first && a.To <= last).ToListAsync(cancellationToken);
        foreach (var same in found.GroupBy(KeyOf))
        {
            _there[same.Key] = [.. same];
        }
    }

    private async Task<PlannedActivity?> Make(
        ImportRow<CreateActivityRequest> row, Dictionary<string, Hub> hubs, CancellationToken cancellationToken)
    {
        var (findings, told) = (row.Findings, row.Value);
        if (told is null)
        {
            return null;
        }

        Annotations.Check(told, "", findings);
        findings.Storable(told.Title, "/title");
        var hub = hubs.GetValueOrDefault(told.Hub);
        findings.Require(hub is not null, "/hub", told.Hub, $"There is no hub '{told.Hub}'.", FindingCodes.Unknown);
        findings.Require(
            hub is null || user.MayTouch(hub.Code), "/hub", told.Hub, $"This key may not touch hub '{told.Hub}'.", FindingCodes.OtherHub);
        return findings.Any ? null : await rules.Make(told, hub!, findings, cancellationToken);
    }

    /// <summary>The same activity as it is planned already: for the people named, or for some of those of the group, who may have changed since.</summary>
    private PlannedActivity? Known(PlannedActivity activity, CreateActivityRequest told) => _there.GetValueOrDefault(KeyOf(activity))?.Find(a =>
        told.SkillGroup is null ? a.Agents.ToHashSet(StringComparer.Ordinal).SetEquals(activity.Agents) : a.Agents.Exists(activity.Agents.Contains));

    private static string KeyOf(PlannedActivity a) => string.Join(
        '|', a.HubId, a.Code, a.Title, a.Minutes, a.Grouping, a.GroupSize, a.Coach, a.From, a.To, a.TimeFrom, a.TimeTo,
        string.Join(',', a.Weekdays.Order()));
}

/// <summary>Activities as rows of files.</summary>
internal static class ActivityRows
{
    public static readonly CsvShape<CreateActivityRequest> Csv = new(
        ["code", "title", "minutes", "hub", "from", "to"],
        [
            "agents", "skill_group", "grouping", "group_size", "quorum", "quorum_fraction", "coach", "time_from", "time_to", "weekdays", "priority", "must",
        ],
        Read);

    public static CreateActivityRequest Example(LocalDate today) => new()
    {
        Code = "training",
        Title = "First aid",
        Minutes = 60,
        Hub = "dub",
        Agents = ["dub-001"],
        Grouping = ActivityGrouping.Together,
        From = today.PlusDays(7),
        To = today.PlusDays(27),
        TimeFrom = new LocalTime(9, 0),
        TimeTo = new LocalTime(17, 0),
    };

    public static string ExampleText(LocalDate today) =>
        "code,title,minutes,hub,agents,skill_group,grouping,group_size,from,to,time_from,time_to,weekdays\n"
        + $"training,First aid,60,dub,dub-001,,together,,{today.PlusDays(7):uuuu-MM-dd},{today.PlusDays(27):uuuu-MM-dd},09:00,17:00,\n"
        + $"coaching,Quality of chats,30,dub,,live-en,groups,6,{today.PlusDays(7):uuuu-MM-dd},{today.PlusDays(27):uuuu-MM-dd},,,tue-thu\n";

    private static CreateActivityRequest? Read(Func<string, string?> text, Findings findings)
    {
        var cells = new CsvCells(text, findings);
        var row = new CreateActivityRequest
        {
            Code = cells.Text("code") ?? "",
            Title = cells.Text("title") ?? "",
            Minutes = cells.Whole("minutes"),
            Hub = cells.Text("hub") ?? "",
            Agents = [.. cells.List("agents")],
            SkillGroup = cells.Text("skill_group"),
            Grouping = cells.Word<ActivityGrouping>("grouping") ?? ActivityGrouping.Together,
            GroupSize = cells.Whole("group_size"),
            Quorum = cells.Whole("quorum"),
            QuorumFraction = cells.Number("quorum_fraction"),
            Coach = cells.Text("coach"),
            From = cells.Date("from"),
            To = cells.Date("to"),
            TimeFrom = cells.Time("time_from"),
            TimeTo = cells.Time("time_to"),
            Weekdays = [.. cells.List("weekdays").SelectMany(item => Days(item, cells))],
            Priority = cells.Whole("priority") ?? 0,
            Must = cells.Flag("must") ?? false,
        };
        return findings.Any ? null : row;
    }

    private static IReadOnlyList<IsoDayOfWeek> Days(string item, CsvCells cells)
    {
        if (WeeklyText.Days(item) is { } days)
        {
            return days;
        }

        cells.Refuse("weekdays", item, "A day such as mon or days such as mon-fri");
        return [];
    }
}

internal static class ActivityImportEndpoint
{
    public static void MapActivityImport(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/activities:import", Import).WithName("ImportActivities").WithTags("Activities")
            .WithSummary("Plans trainings, meetings and coaching from JSON, NDJSON or CSV, with a report of every row; the same activity not twice.")
            .WithDescription("Rows as POST /activities takes them. At most 20,000 rows; with dryRun=true nothing is stored.")
            .Requires(Permission.WriteRosters).WithRows<CreateActivityRequest>(ActivityRows.Example, ActivityRows.ExampleText);

    /// <param name="dryRun">True tries the rows and stores nothing.</param>
    private static async Task<Ok<RowReport>> Import(
        WfmDbContext db, ActivityRules rules, ClaimsPrincipal user, HttpRequest request, CancellationToken cancellationToken, bool dryRun = false)
    {
        var rows = await ImportRows.Whole(request, ActivityRows.Csv, cancellationToken);
        return TypedResults.Ok(await new ActivityImport(db, rules, user).Run(rows, dryRun, cancellationToken));
    }
}
