using Wfm.Api.Features.Staffing.Bands;
using Wfm.Api.Features.Staffing.Blends;
using Wfm.Api.Features.Staffing.CapacityPlans;
using Wfm.Api.Features.Staffing.Erlang;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Jobs;

namespace Wfm.Api.Features.Staffing;

/// <summary>Staffing: from forecast to heads, the calculator, and the plan of the months ahead.</summary>
internal static class StaffingFeature
{
    public static void AddStaffing(this IServiceCollection services)
    {
        services.AddJobHandler<RequirementJob>();
        services.AddCapacityPlans();
    }

    public static void MapStaffing(this IEndpointRouteBuilder routes)
    {
        var requirements = routes.MapGroup("/api/v1/requirements").WithTags("Requirements");
        requirements.MapRequirementRuns();
        requirements.MapBand();
        requirements.MapBlend();
        routes.MapErlang();
        routes.MapCapacityPlans();
    }
}
