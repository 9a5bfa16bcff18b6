using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc;
using Wfm.Api.Security;
using Wfm.Api.Security.Sessions;

namespace Wfm.Api.Hosting;

/// <summary>A bucket of requests per key; without a key, per address.</summary>
internal static class RateLimits
{
    /// <remarks>
    /// Without the middleware of the framework: it keeps a limiter with a timer that nothing disposes,
    /// and through it a host that has stopped.
    /// </remarks>
    public static void AddRateLimits(this IServiceCollection services, WfmSettings settings) => services.AddSingleton(
        _ => PartitionedRateLimiter.Create<HttpContext, string>(context => IsLimited(context.Request.Path)
            ? RateLimitPartition.GetTokenBucketLimiter(PartitionOf(context), _ => Bucket(settings.RequestsPerMinute))
            : RateLimitPartition.GetNoLimiter("open")));

    /// <summary>The API, and links that sign in: whoever guesses at codes is slowed down, and fills no audit.</summary>
    private static bool IsLimited(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments(SignIn.Page.TrimEnd('/'), StringComparison.Ordinal);

    public static void UseRateLimits(this IApplicationBuilder app, WfmSettings settings)
    {
        var buckets = app.ApplicationServices.GetRequiredService<PartitionedRateLimiter<HttpContext>>();
        app.Use(async (context, next) =>
        {
            using var lease = buckets.AttemptAcquire(context);
            if (lease.IsAcquired)
            {
                await next(context);
            }
            else
            {
                await Refuse(context, lease, settings);
            }
        });
    }

    private static async Task Refuse(HttpContext context, RateLimitLease lease, WfmSettings settings)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = wait.ToString();
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails
            {
                Status = StatusCodes.Status429TooManyRequests,
                Detail = $"More than {settings.RequestsPerMinute} requests a minute; wait {wait} s.",
            },
        });
    }

    /// <summary>A full minute's worth may come at once; after that the bucket fills evenly.</summary>
    private static TokenBucketRateLimiterOptions Bucket(int perMinute)
    {
        var period = perMinute >= 60 ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(60.0 / perMinute);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = Math.Max(1, perMinute / 60),
            ReplenishmentPeriod = period,
            AutoReplenishment = true,
            QueueLimit = 0,
        };
    }

    private static string PartitionOf(HttpContext context) =>
        context.User.FindFirstValue(ApiKeyAuthentication.KeyId) ?? $"address:{context.Connection.RemoteIpAddress}";
}
