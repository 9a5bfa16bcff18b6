using System.Security.Claims;
using Hangfire;
using Hangfire.Dashboard;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Hosting;

/// <summary>The engine's page at <c>/jobs</c>: what waits, runs, is tried again or has failed, for keys that see all hubs.</summary>
internal static class JobDashboard
{
    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    public static void MapJobDashboard(this IEndpointRouteBuilder routes) => routes.MapHangfireDashboard(
            ApiKeyAuthentication.Pages,
            new DashboardOptions
            {
                DashboardTitle = "Wfm jobs",
                AppPath = "/swagger",
                DisplayStorageConnectionString = false,
                IgnoreAntiforgeryToken = true, // a foreign page is told by its Origin, and sends no cookie of a session along
                Authorization = [],
                AsyncAuthorization = [new Doorkeeper()],
                IsReadOnlyFunc = page => !MayChange(page.GetHttpContext().User),
                DisplayNameFunc = NameOf,
            })
        .Requires(Permission.ReadJobs).ExcludeFromDescription();

    private static bool MayChange(ClaimsPrincipal user) => user.Allows(Permission.CancelJobs);

    /// <summary>Kind, hub, when it was asked for in the hub's time, and by whom.</summary>
    private static string NameOf(DashboardContext page, Hangfire.Common.Job message)
    {
        if (message.Args is not [Guid id, ..])
        {
            return message.ToString();
        }

        var db = page.GetHttpContext().RequestServices.GetRequiredService<WfmDbContext>();
        var rows = db.Jobs.AsNoTracking().Where(j => j.Id == id);
        if (rows.Select(j => new { j.Kind, j.HubId, j.RequestedAt, j.Owner }).SingleOrDefault() is not { } job)
        {
            return $"a job whose row is gone ({id})";
        }

        var hub = job.HubId is { } hubId ? db.Hubs.AsNoTracking().SingleOrDefault(h => h.Id == hubId) : null;
        var zone = hub?.Zone ?? DateTimeZone.Utc;
        return $"{job.Kind} · {hub?.Code ?? "all hubs"} · {Minutes.Format(job.RequestedAt.InZone(zone).LocalDateTime)} {zone.Id} · {job.Owner}";
    }

    /// <summary>Keys of single hubs stay out, since the pages show all; who may not cancel jobs may only look;
    /// and only our own pages may change anything.</summary>
    private sealed class Doorkeeper : IDashboardAsyncAuthorizationFilter
    {
        private const string Statistics = "/stats"; // asked for by POST

        public Task<bool> AuthorizeAsync(DashboardContext context)
        {
            var http = context.GetHttpContext();
            var (user, request) = (http.User, http.Request);
            var looks = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Path == Statistics;
            return Task.FromResult(user.HubScope() is null && (looks || (MayChange(user) && IsOurs(request))));
        }

        /// <summary>Clients that are no browsers send no Origin.</summary>
        private static bool IsOurs(HttpRequest request) => request.Headers.Origin is not [{ } origin]
            ? request.Headers.Origin.Count == 0
            : Uri.TryCreate(origin, UriKind.Absolute, out var page)
                && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
