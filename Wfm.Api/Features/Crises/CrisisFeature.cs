using Wfm.Api.Features.Crises.Outlook;
using Wfm.Api.Features.Crises.Plans;
using Wfm.Api.Features.Crises.Record;
using Wfm.Api.Features.Crises.StandDown;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Jobs;

namespace Wfm.Api.Features.Crises;

/// <summary>A crisis from its declaration to its record.</summary>
internal static class CrisisFeature
{
    public static void AddCrises(this IServiceCollection services)
    {
        services.AddScoped<CrisisClaims>();
        services.AddScoped<CrisisReader>();
        services.AddScoped<CrisisOutlookDesk>();
        services.AddScoped<MobilisedPeople>();
        services.AddScoped<StandDownDesk>();
        services.AddScoped<CrisisRecords>();
        services.AddJobHandler<CrisisPlanJob>();
    }

    public static void MapCrisisFeature(this IEndpointRouteBuilder routes)
    {
        routes.MapCrises();
        routes.MapCrisisOutlook();
        routes.MapCrisisPlans();
        routes.MapStandDown();
        routes.MapCrisisRecord();
    }
}
