using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.ActivityCodes;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;
using Agent = Wfm.Api.Features.Setup.Agents.Agent;
using ShiftTemplate = Wfm.Api.Features.Setup.ShiftTemplates.ShiftTemplate;

namespace Wfm.Api.Features.Rosters.Runs;

/// <summary>Reads pinned days; what does not exist or cannot be is named, all at once.</summary>
public sealed class RosterPins(WfmDbContext db)
{
    private const double LongestHours = 24;

    /// <summary>The pins that can be used; findings name the others by pointers into <c>/pins</c>.</summary>
    internal async Task<List<PinnedShift>> Read(
        IReadOnlyList<PinRequest> pins, Hub hub, LocalDate start, int days, Findings findings, CancellationToken cancellationToken)
    {
        if (pins.Count == 0)
        {
            return [];
        }

        var known = new Known(
            hub,
            await db.Agents.AsNoTracking().Where(a => a.HubId == hub.Id && a.Active).ToDictionaryAsync(a => a.Code, cancellationToken),
            await db.ShiftTemplates.AsNoTracking().Where(t => t.HubId == hub.Id).ToDictionaryAsync(t => t.Code, cancellationToken),
            [.. await db.Queues.Select(q => q.SkillGroup).Distinct().ToListAsync(cancellationToken)],
            await db.ActiveActivityCodes(cancellationToken));
        var (read, seen) = (new List<(int Index, PinnedShift Pin)>(), new HashSet<(string, LocalDate)>());
        for (var i = 0; i < pins.Count; i++)
        {
            var at = $"/pins/{i}";
            if (pins[i] is not { } pin)
            {
                findings.Add(at, null, "A null in the list.");
                continue;
            }

            findings.Require(
                pin.Date >= start && pin.Date < start.PlusDays(days), $"{at}/date", pin.Date,
                $"{pin.Date:uuuu-MM-dd} is not in the {days} days from {start:uuuu-MM-dd}.");
            findings.Require(seen.Add((pin.Agent, pin.Date)), $"{at}/date", pin.Date, $"{pin.Date:uuuu-MM-dd} of agent '{pin.Agent}' is pinned twice.");
            var agent = known.Agents.GetValueOrDefault(pin.Agent);
            findings.Require(agent is not null, $"{at}/agent", pin.Agent, $"Hub '{hub.Code}' has no active agent '{pin.Agent}'.");
            var shift = pin.Shift is { } wanted ? Shift(wanted, pin.Date, agent, known, $"{at}/shift", findings) : null;
            if (agent is not null && (pin.Shift is null || shift is not null))
            {
                read.Add((i, new PinnedShift(pin.Agent, pin.Date, shift)));
            }
        }

        Overlaps(read, findings);
        return read.ConvertAll(r => r.Pin);
    }

    private static RosterShift? Shift(PinnedShiftRequest wanted, LocalDate date, Agent? agent, Known known, string at, Findings findings)
    {
        var before = findings.All.Count;
        var template = known.Templates.GetValueOrDefault(wanted.Template);
        findings.Require(template is not null, $"{at}/template", wanted.Template, $"Hub '{known.Hub.Code}' has no shift template '{wanted.Template}'.");
        findings.Require(wanted.Start is null != (wanted.Activities.Count == 0), $"{at}/start", wanted.Start, "Give start or activities, one of them.");
        if (template is null || agent is null || findings.All.Count > before)
        {
            return null;
        }

        var activities = wanted.Start is { } clock
            ? FromStart(clock, wanted.Group, date, template, agent, known, at, findings)
            : Given(wanted.Activities, date, agent, known, at, findings);
        if (findings.All.Count > before)
        {
            return null;
        }

        var length = (int)(activities[^1].End - activities[0].Start).TotalMinutes;
        var paid = wanted.PaidMinutes ?? activities.Where(a => IsPaid(a.Kind, template, known)).Sum(a => (int)(a.End - a.Start).TotalMinutes);
        findings.Require(paid <= length, $"{at}/paidMinutes", paid, $"The shift has {length} minutes; it cannot have {paid} paid ones.");
        return paid > length
            ? null
            : new RosterShift(agent.Code, date, template.Code, activities[0].Start, activities[^1].End, Duration.FromMinutes(paid), activities);
    }

    private static bool IsPaid(string code, ShiftTemplate template, Known known) => template.Breaks.FindAll(b => b.Kind == code) is { Count: > 0 } breaks
        ? breaks.TrueForAll(b => b.Paid) : known.Activities.Catalog.IsPaid(code);

    private static List<ShiftActivity> FromStart(
        LocalTime clock, string? wanted, LocalDate date, ShiftTemplate template, Agent agent, Known known, string at, Findings findings)
    {
        var minutes = Period.Between(template.EarliestStart, clock, PeriodUnits.Ticks).Ticks / (double)NodaConstants.TicksPerMinute;
        findings.Require(
            clock >= template.EarliestStart && clock <= template.LatestStart && minutes % template.StartStepMinutes == 0, $"{at}/start", clock,
            $"'{template.Code}' starts every {template.StartStepMinutes} minutes from {template.EarliestStart:HH:mm} to {template.LatestStart:HH:mm}; give "
                + "activities for another start.");
        var group = wanted ?? agent.Skills.Where(s => !agent.OptOutGroups.Contains(s.Group)).OrderByDescending(s => s.Proficiency).FirstOrDefault()?.Group;
        findings.Require(group is not null, $"{at}/group", null, $"Agent '{agent.Code}' has no skill to work with.");
        if (group is null || !IsWorkable(group, agent, known, $"{at}/group", findings))
        {
            return [];
        }

        var activities = new List<ShiftActivity>();
        var begin = known.Hub.Zone.AtLeniently(date + clock).ToInstant();
        var end = template.EndsAt is null ? begin + Duration.FromMinutes(template.LengthMinutes)
            : known.Hub.Zone.AtLeniently((date + clock).PlusMinutes(template.LengthMinutes)).ToInstant(); // kept on the wall clock
        var now = begin;
        foreach (var pause in template.Breaks.OrderBy(b => b.EarliestAfterMinutes))
        {
            var from = Instant.Max(now, begin + Duration.FromMinutes(pause.EarliestAfterMinutes));
            Add(ActivityKinds.Work, from);
            Add(pause.Kind, from + Duration.FromMinutes(pause.LengthMinutes));
        }

        Add(ActivityKinds.Work, end);
        return activities;

        void Add(string kind, Instant until)
        {
            if (until > now)
            {
                activities.Add(new ShiftActivity(kind, kind == ActivityKinds.Work ? group : null, now, until));
                now = until;
            }
        }
    }

    private static List<ShiftActivity> Given(
        IReadOnlyList<ShiftActivityData> activities, LocalDate date, Agent agent, Known known, string at, Findings findings)
    {
        var before = findings.All.Count;
        for (var i = 0; i < activities.Count; i++)
        {
            var here = $"{at}/activities/{i}";
            if (activities[i] is not { } activity)
            {
                findings.Add(here, null, "A null in the list.");
                continue;
            }

            var unknown = string.IsNullOrWhiteSpace(activity.Kind) ? "An activity code is needed, such as work, meal or training."
                : known.Activities.WhyNot(activity.Kind);
            findings.Require(unknown is null, $"{here}/kind", activity.Kind, unknown ?? "");
            findings.Require(activity.Kind != ActivityKinds.Work || activity.Group is not null, $"{here}/group", null, "Work needs a skill group.");
            findings.Require(activity.Kind == ActivityKinds.Work || activity.Group is null, $"{here}/group", activity.Group, "Only work has a skill group.");
            findings.Require(activity.End > activity.Start, $"{here}/end", activity.End, $"The end {activity.End} must be after the start {activity.Start}.");
            findings.Require(IsMinute(activity.Start) && IsMinute(activity.End), $"{here}/start", activity.Start, "Whole minutes are needed.");
            findings.Require(
                i == 0 || activities[i - 1] is not { } last || last.End == activity.Start, $"{here}/start", activity.Start,
                "It does not start where the one before ends.");
            if (activity.Group is { } group)
            {
                IsWorkable(group, agent, known, $"{here}/group", findings);
            }
        }

        if (findings.All.Count > before)
        {
            return [];
        }

        var local = activities[0].Start.InZone(known.Hub.Zone).Date;
        findings.Require(
            local == date, $"{at}/activities/0/start", activities[0].Start,
            $"It starts on {local:uuuu-MM-dd} at hub '{known.Hub.Code}', not on {date:uuuu-MM-dd}.");
        findings.Require(
            (activities[^1].End - activities[0].Start).TotalHours <= LongestHours, $"{at}/activities/{activities.Count - 1}/end", activities[^1].End,
            "A shift lasts at most 24 hours.");
        return [.. activities.Select(a => new ShiftActivity(a.Kind, a.Group, a.Start, a.End))];
    }

    private static bool IsMinute(Instant instant) => instant.ToUnixTimeTicks() % NodaConstants.TicksPerMinute == 0;

    private static bool IsWorkable(string group, Agent agent, Known known, string field, Findings findings)
    {
        var reason = !known.Groups.Contains(group) ? $"There is no skill group '{group}'."
            : agent.OptOutGroups.Contains(group) ? $"Agent '{agent.Code}' has opted out of '{group}'."
            : agent.Skills.TrueForAll(s => s.Group != group) ? $"Agent '{agent.Code}' has no skill in '{group}'." : null;
        findings.Require(reason is null, field, group, reason ?? "");
        return reason is null;
    }

    private static void Overlaps(List<(int Index, PinnedShift Pin)> pins, Findings findings)
    {
        foreach (var mine in pins.Where(p => p.Pin.Shift is not null).GroupBy(p => p.Pin.AgentId))
        {
            var ordered = mine.OrderBy(p => p.Pin.Shift!.Start).ToList();
            foreach (var (earlier, later) in ordered.Zip(ordered.Skip(1)).Where(p => p.Second.Pin.Shift!.Start < p.First.Pin.Shift!.End))
            {
                findings.Add(
                    $"/pins/{later.Index}/shift", later.Pin.Date, $"It overlaps the pinned shift of agent '{mine.Key}' on {earlier.Pin.Date:uuuu-MM-dd}.");
            }
        }
    }

    private sealed record Known(Hub Hub, Dictionary<string, Agent> Agents, Dictionary<string, ShiftTemplate> Templates, HashSet<string> Groups,
        ActiveCodes Activities);
}
