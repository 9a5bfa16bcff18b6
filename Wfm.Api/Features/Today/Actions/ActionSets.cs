using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Today.Actions;

/// <summary>What this feature keeps in the store.</summary>
internal static class ActionSets
{
    extension(WfmDbContext db)
    {
        public DbSet<RecommendationSet> RecommendationSets => db.Set<RecommendationSet>();
    }
}
