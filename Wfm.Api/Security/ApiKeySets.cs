using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Api.Security.Sessions;

namespace Wfm.Api.Security;

/// <summary>What this feature keeps in the store.</summary>
internal static class ApiKeySets
{
    extension(WfmDbContext db)
    {
        public DbSet<ApiKey> ApiKeys => db.Set<ApiKey>();
        public DbSet<CustomRole> CustomRoles => db.Set<CustomRole>();

        /// <summary>Whether the key that signed the user in still allows what it did: neither revoked nor expired since, and its role not reduced; of a session,
        /// that it has not ended either.</summary>
        public async Task<bool> StillAllows(ClaimsPrincipal user, Permission permission, Instant now, CancellationToken cancellationToken)
        {
            if (user.SessionId() is { } session
                && !await db.Sessions.AnyAsync(s => s.Id == session && s.RevokedAt == null && s.ExpiresAt > now, cancellationToken))
            {
                return false;
            }

            var id = user.KeyId() ?? Guid.Empty;
            return await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, cancellationToken) is { } key
                && key.WorksAt(now)
                && (await db.PermissionsOf(key.Role, cancellationToken))?.Contains(permission) == true;
        }

        /// <summary>What a role may do, one that is built in or one of the store; null when there is no such role.</summary>
        public async Task<IReadOnlyList<Permission>?> PermissionsOf(string role, CancellationToken cancellationToken) =>
            Roles.All.Contains(role) ? Roles.PermissionsOf(role)
                : (await db.CustomRoles.AsNoTracking().SingleOrDefaultAsync(r => r.Code == role, cancellationToken))?.Granted;
    }
}
