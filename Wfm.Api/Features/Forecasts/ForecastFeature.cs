using Wfm.Api.Features.Forecasts.Accuracy;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Comparison;
using Wfm.Api.Features.Forecasts.Explanation;
using Wfm.Api.Features.Forecasts.Intraday;
using Wfm.Api.Features.Forecasts.Learning;
using Wfm.Api.Features.Forecasts.LongRange;
using Wfm.Api.Features.Forecasts.Rollup;
using Wfm.Api.Features.Forecasts.Runs;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Jobs;

namespace Wfm.Api.Features.Forecasts;

/// <summary>Forecasts: made in jobs, adjusted by people, explained, and scored when the volumes have come.</summary>
internal static class ForecastFeature
{
    public static void AddForecasts(this IServiceCollection services)
    {
        services.AddJobHandler<ForecastJob>();
        services.AddJobHandler<LearningJob>();
        services.AddScoped<OperationLearning>();
        services.AddScoped<SeriesReading>();
        services.AddScoped<SeriesCopies>();
        services.AddScoped<ForecastPublication>();
        services.AddScoped<ForecastStorage>();
        services.AddScoped<LongRangeRun>();
        services.AddSingleton<ForecastAges>();
        services.AddHostedService(provider => provider.GetRequiredService<ForecastAges>());
    }

    public static void MapForecasts(this IEndpointRouteBuilder routes)
    {
        var forecasts = routes.MapGroup("/api/v1/forecasts").WithTags("Forecasts");
        forecasts.MapForecastRuns();
        forecasts.MapAdjustments();
        forecasts.MapIntraday();
        forecasts.MapLongRange();
        forecasts.MapAccuracy();
        forecasts.MapCompare();
        forecasts.MapRollup();
        forecasts.MapExplanation();
    }
}
