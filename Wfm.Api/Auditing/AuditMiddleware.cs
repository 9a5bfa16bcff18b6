using System.Diagnostics;
using System.Security.Claims;
using System.Text;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Auditing;

/// <summary>The one place where the audit is written: every change, every read of sensitive data, every refusal of either, every sign-in.</summary>
/// <remarks>
/// A read and a change are written down before they are let through: where that cannot be done, they are not done either. A change has a second row with its
/// outcome; one without it was cut off by the end of the process, and what it asked for is known.
/// </remarks>
internal sealed partial class AuditMiddleware(RequestDelegate next, AuditWriter writer, IClock clock, ILogger<AuditMiddleware> logger)
{
    private const int Longest = 500;

    public async Task Invoke(HttpContext context, AuditChanges changes)
    {
        var endpoint = context.GetEndpoint();
        if (AuditRules.Of(context.Request, endpoint) is not { } kind)
        {
            await next(context);
            return;
        }

        var isAllowed = endpoint!.Permission() is { } permission && context.User.Allows(permission);
        if (isAllowed)
        {
            await writer.Write(Entry(context, kind, context.User, null, null));
            if (kind == AuditKind.Asked)
            {
                changes.Begin();
            }
        }

        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        catch (Exception e)
        {
            status = ProblemHandler.StatusOf(e, context); // what it will be answered with, outside of this
            throw;
        }
        finally
        {
            await WriteOutcome(context, kind, isAllowed, status, changes);
        }
    }

    /// <summary>Who a browser became by signing in.</summary>
    public static void SignedIn(HttpContext context, ClaimsPrincipal user) => context.Items[typeof(AuditMiddleware)] = user;

    private async Task WriteOutcome(HttpContext context, AuditKind kind, bool isAllowed, int status, AuditChanges changes)
    {
        var isKnown = context.User.Identity?.IsAuthenticated == true;
        var entry = kind == AuditKind.SignIn
                ? Entry(context, kind, context.Items[typeof(AuditMiddleware)] as ClaimsPrincipal, status, null)
            : isAllowed && kind == AuditKind.Asked ? Entry(context, AuditKind.Done, context.User, status, changes.Told())
            : status == StatusCodes.Status403Forbidden && isKnown ? Entry(context, AuditKind.Refused, context.User, status, null)
            : null;
        if (entry is null)
        {
            return;
        }

        try
        {
            await writer.Write(entry);
        }
        catch (Exception e) when (StoreFailures.IsStores(e))
        {
            OutcomeLost(logger, e, entry.Kind, entry.Operation, entry.Status, entry.TraceId); // it is done, and that it was asked for is written down
        }
    }

    private AuditEntry Entry(HttpContext context, AuditKind kind, ClaimsPrincipal? user, int? status, string? details)
    {
        var (request, endpoint) = (context.Request, (RouteEndpoint)context.GetEndpoint()!);
        var pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/');
        return new AuditEntry
        {
            At = clock.GetCurrentInstant(),
            Kind = kind,
            KeyId = user?.KeyId(),
            Name = Clean(user?.Identity?.Name),
            Roles = user is null ? null : Clean(string.Join(", ", user.FindAll(ClaimTypes.Role).Select(r => r.Value))),
            SessionId = user?.SessionId(),
            Operation = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? pattern,
            Method = Clean(request.Method)!,
            Path = kind == AuditKind.SignIn ? pattern : Clean(request.PathBase + request.Path)!, // the code of a link is its secret
            Query = request.QueryString.HasValue ? Clean(request.QueryString.Value) : null,
            Address = context.Connection.RemoteIpAddress?.ToString(),
            TraceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
            Status = status,
            Details = details,
        };
    }

    /// <summary>What every store gives back as it was given: no NUL, no half of a character, and not more than is of use.</summary>
    private static string? Clean(string? text) => text is null ? null
        : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Length > Longest ? text[..Longest] : text)).Replace('\0', '\uFFFD');

    [LoggerMessage(2040, LogLevel.Error, "Audit: the outcome of {Kind} {Operation} with status {Status} could not be written; its trace is {TraceId}")]
    private static partial void OutcomeLost(ILogger logger, Exception exception, AuditKind kind, string operation, int? status, string traceId);
}
