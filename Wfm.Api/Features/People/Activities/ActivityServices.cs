using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Setup;
using Wfm.Api.Features.Setup.ActivityCodes;

namespace Wfm.Api.Features.People.Activities;

/// <summary>What the feature is made of.</summary>
internal static class ActivityServices
{
    public static void AddActivities(this IServiceCollection services)
    {
        services.AddScoped<OpenActivities>();
        services.AddScoped<ActivityViews>();
        services.AddScoped<ActivityRules>();
        services.AddScoped<ActivityDesk>();
        services.AddScoped<IDraftActivities, DraftActivities>();
        services.AddSingleton(
            new Reference<OwnActivityCode>("activities", (db, code, cancellationToken) =>
            db.Activities.CountAsync(a => a.Code == code.Code, cancellationToken)));
    }
}
