using Wfm.Api.Features.People.TimeOff;

namespace Wfm.Api.Features.People;

/// <summary>People: what they ask of their rosters.</summary>
internal static class PeopleFeature
{
    public static void AddPeople(this IServiceCollection services) => services.AddScoped<LeaveRepairs>();

    public static void MapPeople(this IEndpointRouteBuilder routes) => routes.MapTimeOff();
}
