using Wfm.Api.Features.Today.Actions;
using Wfm.Api.Features.Today.Events;
using Wfm.Api.Features.Today.Feeds;
using Wfm.Api.Features.Today.Inputs;
using Wfm.Api.Features.Today.Replay;
using Wfm.Api.Features.Today.Snapshot;

namespace Wfm.Api.Features.Today;

/// <summary>The running day of a hub: what came, what is likely to come of it, who is there.</summary>
internal static class TodayFeature
{
    public static void AddToday(this IServiceCollection services)
    {
        services.AddSingleton<TodayMemory>();
        services.AddScoped<TodayStamps>();
        services.AddScoped<TodayReader>();
        services.AddScoped<TodayDesk>();
        services.AddScoped<RecommendationDesk>();
        services.AddScoped<RecommendationOffers>();
        services.AddSingleton<TodayListeners>();
        services.AddSingleton<TodayEvents>();
    }

    public static void MapTodayFeature(this IEndpointRouteBuilder routes)
    {
        routes.MapToday();
        routes.MapRecommendations();
        routes.MapFeeds();
        routes.MapReplay();
    }
}
