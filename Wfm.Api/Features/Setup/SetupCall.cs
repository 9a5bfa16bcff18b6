using System.Security.Claims;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup;

/// <summary>What every handler of set-up works with.</summary>
internal sealed class SetupCall(HttpContext http)
{
    public HttpContext Http => http;

    public ClaimsPrincipal User => http.User;

    public CancellationToken Cancelled => http.RequestAborted;

    public WfmDbContext Db { get; } = http.RequestServices.GetRequiredService<WfmDbContext>();

    public Instant Now { get; } = http.RequestServices.GetRequiredService<IClock>().GetCurrentInstant();

    /// <summary>How the framework makes one.</summary>
    public static ValueTask<SetupCall?> BindAsync(HttpContext context) => ValueTask.FromResult<SetupCall?>(new SetupCall(context));
}
