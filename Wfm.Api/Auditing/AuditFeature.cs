using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Wfm.Api.Auditing;

/// <summary>The audit: who did and saw what, when, from where.</summary>
internal static class AuditFeature
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditWriter>();
        services.AddScoped<AuditChanges>();
        services.AddScoped<IInterceptor>(provider => provider.GetRequiredService<AuditChanges>());
    }
}
