using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Agents;

/// <summary>What this feature keeps in the store.</summary>
internal static class AgentSets
{
    extension(WfmDbContext db)
    {
        public DbSet<Agent> Agents => db.Set<Agent>();
        public DbSet<TimeOffEntry> TimeOff => db.Set<TimeOffEntry>();
    }
}
