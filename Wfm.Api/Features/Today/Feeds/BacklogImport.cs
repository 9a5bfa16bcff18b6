using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Rosters.Worked;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Today.Feeds;

/// <summary>Stores snapshots of open contacts. Ranges of ages of one snapshot do not overlap.</summary>
internal sealed class BacklogImport(WfmDbContext db, ClaimsPrincipal user) : FeedImport<BacklogRow, BacklogCount>(db, user)
{
    public const string Example = "hub,queue,at,youngest_minutes,oldest_minutes,contacts\ndub,hate-speech-en,2026-10-05T11:45,0,60,42\n";

    public static readonly CsvShape<BacklogRow> Csv = new(["hub", "queue", "at", "oldest_minutes", "contacts"], ["youngest_minutes"], Read);

    private static BacklogRow? Read(Func<string, string?> text, Findings findings)
    {
        var row = new BacklogRow
        {
            Hub = text("hub") ?? "",
            Queue = text("queue") ?? "",
            At = text("at") ?? "",
            YoungestMinutes = FeedText.Whole(text("youngest_minutes"), "/youngestMinutes", findings) ?? 0,
            OldestMinutes = FeedText.Required(text("oldest_minutes"), "/oldestMinutes", findings),
            Contacts = FeedText.Required(text("contacts"), "/contacts", findings),
        };
        return findings.Any ? null : row;
    }

    protected override BacklogCount? Check(BacklogRow row, Findings findings)
    {
        findings.Require(
            row.YoungestMinutes <= row.OldestMinutes, "/oldestMinutes", row.OldestMinutes,
            $"The oldest is at least as old as the youngest, {row.YoungestMinutes} minutes; {row.OldestMinutes} is not.");
        return Find(row.Hub, row.Queue, findings) is { } found && WorkedShiftRows.Moment(row.At, found.Hub.Zone, "/at", findings) is { } at
            ? new BacklogCount
            {
                HubId = found.Hub.Id,
                QueueId = found.Queue,
                At = at,
                YoungestMinutes = row.YoungestMinutes,
                OldestMinutes = row.OldestMinutes,
                Contacts = row.Contacts,
            }
            : null;
    }

    protected override Task<List<BacklogCount>> Known(IReadOnlyList<BacklogCount> rows, CancellationToken cancellationToken)
    {
        var (hubs, moments) = (rows.Select(r => r.HubId).Distinct().ToList(), rows.Select(r => r.At).Distinct().ToList());
        return Db.BacklogCounts.Where(c => hubs.Contains(c.HubId) && moments.Contains(c.At)).ToListAsync(cancellationToken);
    }

    protected override object Key(BacklogCount row) => (row.HubId, row.QueueId, row.At, row.YoungestMinutes);

    protected override bool Change(BacklogCount kept, BacklogCount told)
    {
        if ((kept.OldestMinutes, kept.Contacts) == (told.OldestMinutes, told.Contacts))
        {
            return false;
        }

        (kept.OldestMinutes, kept.Contacts) = (told.OldestMinutes, told.Contacts);
        return true;
    }

    /// <summary>Two ranges may meet, and not share more than that; one without contacts says nothing.</summary>
    protected override string? Contradiction(BacklogCount told, IEnumerable<BacklogCount> standing) =>
        told.Contacts > 0
        && standing.FirstOrDefault(s => s.Contacts > 0 && (s.HubId, s.QueueId, s.At) == (told.HubId, told.QueueId, told.At)
            && s.YoungestMinutes < told.OldestMinutes && told.YoungestMinutes < s.OldestMinutes) is { } other
            ? $"The ages {told.YoungestMinutes} to {told.OldestMinutes} minutes overlap {other.YoungestMinutes} to {other.OldestMinutes} of the same snapshot; "
                + "take that one back first, with 0 contacts."
            : null;
}
