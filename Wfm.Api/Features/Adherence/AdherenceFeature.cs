using Wfm.Api.Features.Adherence.Claims;
using Wfm.Api.Features.Adherence.Figures;
using Wfm.Api.Features.Adherence.Learning;
using Wfm.Api.Features.Adherence.States;
using Wfm.Api.Features.Today.States;

namespace Wfm.Api.Features.Adherence;

/// <summary>Adherence: what people did against what was planned, and what is learned from it.</summary>
internal static class AdherenceFeature
{
    public static void AddAdherence(this IServiceCollection services)
    {
        services.AddScoped<AdherenceBooks>();
        services.AddScoped<PresentStates>();
        services.AddScoped<IActualStates, AdherenceStates>();
        services.AddScoped<ClaimDesk>();
        services.AddScoped<ShrinkageBook>();
        services.AddSingleton<AdherenceLog>();
    }

    public static void MapAdherence(this IEndpointRouteBuilder routes)
    {
        routes.MapAgentStates();
        routes.MapAdherenceSettings();
        routes.MapAdherenceFigures();
        routes.MapClaims();
        routes.MapLearnedShrinkage();
    }
}
