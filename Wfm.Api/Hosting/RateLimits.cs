using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc;
using Wfm.Api.Security;

namespace Wfm.Api.Hosting;

/// <summary>A bucket of requests per key; without a key, per address.</summary>
internal static class RateLimits
{
    public static void AddRateLimits(this IServiceCollection services, WfmSettings settings) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => context.Request.Path.StartsWithSegments("/api")
            ? RateLimitPartition.GetTokenBucketLimiter(PartitionOf(context), _ => Bucket(settings.RequestsPerMinute))
            : RateLimitPartition.GetNoLimiter("open"));
        options.OnRejected = async (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
            var http = context.HttpContext;
            http.Response.Headers.RetryAfter = wait.ToString();
            await http.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new ProblemDetailsContext
            {
                HttpContext = http,
                ProblemDetails = new ProblemDetails
                {
                    Status = StatusCodes.Status429TooManyRequests,
                    Detail = $"More than {settings.RequestsPerMinute} requests a minute; wait {wait} s.",
                },
            });
        };
    });

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
