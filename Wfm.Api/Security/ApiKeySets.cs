using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Security;

/// <summary>What this feature keeps in the store.</summary>
internal static class ApiKeySets
{
    extension(WfmDbContext db)
    {
        public DbSet<ApiKey> ApiKeys => db.Set<ApiKey>();

        /// <summary>Whether the key that signed the user in still counts: neither revoked nor expired since.</summary>
        public Task<bool> IsValid(ClaimsPrincipal user, Instant now, CancellationToken cancellationToken)
        {
            var id = Guid.TryParse(user.FindFirstValue(ApiKeyAuthentication.KeyId), out var key) ? key : Guid.Empty;
            return db.ApiKeys.AnyAsync(k => k.Id == id && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now), cancellationToken);
        }
    }
}
