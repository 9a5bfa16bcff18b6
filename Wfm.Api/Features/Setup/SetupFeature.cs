using Microsoft.EntityFrameworkCore;
using Swashbuckle.AspNetCore.SwaggerGen;
using Wfm.Api.Features.Setup.ActivityCodes;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Scheduling.Constraints;

namespace Wfm.Api.Features.Setup;

/// <summary>Setup: the sites, the work, the people, the rules and the calendar that everything else is planned from.</summary>
internal static class SetupFeature
{
    public static void AddSetup(this IServiceCollection services)
    {
        services.AddSingleton(ConstraintCatalog.Known);
        services.Configure<SwaggerGenOptions>(options => options.OperationFilter<ResourceNames.Filter>());
        services.AddSingleton(new Reference<LabourPolicyVersion>("hubs, which it would leave without a policy in force", (db, policy, cancellationToken) =>
            db.Hubs.CountAsync(h => h.LabourPolicy == policy.Code || h.WellbeingPolicy == policy.Code, cancellationToken)));
        services.AddSingleton(new Reference<OwnActivityCode>("shifts", ShiftsWithCode.Count));
        services.AddSingleton(new Reference<Contract>("agents whose contract it becomes", async (db, contract, cancellationToken) =>
            (await db.Agents.AsNoTracking().Where(a => a.ContractId != contract.Id).Select(a => a.Contracts).ToListAsync(cancellationToken))
                .Count(terms => terms.Exists(t => t.Contract == contract.Code))));
        services.AddSingleton(new Reference<WorkQueue>("agents with a skill in its group or opted out of it", async (db, queue, cancellationToken) =>
            await db.Queues.AnyAsync(q => q.SkillGroup == queue.SkillGroup && q.Id != queue.Id, cancellationToken) ? 0
                : (await db.Agents.AsNoTracking().Select(a => new { a.Skills, a.OptOutGroups }).ToListAsync(cancellationToken))
                    .Count(a => a.OptOutGroups.Contains(queue.SkillGroup) || a.Skills.Exists(s => s.Group == queue.SkillGroup))));
        services.AddSingleton(new Reference<ShiftTemplate>("contracts", async (db, template, cancellationToken) =>
            (await db.Contracts.AsNoTracking().Select(c => c.Templates).ToListAsync(cancellationToken)).Count(t => t.Contains(template.Code))));
        services.AddSingleton(
            new Reference<ShiftTemplate>(
                "preferences of agents",
                async (db, template, cancellationToken) =>
                    (
                        await db.Agents.AsNoTracking().Where(a => a.HubId == template.HubId).Select(a => a.PreferredTemplates).ToListAsync(cancellationToken)
                    ).Count(t => t.Contains(template.Code))));
    }

    public static void MapSetup(this IEndpointRouteBuilder routes)
    {
        new HubEndpoints().Map(routes);
        new QueueEndpoints().Map(routes);
        new ContractEndpoints().Map(routes);
        new ShiftTemplateEndpoints().Map(routes);
        new LabourPolicyEndpoints().Map(routes);
        new AgentEndpoints().Map(routes);
        new EventEndpoints().Map(routes);
        new ActivityCodeEndpoints().Map(routes);
    }
}
