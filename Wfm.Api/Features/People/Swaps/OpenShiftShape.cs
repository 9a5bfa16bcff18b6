using NodaTime;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Scheduling.Problem;
using ShiftTemplate = Wfm.Api.Features.Setup.ShiftTemplates.ShiftTemplate;

namespace Wfm.Api.Features.People.Swaps;

/// <summary>What an open shift consists of: the breaks of its template, each as early as may be, as far as they lie in it, and work.</summary>
internal static class OpenShiftShape
{
    private const int LongestHours = 16;

    /// <summary>The shift; null with findings where it cannot be.</summary>
    public static EditedShift? Of(CreateOpenShiftRequest request, Hub hub, IReadOnlyList<ShiftTemplate> templates, Findings findings)
    {
        var date = request.Date!.Value;
        var minutes = request is { Start: { } from, End: { } to } ? Minutes(from, to) : (int?)null;
        var template = request.Template is { } code ? templates.FirstOrDefault(t => t.Code == code)
            : minutes is { } length ? templates.OrderBy(t => Math.Abs(t.LengthMinutes - length)).ThenBy(t => t.Code, StringComparer.Ordinal).FirstOrDefault()
            : null;
        findings.Require(
            request.Template is null || template is not null, "/template", request.Template, $"Hub '{hub.Code}' has no shift template '{request.Template}'.");
        findings.Require(
            request.Template is not null || minutes is not null, "/template", null, "Give a template, or a start and an end.");
        findings.Require(request.End is null || request.Start is not null, "/start", null, "An end needs a start.");
        findings.Require(
            template is not null || request.Template is not null || minutes is null, "/template", null, $"Hub '{hub.Code}' has no shift template at all.");
        findings.Require(!(minutes > LongestHours * 60), "/end", request.End, $"A shift of more than {LongestHours} hours is posted as two.");
        if (findings.Any || template is null)
        {
            return null;
        }

        var start = hub.Zone.AtLeniently(date + (request.Start ?? template.EarliestStart)).ToInstant();
        var end = start + Duration.FromMinutes(minutes ?? template.LengthMinutes);
        var activities = Activities(template, request.Group, start, end);
        var paid = activities.Where(a => a.Kind == ActivityKinds.Work || template.Breaks.Exists(b => b.Kind == a.Kind && b.Paid))
            .Sum(a => (int)(a.End - a.Start).TotalMinutes);
        return new EditedShift(template.Code, start, end, paid, activities);
    }

    private static int Minutes(LocalTime from, LocalTime to)
    {
        var minutes = (int)((to.TickOfDay - from.TickOfDay) / NodaConstants.TicksPerMinute);
        return minutes > 0 ? minutes : minutes + (24 * 60);
    }

    private static List<ShiftActivityData> Activities(ShiftTemplate template, string group, Instant start, Instant end)
    {
        var (activities, now) = (new List<ShiftActivityData>(), start);
        foreach (var pause in template.Breaks.OrderBy(b => b.EarliestAfterMinutes))
        {
            var from = Instant.Max(now, start + Duration.FromMinutes(pause.EarliestAfterMinutes));
            var to = from + Duration.FromMinutes(pause.LengthMinutes);
            if (to >= end)
            {
                break; // a shorter shift ends with work
            }

            Add(ActivityKinds.Work, from);
            Add(pause.Kind, to);
        }

        Add(ActivityKinds.Work, end);
        return activities;

        void Add(string kind, Instant until)
        {
            if (until > now)
            {
                activities.Add(new ShiftActivityData(kind, kind == ActivityKinds.Work ? group : null, now, until));
                now = until;
            }
        }
    }
}
