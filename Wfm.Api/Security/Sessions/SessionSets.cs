using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Security.Sessions;

/// <summary>What this feature keeps in the store.</summary>
internal static class SessionSets
{
    extension(WfmDbContext db)
    {
        public DbSet<Session> Sessions => db.Set<Session>();
        public DbSet<SignInCode> SignInCodes => db.Set<SignInCode>();
    }
}
