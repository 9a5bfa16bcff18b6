using Microsoft.AspNetCore.Diagnostics;
using Wfm.Api.Security;

namespace Wfm.Api.Hosting;

/// <summary>Headers that keep browsers and caches from doing with an answer what it is not for.</summary>
internal static class SecureHeaders
{
    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";
    private const string PagePolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
        + "form-action 'self'; frame-ancestors 'none'"; // Swagger UI writes styles into its elements

    public static void UseSecureHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var path = context.Request.Path; // a page may move a part of it into the base
        context.Response.OnStarting(() => // not now: the exception handler clears headers
        {
            Set(context, path);
            return Task.CompletedTask;
        });
        return next(context);
    });

    private static void Set(HttpContext context, PathString path)
    {
        var (headers, api) = (context.Response.Headers, path.StartsWithSegments("/api"));
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = api ? ApiPolicy : PagePolicy;
        if (path.StartsWithSegments(ApiKeyAuthentication.Pages))
        {
            headers.CacheControl = "no-store";
        }
        else if (api && headers.CacheControl.Count == 0)
        {
            headers.CacheControl = IsAboutPeople(context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint) ? "no-store" : "no-cache";
        }
    }

    /// <summary>Answers that no cache may keep: people's data and keys.</summary>
    private static bool IsAboutPeople(Endpoint? endpoint) => endpoint?.Permission()
        is Permission.ReadPeople or Permission.WritePeople or Permission.DecideRequests or Permission.ReadWellbeing or Permission.ReadAdherence
            or Permission.ReadRosters or Permission.WriteRosters or Permission.ManageWaivers or Permission.ManageKeys or Permission.ReadAudit
            or Permission.ReadSelf or Permission.UseMe;
}
