using Wfm.Api.Jobs;

namespace Wfm.Api.Features.Retention;

/// <summary>Retention: what nights and planners leave behind goes when nobody needs it any more.</summary>
internal static class RetentionFeature
{
    public static void AddRetention(this IServiceCollection services, bool worker, RetentionPeriods periods)
    {
        services.AddSingleton(periods.Checked());
        services.AddJobHandler<RetentionJob>();
        // in this order: what goes refers to what may then go
        services.AddScoped<IRetention, DraftRosterRetention>();
        services.AddScoped<IRetention, RequirementRetention>();
        services.AddScoped<IRetention, AllocationRetention>();
        services.AddScoped<IRetention, ForecastReduction>();
        services.AddScoped<IRetention, ForecastRetention>();
        services.AddScoped<IRetention, JobRetention>();
        services.AddScoped<IRetention, SessionRetention>();
        services.AddScoped<IRetention, NightRetention>();
        services.AddScoped<IRetention, OperationModelsRetention>();
        services.AddScoped<IRetention, ExposureRetention>();
        services.AddScoped<IRetention, FloorRetention>();
        services.AddScoped<IRetention, AgentStateRetention>();
        services.AddScoped<IRetention, AdherenceClaimRetention>();
        if (worker)
        {
            services.AddHostedService<RetentionKeeper>();
        }
    }
}
