using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Platform.Jobs;
using Wfm.Api.Features.Platform.Keys;
using Wfm.Api.Features.Platform.Sessions;
using Wfm.Api.Features.Setup;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Security;
using Wfm.Api.Security.Sessions;

namespace Wfm.Api.Features.Platform;

/// <summary>Platform: keys, sessions and jobs.</summary>
internal static class PlatformFeature
{
    public static void AddPlatform(this IServiceCollection services)
    {
        services.AddSingleton<AccessLog>();
        services.AddScoped<SignIn>();
        services.AddSingleton(
            new Reference<Hub>(
                "API keys",
                async (db, hub, cancellationToken) =>
                    (await db.ApiKeys.AsNoTracking().Where(k => k.RevokedAt == null).Select(k => k.Hubs).ToListAsync(cancellationToken)).Count(h =>
                        h.Contains(hub.Code))));
        services.AddSingleton(new Reference<Agent>("API keys that are not revoked", (db, agent, cancellationToken) =>
            db.ApiKeys.CountAsync(k => k.AgentId == agent.Id && k.RevokedAt == null, cancellationToken)));
        services.AddSingleton(new Reference<CustomRole>("API keys that are not revoked", (db, role, cancellationToken) =>
            db.ApiKeys.CountAsync(k => k.Role == role.Code && k.RevokedAt == null, cancellationToken)));
    }

    public static void MapPlatform(this IEndpointRouteBuilder routes)
    {
        routes.MapApiKeys();
        routes.MapSessions();
        new RoleEndpoints().Map(routes);
        routes.MapJobs();
    }
}
