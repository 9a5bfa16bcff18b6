using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.People.Activities;
using Wfm.Api.Features.People.Availability;
using Wfm.Api.Features.People.Bidding;
using Wfm.Api.Features.People.Employment;
using Wfm.Api.Features.People.Fairness;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.People.Me;
using Wfm.Api.Features.People.RequestPolicies;
using Wfm.Api.Features.People.Swaps;
using Wfm.Api.Features.People.TimeOff;
using Wfm.Api.Features.People.TimeOff.Balances;
using Wfm.Api.Features.People.TimeOff.Limits;
using Wfm.Api.Features.People.TimeOff.Requests;
using Wfm.Api.Features.People.Wellbeing;
using Wfm.Api.Features.Setup;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Jobs;

namespace Wfm.Api.Features.People;

/// <summary>People: what they ask of their rosters, what they do beside their work, and how they are.</summary>
internal static class PeopleFeature
{
    /// <param name="worker">Whether this process does what nobody asks for.</param>
    public static void AddPeople(this IServiceCollection services, bool worker)
    {
        services.AddTimeOff(worker);
        services.AddRequests(worker);
        services.AddActivities();
        services.AddScoped<FairnessBooks>();
        services.AddScoped<RequestCounts>();
        services.AddScoped<ExposureBooks>();
        services.AddSingleton<ExposureLog>();
        services.AddJobHandler<LimitPriceJob>();
    }

    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        new LeaveTypeEndpoints().Map(routes);
        new LeaveAllowanceEndpoints().Map(routes);
        new LeaveBlackoutEndpoints().Map(routes);
        routes.MapTimeOff();
        routes.MapBalances();
        routes.MapLeaveRequests();
        routes.MapActivities();
        routes.MapAgentChanges();
        routes.MapFairness();
        routes.MapExposure();
        routes.MapLimitPrices();
        routes.MapMe();
        routes.MapMyLeave();
        routes.MapMyExposure();
        routes.MapRequestPolicies();
        routes.MapSwaps();
        routes.MapMySwaps();
        routes.MapOpenShifts();
        routes.MapAvailability();
        routes.MapMyDatedWishes();
        routes.MapBidding();
    }

    private static void AddRequests(this IServiceCollection services, bool worker)
    {
        services.AddScoped<SwapDesk>();
        services.AddScoped<AvailabilityDesk>();
        services.AddScoped<BidDesk>();
        if (worker)
        {
            services.AddHostedService<SwapSweep>();
        }
    }

    private static void AddTimeOff(this IServiceCollection services, bool worker)
    {
        services.AddScoped<LeaveEffect>();
        services.AddScoped<BalanceBook>();
        services.AddSingleton<LeaveGate>();
        services.AddScoped<LeaveTurns>();
        services.AddScoped<LeaveCosts>();
        services.AddScoped<LeaveCover>();
        services.AddScoped<LeaveFacts>();
        services.AddScoped<LeaveDesk>();
        services.AddScoped<LeaveReading>();
        services.AddLeaveTypeReferences();
        if (worker)
        {
            services.AddHostedService<LeaveKeeper>();
        }
    }

    private static void AddLeaveTypeReferences(this IServiceCollection services)
    {
        services.AddSingleton(new Reference<LeaveType>("types that take hours from its balance", (db, type, cancellationToken) =>
            db.LeaveTypes.CountAsync(t => t.Balance == type.Code && t.Code != type.Code, cancellationToken)));
        services.AddSingleton(new Reference<LeaveType>("times off", (db, type, cancellationToken) =>
            db.TimeOff.CountAsync(t => t.Type == type.Code, cancellationToken)));
        services.AddSingleton(new Reference<LeaveType>("requests for leave", (db, type, cancellationToken) =>
            db.LeaveRequests.CountAsync(r => r.Type == type.Code, cancellationToken)));
        services.AddSingleton(new Reference<LeaveType>("entries of balances", (db, type, cancellationToken) =>
            db.BalanceEntries.CountAsync(e => e.Type == type.Code, cancellationToken)));
    }
}
