using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.ActivityCodes;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.People.Activities;

/// <summary>Reads a request for an activity; what does not exist or cannot be is named, all at once.</summary>
public sealed class ActivityRules(WfmDbContext db, IClock clock)
{
    private const int LongestWindowDays = 366;

    // An import asks of every row: what rows share is read once.
    private readonly Dictionary<Guid, int> _longest = [];
    private readonly Dictionary<Guid, List<Member>> _members = [];
    private readonly Dictionary<string, Member?> _named = new(StringComparer.Ordinal);
    private ActiveCodes? _codes;
    private HashSet<string>? _groups;

    private static readonly ActivityKind[] Placeable =
        [ActivityKind.Training, ActivityKind.Meeting, ActivityKind.Coaching, ActivityKind.Wellness, ActivityKind.Cooldown, ActivityKind.Overtime];

    /// <exception cref="ProblemException">422 or 400: with everything that cannot be used.</exception>
    internal async Task<PlannedActivity> Read(CreateActivityRequest request, Hub hub, Findings findings, CancellationToken cancellationToken)
    {
        var activity = await Make(request, hub, findings, cancellationToken);
        findings.ThrowIfAny();
        return activity!;
    }

    /// <summary>The activity; null with findings where it cannot be.</summary>
    internal async Task<PlannedActivity?> Make(CreateActivityRequest request, Hub hub, Findings findings, CancellationToken cancellationToken)
    {
        await CheckCode(request, findings, cancellationToken);
        await CheckLength(request, hub, findings, cancellationToken);
        CheckWindow(request, hub, findings);
        var people = await People(request, hub, findings, cancellationToken);
        var quorum = Quorum(request, people.Count, findings);
        if (findings.Any)
        {
            return null;
        }

        var now = clock.GetCurrentInstant();
        return new PlannedActivity
        {
            HubId = hub.Id,
            Code = request.Code,
            Title = request.Title,
            Minutes = request.Minutes!.Value,
            Agents = people,
            Grouping = request.Grouping,
            GroupSize = Size(request),
            Quorum = quorum,
            Coach = request.Coach,
            From = request.From!.Value,
            To = request.To!.Value,
            TimeFrom = request.TimeFrom,
            TimeTo = request.TimeTo,
            Weekdays = request.Weekdays,
            Priority = request.Priority,
            Must = request.Must,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private async Task CheckCode(CreateActivityRequest request, Findings findings, CancellationToken cancellationToken)
    {
        var codes = _codes ??= await db.ActiveActivityCodes(cancellationToken);
        var reason = codes.WhyNot(request.Code)
            ?? (codes.Catalog.Find(request.Code) is not { } code ? $"'{request.Code}' is no activity."
                : Placeable.Contains(code.Kind) ? null
                : $"'{request.Code}' is {code.Kind}: shift templates and leave place it, activities do not.");
        findings.Require(reason is null, "/code", request.Code, reason ?? "");
    }

    private async Task CheckLength(CreateActivityRequest request, Hub hub, Findings findings, CancellationToken cancellationToken)
    {
        if (!_longest.TryGetValue(hub.Id, out var longest))
        {
            longest = await db.ShiftTemplates.Where(t => t.HubId == hub.Id).MaxAsync(t => (int?)t.LengthMinutes, cancellationToken) ?? 0;
            _longest[hub.Id] = longest;
        }

        findings.Require(
            !(request.Minutes > longest), "/minutes", request.Minutes,
            $"{request.Minutes} minutes are longer than any shift of hub '{hub.Code}': the longest has {longest}. Make several activities.");
        if (request is { TimeFrom: { } from, TimeTo: { } to })
        {
            var window = (((to.TickOfDay - from.TickOfDay) / NodaConstants.TicksPerMinute) + 1440) % 1440;
            window = window == 0 ? 1440 : window;
            findings.Require(
                !(request.Minutes > window), "/timeTo", to, $"From {from:HH:mm} to {to:HH:mm} are {window} minutes; a session has {request.Minutes}.");
        }
    }

    private void CheckWindow(CreateActivityRequest request, Hub hub, Findings findings)
    {
        if (request is not { From: { } from, To: { } to })
        {
            return;
        }

        var today = clock.GetCurrentInstant().InZone(hub.Zone).Date;
        ReferenceLists.CheckDistinct(findings, "/weekdays", request.Weekdays);
        findings.Require(to >= from, "/to", to, $"{to:uuuu-MM-dd} is before {from:uuuu-MM-dd}.");
        findings.Require(
            to >= today, "/to", to, $"The window ends on {to:uuuu-MM-dd}, in the past: it is {today:uuuu-MM-dd} at hub '{hub.Code}'.");
        findings.Require(
            Period.DaysBetween(from, to) < LongestWindowDays, "/to", to, $"A window has at most {LongestWindowDays} days.");
        findings.Require(
            to < from || request.Weekdays.Count == 0
                || Enumerable.Range(0, Math.Min(7, Period.DaysBetween(from, to) + 1)).Any(d => request.Weekdays.Contains(from.PlusDays(d).DayOfWeek)),
            "/weekdays", string.Join(", ", request.Weekdays), $"None of these weekdays lies between {from:uuuu-MM-dd} and {to:uuuu-MM-dd}.");
    }

    private async Task<List<string>> People(CreateActivityRequest request, Hub hub, Findings findings, CancellationToken cancellationToken)
    {
        findings.Require(
            request.Agents.Count == 0 != request.SkillGroup is null, "/agents", null, "Give agents or skillGroup, one of them: who takes part.");
        ReferenceLists.CheckDistinct(findings, "/agents", request.Agents);
        await Name(request.Agents.Concat(request.Coach is null ? [] : [request.Coach]), cancellationToken);
        string? WhyNot(string code) =>
            _named.GetValueOrDefault(code) is not { } agent ? $"There is no agent '{code}'."
            : agent.Hub != hub.Code ? $"Agent '{code}' is of hub '{agent.Hub}', not of '{hub.Code}'."
            : agent.Active ? null : $"Agent '{code}' is not active.";
        for (var i = 0; i < request.Agents.Count; i++)
        {
            if (request.Agents[i] is { } code && WhyNot(code) is { } reason)
            {
                findings.Add($"/agents/{i}", code, reason, _named.GetValueOrDefault(code) is null ? FindingCodes.Unknown : FindingCodes.Unusable);
            }
        }

        if (request.Coach is { } coach)
        {
            findings.Require(WhyNot(coach) is null, "/coach", coach, WhyNot(coach) ?? "");
        }

        var people = request.Agents;
        if (request.SkillGroup is { } group)
        {
            _groups ??= await db.Queues.Select(q => q.SkillGroup).Distinct().ToHashSetAsync(cancellationToken);
            findings.Require(_groups.Contains(group), "/skillGroup", group, $"There is no skill group '{group}'.", FindingCodes.Unknown);
            var active = await Active(hub, cancellationToken);
            people = [.. active.Where(a => a.Skills.Exists(s => s.Group == group) && a.Code != request.Coach).Select(a => a.Code)];
            findings.Require(people.Count > 0, "/skillGroup", group, $"Nobody active of hub '{hub.Code}' has a skill in '{group}'.");
        }

        findings.Require(
            request.Coach is null || !people.Contains(request.Coach), "/coach", request.Coach, $"'{request.Coach}' cannot give it and take part in it.");
        return people;
    }

    /// <summary>Reads those who are named and not known yet.</summary>
    private async Task Name(IEnumerable<string> codes, CancellationToken cancellationToken)
    {
        string[] asked = [.. codes.Where(c => c is not null && !c.Contains('\0') && _named.TryAdd(c, null))];
        var found = asked.Length == 0 ? [] : await Members(db.Agents.Where(a => asked.Contains(a.Code)), cancellationToken);
        found.ForEach(m => _named[m.Code] = m);
    }

    private async Task<List<Member>> Active(Hub hub, CancellationToken cancellationToken)
    {
        if (!_members.TryGetValue(hub.Id, out var members))
        {
            _members[hub.Id] = members = await Members(db.Agents.Where(a => a.HubId == hub.Id && a.Active), cancellationToken);
        }

        return members;
    }

    private static async Task<List<Member>> Members(IQueryable<Agent> agents, CancellationToken cancellationToken) =>
        await agents.AsNoTracking().OrderBy(a => a.Code).Select(a => new Member(a.Code, a.Hub!.Code, a.Active, a.Skills)).ToListAsync(cancellationToken);

    private sealed record Member(string Code, string Hub, bool Active, List<AgentSkillData> Skills);

    private static int Quorum(CreateActivityRequest request, int people, Findings findings)
    {
        findings.Require(
            request.Quorum is null || request.QuorumFraction is null, "/quorumFraction", request.QuorumFraction, "Give quorum or quorumFraction, not both.");
        findings.Require(
            request.Grouping == ActivityGrouping.Groups == request.GroupSize is not null, "/groupSize", request.GroupSize,
            request.GroupSize is null ? "How many take part in a session at most is needed for groups." : "Only groups have a size.");
        var most = Math.Max(1, Math.Min(people, Size(request) ?? people));
        findings.Require(
            !(request.Quorum > most), "/quorum", request.Quorum, $"A session has at most {most} people; {request.Quorum} cannot be its quorum.");
        return request.Quorum ?? Math.Max(1, (int)Math.Ceiling((request.QuorumFraction ?? 0) * most));
    }

    private static int? Size(CreateActivityRequest request) => request.Grouping switch
    {
        ActivityGrouping.Together => null,
        ActivityGrouping.Alone => 1,
        _ => request.GroupSize,
    };
}
