using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Agents;

/// <summary>What agents refer to, read once for one agent or for a whole import.</summary>
internal sealed class AgentReferences
{
    private readonly Dictionary<string, Guid> _hubs;
    private readonly Dictionary<string, Guid> _contracts;
    private readonly Dictionary<string, Guid> _hubOfTemplate;
    private readonly HashSet<string> _groups;

    private AgentReferences(
        Dictionary<string, Guid> hubs, Dictionary<string, Guid> contracts, Dictionary<string, Guid> hubOfTemplate, HashSet<string> groups
    ) => (_hubs, _contracts, _hubOfTemplate, _groups) = (hubs, contracts, hubOfTemplate, groups);

    public static async Task<AgentReferences> Load(WfmDbContext db, CancellationToken cancellationToken) => new(
        await db.Hubs.ToDictionaryAsync(h => h.Code, h => h.Id, cancellationToken),
        await db.Contracts.ToDictionaryAsync(c => c.Code, c => c.Id, cancellationToken),
        await db.ShiftTemplates.ToDictionaryAsync(t => t.Code, t => t.HubId, cancellationToken),
        await db.Queues.Select(q => q.SkillGroup).Distinct().ToHashSetAsync(cancellationToken));

    public Guid Hub(string code) => _hubs[code];

    public Guid Contract(string code) => _contracts[code];

    public bool IsTemplateOf(string template, string hub) =>
        _hubOfTemplate.TryGetValue(template, out var at) && _hubs.TryGetValue(hub, out var id) && at == id;

    /// <summary>Checks what annotations cannot: references, ranges that need words, lists that contradict themselves.</summary>
    public void Check(AgentRequest request, Findings findings)
    {
        var hubKnown = _hubs.TryGetValue(request.Hub, out var hub);
        findings.Require(hubKnown, "/hub", request.Hub, $"There is no hub '{request.Hub}'.", FindingCodes.Unknown);
        findings.Require(
            _contracts.ContainsKey(request.Contract), "/contract", request.Contract, $"There is no contract '{request.Contract}'.", FindingCodes.Unknown);
        Terms(request, findings);
        Skills(request.Skills, findings);
        WeeklyWindows.Check(findings, "/availability", request.Availability);
        ReferenceLists.CheckKnown(findings, "/optOutGroups", request.OptOutGroups, _groups, "skill group");
        ReferenceLists.CheckDistinct(findings, "/preferredDaysOff", request.PreferredDaysOff);
        ReferenceLists.CheckDistinct(findings, "/preferredTemplates", request.PreferredTemplates);
        for (var i = 0; i < request.PreferredTemplates.Count && hubKnown; i++)
        {
            var template = request.PreferredTemplates[i];
            findings.Require(
                template is null || (_hubOfTemplate.TryGetValue(template, out var at) && at == hub), $"/preferredTemplates/{i}", template,
                $"There is no shift template '{template}' at hub '{request.Hub}'.", FindingCodes.Unknown);
        }
    }

    private void Terms(AgentRequest request, Findings findings)
    {
        findings.Require(
            !(request.EmployedTo < request.EmployedFrom), "/employedTo", request.EmployedTo,
            $"The employment ends on {request.EmployedTo:uuuu-MM-dd}, before it begins on {request.EmployedFrom:uuuu-MM-dd}.");
        for (var i = 0; i < request.Contracts.Count; i++)
        {
            if (request.Contracts[i] is not { } term)
            {
                findings.Add($"/contracts/{i}", null, "A null in the list.");
                continue;
            }

            findings.Require(
                _contracts.ContainsKey(term.Contract), $"/contracts/{i}/contract", term.Contract, $"There is no contract '{term.Contract}'.",
                FindingCodes.Unknown);
            var before = i > 0 ? request.Contracts[i - 1]?.From : null;
            findings.Require(
                !(term.From <= before), $"/contracts/{i}/from", term.From,
                $"Contracts are given in order of date; {term.From:uuuu-MM-dd} is not after {before:uuuu-MM-dd}.");
        }
    }

    private void Skills(List<AgentSkillData> skills, Findings findings)
    {
        var groups = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < skills.Count; i++)
        {
            if (skills[i] is not { } skill)
            {
                findings.Add($"/skills/{i}", null, "A null in the list.");
                continue;
            }

            findings.Require(
                _groups.Contains(skill.Group), $"/skills/{i}/group", skill.Group, $"There is no skill group '{skill.Group}': no queue has it.",
                FindingCodes.Unknown);
            findings.Require(groups.Add(skill.Group), $"/skills/{i}/group", skill.Group, $"'{skill.Group}' is in the list twice.");
            findings.Require(
                skill.Proficiency is >= 0.01 and <= 2, $"/skills/{i}/proficiency", skill.Proficiency,
                $"A proficiency between 0.01 and 2 is needed, {skill.Proficiency} is not.");
        }
    }

    public void Apply(AgentRequest request, Agent agent)
    {
        agent.Name = request.Name;
        agent.HubId = Hub(request.Hub);
        agent.ContractId = Contract(request.Contract);
        agent.Contracts = request.Contracts;
        agent.EmployedFrom = request.EmployedFrom;
        agent.EmployedTo = request.EmployedTo;
        agent.Skills = request.Skills;
        agent.Availability = request.Availability;
        agent.OptOutGroups = request.OptOutGroups;
        agent.PreferredTemplates = request.PreferredTemplates;
        agent.PreferredDaysOff = request.PreferredDaysOff;
        agent.Active = request.Active;
    }
}
