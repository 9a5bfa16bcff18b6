using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Worked;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Today.Feeds;

/// <summary>Stores what was answered, interval by interval.</summary>
internal sealed class ServedImport(WfmDbContext db, ClaimsPrincipal user) : FeedImport<ServedRow, ServedInterval>(db, user)
{
    public const string Example = "hub,queue,interval_start,answered,answered_in_time,abandoned\ndub,creator-chat-en,2026-10-05T11:00,118,101,4\n";

    public static readonly CsvShape<ServedRow> Csv = new(
        ["hub", "queue", "interval_start", "answered", "answered_in_time"], ["minutes", "abandoned", "wait_seconds"], Read);

    private Dictionary<(Guid Hub, Guid Queue), int> _minutes = [];

    private static ServedRow? Read(Func<string, string?> text, Findings findings)
    {
        var row = new ServedRow
        {
            Hub = text("hub") ?? "",
            Queue = text("queue") ?? "",
            IntervalStart = text("interval_start") ?? "",
            Minutes = FeedText.Whole(text("minutes"), "/minutes", findings),
            Answered = FeedText.Required(text("answered"), "/answered", findings),
            AnsweredInTime = FeedText.Required(text("answered_in_time"), "/answeredInTime", findings),
            Abandoned = FeedText.Whole(text("abandoned"), "/abandoned", findings),
            WaitSeconds = FeedText.Number(text("wait_seconds"), "/waitSeconds", findings),
        };
        return findings.Any ? null : row;
    }

    protected override async Task Prepare(CancellationToken cancellationToken) => _minutes = await Db.Series.AsNoTracking()
        .ToDictionaryAsync(s => (s.HubId, s.QueueId), s => s.IntervalMinutes, cancellationToken);

    protected override ServedInterval? Check(ServedRow row, Findings findings)
    {
        findings.Require(
            row.AnsweredInTime <= row.Answered, "/answeredInTime", row.AnsweredInTime,
            $"Of {row.Answered} contacts {row.AnsweredInTime} cannot have been answered in time.");
        if (Find(row.Hub, row.Queue, findings) is not { } found
            || WorkedShiftRows.Moment(row.IntervalStart, found.Hub.Zone, "/intervalStart", findings) is not { } start)
        {
            return null;
        }

        int? length = row.Minutes ?? (_minutes.TryGetValue((found.Hub.Id, found.Queue), out var known) ? known : null);
        findings.Require(
            length is not null, "/minutes", null,
            $"Queue '{row.Queue}' has no volumes at hub '{row.Hub}' yet that would tell how long its intervals are; send minutes.");
        return length is not { } minutes ? null : new ServedInterval
        {
            HubId = found.Hub.Id,
            QueueId = found.Queue,
            Start = start,
            End = start + Duration.FromMinutes(minutes),
            Answered = row.Answered,
            InTime = row.AnsweredInTime,
            Abandoned = row.Abandoned,
            WaitSeconds = row.WaitSeconds,
        };
    }

    protected override Task<List<ServedInterval>> Known(IReadOnlyList<ServedInterval> rows, CancellationToken cancellationToken)
    {
        var (hubs, from, to) = (rows.Select(r => r.HubId).Distinct().ToList(), rows.Min(r => r.Start), rows.Max(r => r.Start));
        var queues = rows.Select(r => r.QueueId).Distinct().ToList();
        return Db.ServedIntervals.Where(s => hubs.Contains(s.HubId) && queues.Contains(s.QueueId) && s.Start >= from && s.Start <= to)
            .ToListAsync(cancellationToken);
    }

    protected override object Key(ServedInterval row) => (row.HubId, row.QueueId, row.Start);

    protected override bool Change(ServedInterval kept, ServedInterval told)
    {
        var says = (told.End, told.Answered, told.InTime, told.Abandoned, told.WaitSeconds);
        if ((kept.End, kept.Answered, kept.InTime, kept.Abandoned, kept.WaitSeconds) == says)
        {
            return false;
        }

        (kept.End, kept.Answered, kept.InTime, kept.Abandoned, kept.WaitSeconds) = says;
        return true;
    }
}
