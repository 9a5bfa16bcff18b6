using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;
using Wfm.Api.Security.Sessions;

namespace Wfm.Api.Features.Retention;

/// <summary>Sessions long over, and links nobody can use any more.</summary>
internal sealed class SessionRetention(WfmDbContext db) : IRetention
{
    public string What => "sessions";

    public async Task<int> Remove(RetentionLimits limits, CancellationToken cancellationToken) =>
        await db.Sessions.Where(s => s.ExpiresAt < limits.Jobs).ExecuteDeleteAsync(cancellationToken)
        + await db.SignInCodes.Where(c => c.ExpiresAt < limits.Now).ExecuteDeleteAsync(cancellationToken);
}
